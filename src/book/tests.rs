use std::collections::BTreeSet;
use std::time::Duration;

use jiff::civil::date;
use proptest::prelude::*;

use crate::bibliography::Library;
use crate::config::{BookConfig, Numbering};
use crate::document::{
    Block, Inline, InlineKind, NoteId, Target, Visit, debug_tree, plain_text, walk_block,
    walk_inline,
};
use crate::language::Language;
use crate::manuscript::{Manuscript, PostPart};
use crate::markdown::tests::{hostile, part};
use crate::resolve::tests::{config, manuscript, resolved};
use crate::world::MemoryWorld;

use super::{Book, assemble};

fn bind(config: &BookConfig, manuscript: &Manuscript) -> Book {
    let world = MemoryWorld::new(date(2026, 1, 1));
    let resolved = resolved(config, manuscript, &world).value;
    assemble(config, manuscript, resolved, &Library::default(), None).value
}

fn endnotes(book: &Book) -> Vec<(u32, u32, u32, String)> {
    let notes = book.endnotes.iter().flat_map(|group| &group.notes);
    notes
        .map(|note| {
            let text = debug_tree::blocks(&note.blocks);
            (note.id.chapter.0, note.number, note.references, text.trim().to_owned())
        })
        .collect()
}

const FIRST: &str = "Link [one](https://one.example).[^b] Again[^b] and [one](https://one.example).\n\n\
                     [^a]: Only from b.\n[^b]: See[^a] and itself[^b].\n";
const SECOND: &str = "Second [two](https://two.example).\n";

#[test]
fn notes_are_numbered_in_the_order_of_the_text() {
    let manuscript =
        manuscript(&[("manuscript/a.md", FIRST), ("manuscript/b.md", SECOND)]);
    let mut config = config();
    let book = bind(&config, &manuscript);
    let first = book.chapters().next().expect("a chapter");
    assert_eq!(
        debug_tree::blocks(&first.blocks),
        "p: Link [one](https://one.example).^1.1^2.1 Again^2.2 and [one](https://one.example).^1.2\n"
    );
    let notes = endnotes(&book);
    let two = "p: [https://two.example](https://two.example).".to_owned();
    assert_eq!(
        notes,
        [
            (0, 1, 2, "p: [https://one.example](https://one.example).".to_owned()),
            (0, 2, 3, "p: See^3.1 and itself.^2.3".to_owned()),
            (0, 3, 1, "p: Only from b.".to_owned()),
            (1, 1, 1, two.clone()),
        ]
    );
    config.notes.numbering = Numbering::Book;
    assert_eq!(endnotes(&bind(&config, &manuscript))[3], (1, 4, 1, two));
}

#[test]
fn a_book_says_what_it_is() {
    let mut manuscript =
        manuscript(&[("manuscript/a.md", "A"), ("manuscript/b.md", "B")]);
    manuscript.parts = vec![
        PostPart { title: Some("2016".to_owned()), posts: 0..1, ..PostPart::default() },
        PostPart { title: Some("2017".to_owned()), posts: 1..2, ..PostPart::default() },
    ];
    let [first, second] = manuscript.posts.as_mut_slice() else { panic!("two posts") };
    first.header.date = Some(date(2016, 1, 2));
    first.header.authors = vec!["A. Blogger".to_owned()];
    first.header.title = "The `code` \"way\"".to_owned();
    second.header.authors = vec!["B. Guest".to_owned()];
    second.header.title = " ".to_owned();
    second.language = Language::parse("de").expect("a language");
    let book = bind(&config(), &manuscript);
    assert_eq!(book.metadata.posted, Some((date(2016, 1, 2), date(2017, 7, 12))));
    assert_eq!(book.metadata.modified, date(2017, 7, 12));
    assert!(book.metadata.identifier.starts_with("urn:uuid:"));
    assert_eq!(
        book.metadata.identifier,
        bind(&config(), &manuscript).metadata.identifier
    );
    let titles: Vec<_> = book.parts.iter().map(|part| part.title.as_deref()).collect();
    assert_eq!(titles, [Some("2016"), Some("2017")]);
    let [first, second] = [&book.parts[0].chapters[0], &book.parts[1].chapters[0]];
    assert_eq!(debug_tree::inlines(&first.title), "The `code` “way”");
    assert_eq!((first.byline.len(), first.language.clone()), (0, None));
    assert_eq!(plain_text(&second.title), "b");
    let byline: Vec<String> = second.byline.iter().map(|name| plain_text(name)).collect();
    assert_eq!(byline, ["B. Guest"]);
    assert_eq!(second.language.as_ref().map(Language::tag), Some("de"));
}

