use crate::compile::{Formats, Goal, Request, compile};
use crate::config::BookConfig;
use crate::document::NoteId;
use crate::typeset::flow::qr;
use crate::typeset::initial;
use crate::typeset::output::frame::{
    Anchor, Folio, Frames, Item, ItemKind, MarkedContent, Page, TextRun,
};
use crate::typeset::tests::words;
use crate::units::Pt;
use crate::world::MemoryWorld;

const PROSE: &str = "The printer sets one line after the other, and yet the lines are chosen all at \
    once: a space too wide here is paid for three lines below, where nobody would look for it. ";

struct Set {
    frames: Frames,
    config: BookConfig,
}

fn set(notes: &str, post: &str) -> Set {
    let mut world = MemoryWorld::new(jiff::civil::date(2024, 1, 1));
    let book = format!("title: A Book\npdf: {{trim: a5}}\nnotes: {notes}\n");
    world.insert("book.yaml", book.into_bytes());
    world.insert("manuscript/post.md", format!("# Post\n\n{post}").into_bytes());
    let goal = Goal::Editions(Formats { epub: false, pdf: true });
    let request = Request::default().up_to(goal).keeping_pages();
    let compiled = compile(&world, "book.yaml", &request);
    assert_eq!(compiled.diagnostics, []);
    let (frames, config) = (compiled.pages, compiled.config);
    Set { frames: frames.expect("pages"), config: config.expect("a config") }
}

impl Set {
    /// The size of running text.
    fn size(&self) -> Pt {
        initial(&self.config.pdf).medium
    }

    /// The size of notes.
    fn note_size(&self) -> Pt {
        self.size() * 0.86
    }

    /// Below this no text stands.
    fn bottom(&self) -> Pt {
        let start = initial(&self.config.pdf);
        start.page.height - start.margin.bottom
    }

    /// The pages of the chapter: front matter and colophon are set in small letters, too.
    fn text_pages(&self) -> impl Iterator<Item = (usize, &Page)> {
        let pages = self.frames.pages.iter().enumerate();
        let colophon = self.frames.pages.len() - 1;
        pages.filter(move |(index, page)| {
            matches!(page.folio, Folio::Arabic(_)) && *index < colophon
        })
    }

    fn page_of(&self, anchor: &Anchor) -> usize {
        self.frames.places[anchor].page
    }

    fn note_ids(&self) -> Vec<NoteId> {
        let notes = self.frames.places.keys().filter_map(|anchor| match anchor {
            Anchor::Note(note) => Some(*note),
            _ => None,
        });
        notes.collect()
    }
}

fn runs(page: &Page) -> impl Iterator<Item = &TextRun> {
    page.items.iter().filter_map(|item| match item {
        Item { kind: ItemKind::Text(run), mark: MarkedContent::Tagged(_) } => Some(run),
        _ => None,
    })
}

fn is_of(run: &TextRun, size: Pt) -> bool {
    (run.size - size).0.abs() < 1e-3
}

/// The baselines of the lines of one size on a page.
fn baselines(page: &Page, size: Pt) -> Vec<Pt> {
    let mut lines: Vec<Pt> =
        runs(page).filter(|run| is_of(run, size)).map(|run| run.origin.y).collect();
    lines.dedup();
    lines
}

/// Text above, notes below, the rule between them, nothing below the text area, and two lines at
/// least of each part of a note.
fn assert_feet_stand(set: &Set) {
    for (index, page) in set.text_pages() {
        let text = baselines(page, set.size());
        let notes = baselines(page, set.note_size());
        let (Some(first), Some(last)) = (notes.first(), notes.last()) else { continue };
        assert!(*last <= set.bottom(), "page {index}: notes reach below the text");
        let rule = page.items.iter().find_map(|item| match item.kind {
            ItemKind::Fill { area, .. } if item.mark == MarkedContent::Decoration => {
                Some(area.origin.y)
            }
            _ => None,
        });
        let rule = rule.unwrap_or_else(|| panic!("page {index} has no rule"));
        assert!(text.iter().all(|y| *y < rule), "page {index}: text below the rule");
        assert!(*first > rule, "page {index}: notes above the rule");
    }
}

fn book_of_notes(words_of_each: &[usize]) -> String {
    let mut text = String::new();
    let mut notes = String::new();
    for (at, length) in words_of_each.iter().enumerate() {
        text += &format!("{}Claim {at}.[^{at}] {PROSE}\n\n", PROSE.repeat(at % 4));
        let words: Vec<&str> = PROSE.split_whitespace().cycle().take(*length).collect();
        notes += &format!("[^{at}]: Begin {at}. {}\n\n", words.join(" "));
    }
    text + &notes
}

#[test]
fn notes_begin_on_the_page_that_refers_to_them() {
    let lengths: Vec<usize> = (0..60).map(|at| [3, 12, 40, 90, 5, 160][at % 6]).collect();
    let set = set("{place: page}", &book_of_notes(&lengths));
    assert_eq!(set.note_ids().len(), 60);
    for note in set.note_ids() {
        let reference = set.page_of(&Anchor::Reference(note, 1));
        assert_eq!(set.page_of(&Anchor::Note(note)), reference, "{note:?}");
    }
    assert_feet_stand(&set);
}

#[test]
fn a_note_of_several_pages_is_all_there() {
    let set = set("{place: page}", &book_of_notes(&[40, 2400, 40, 3000, 40]));
    assert_feet_stand(&set);
    let size = set.note_size();
    let all: String = set
        .frames
        .pages
        .iter()
        .flat_map(|page| runs(page).filter(|run| is_of(run, size)).map(words))
        .collect();
    assert!(all.replace('\u{ad}', "").split_whitespace().count() > 5500);
    for (_, page) in set.text_pages() {
        let lines = baselines(page, size);
        assert_ne!(lines.len(), 1, "a line alone at the foot of page {}", page.folio);
    }
}

#[test]
fn more_notes_than_a_page_holds_are_all_there() {
    let marks: String = (0..120).map(|at| format!("so[^{at}] ")).collect();
    let notes: String = (0..120).map(|at| format!("[^{at}]: Note {at}.\n\n")).collect();
    let set = set("{place: page}", &format!("{marks} {PROSE}\n\n{notes}"));
    assert_eq!(set.note_ids().len(), 120);
    let pages: Vec<usize> =
        set.note_ids().iter().map(|note| set.page_of(&Anchor::Note(*note))).collect();
    assert!(pages.is_sorted(), "{pages:?}");
}

#[test]
fn no_line_begins_with_a_mark_or_a_comma() {
    let befores = ["word", "*word*", "`word`", "word—", "word!", "well-", "[a](#b)"];
    let mut text = String::new();
    for at in 0..400 {
        let before = befores[at % befores.len()];
        let filler = &PROSE[..PROSE.len() - 1 - at % 40];
        text += &format!("{} {before}[^a][^b][^c] and {filler}\n\n", &filler[at % 30..]);
    }
    let text = text.replace("](#b)", "](https://example.org/)");
    let notes = "[^a]: A.\n\n[^b]: B.\n\n[^c]: C.\n";
    let set = set("{links: drop}", &format!("{text}{notes}"));
    let mut seen = 0;
    for page in &set.frames.pages {
        let mut line: Option<Pt> = None;
        for run in runs(page) {
            let text = words(run);
            let begins = line.is_none_or(|y| (run.origin.y - y).0.abs() > 5.0);
            line = Some(run.origin.y);
            if ["1", "2", "3"].contains(&text.trim()) {
                seen += 1;
                assert!(!begins, "a mark begins a line on page {}", page.folio);
            }
        }
    }
    assert!(seen > 1000, "{seen} marks");
}

#[test]
fn the_modules_of_a_code_are_those_of_its_address() {
    let address = "https://example.org/a/page?of=it";
    let set = set("{qr: note}", &format!("A [link]({address}) here.\n"));
    let codes: Vec<_> = set
        .frames
        .pages
        .iter()
        .flat_map(|page| &page.items)
        .filter_map(|item| match &item.kind {
            ItemKind::Qr { code, area } => Some((code, area)),
            _ => None,
        })
        .collect();
    let [(code, area)] = codes.as_slice() else { panic!("{} codes", codes.len()) };
    assert_eq!(Some(code.as_ref()), qr::modules(address).as_ref());
    let expected = qrcode::QrCode::new(address).expect("a code");
    let dark: Vec<bool> =
        expected.to_colors().iter().map(|it| *it == qrcode::Color::Dark).collect();
    assert_eq!(code.dark, dark);
    assert!(area.size.width >= Pt::mm(10.0) && area.size.width == area.size.height);
}