#[test]
fn credits_are_gathered() {
    let text = "![A long crowd stands before the long wall of the long house on Monday. (AFP)](a.png)\n";
    let book = bind(&config(), &manuscript(&[("manuscript/a.md", text)]));
    let [credit] = book.credits.as_slice() else { panic!("one credit") };
    assert_eq!(
        credit.caption,
        "A long crowd stands before the long wall of the long house…"
    );
    assert_eq!(plain_text(&credit.credit), "AFP");
}

#[test]
fn time_is_linear_in_hostile_posts() {
    let start = jiff::Timestamp::now();
    for text in hostile() {
        bind(&config(), &manuscript(&[("manuscript/a.md", &text)]));
    }
    let took = jiff::Timestamp::now().duration_since(start).unsigned_abs();
    assert!(took < Duration::from_secs(120), "{took:?}");
}

/// Everything in a book that leads somewhere in it.
#[derive(Default)]
struct Ends {
    ids: BTreeSet<String>,
    doubles: Vec<String>,
    places: Vec<Option<String>>,
    notes: BTreeSet<NoteId>,
    marks: BTreeSet<(NoteId, u32)>,
    doubled_marks: usize,
}

impl Ends {
    fn id(&mut self, id: Option<&String>) {
        if let Some(id) = id
            && !self.ids.insert(id.clone())
        {
            self.doubles.push(id.clone());
        }
    }
}

impl Visit for Ends {
    fn block(&mut self, block: &Block) {
        self.id(block.attributes.id.as_ref());
        walk_block(self, block);
    }

    fn inline(&mut self, inline: &Inline) {
        match &inline.kind {
            InlineKind::Phrase(phrase) => self.id(phrase.attributes.id.as_ref()),
            InlineKind::Link { target: Target::Chapter { id, .. }, .. } => {
                self.places.push(id.clone());
            }
            InlineKind::Link { target: Target::Note(note), .. } => {
                self.notes.insert(*note);
            }
            InlineKind::Link { target: Target::Unresolved(address), .. } => {
                panic!("a link was not resolved: {address}");
            }
            InlineKind::FootnoteReference(label) => panic!("a footnote is left: {label}"),
            InlineKind::NoteReference(reference) => {
                self.notes.insert(reference.note);
                let mark = (reference.note, reference.occurrence);
                self.doubled_marks += usize::from(!self.marks.insert(mark));
            }
            _ => {}
        }
        walk_inline(self, inline);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn every_link_has_its_end(parts in prop::collection::vec(part(), 0..60)) {
        let text = parts.concat() + "[a](#here) [^1] [x](http://y) > [[z](http://y)]";
        let book = bind(&config(), &manuscript(&[("manuscript/a.md", &text)]));
        let mut ends = Ends::default();
        for chapter in book.chapters() {
            ends.inlines(&chapter.title);
            ends.blocks(&chapter.blocks);
        }
        let mut known = BTreeSet::new();
        for group in &book.endnotes {
            for (note, number) in group.notes.iter().zip(1..) {
                prop_assert_eq!(note.number, number);
                known.insert(note.id);
                ends.blocks(&note.blocks);
            }
        }
        prop_assert_eq!(&ends.notes, &known);
        prop_assert_eq!(ends.doubled_marks, 0);
        prop_assert!(ends.doubles.is_empty(), "{:?}", ends.doubles);
        for id in ends.places.iter().flatten() {
            prop_assert!(ends.ids.contains(id), "{} is nowhere", id);
        }
    }
}
