//! Pages as text.

use bindery::Frames;
use bindery::frames::{
    Bookmark, Item, ItemKind, MarkedContent, Page, Piece, Pt, TextRun,
};

/// Every page: its number, its running head, and its lines as they are broken.
pub(crate) fn text(frames: &Frames) -> String {
    let mut text = String::new();
    for page in &frames.pages {
        text += &format!("=== {}\n{}", page.folio, page_text(page));
    }
    text
}

/// One page.
pub(crate) fn page_text(page: &Page) -> String {
    let mut text = String::new();
    for (mark, name) in
        [(MarkedContent::RunningHead, "head"), (MarkedContent::Folio, "folio")]
    {
        let lines = lines(page.items.iter().filter(|item| item.mark == mark));
        if !lines.is_empty() {
            text += &format!("[{name}: {}]\n", lines.join(" / "));
        }
    }
    let is_body = |item: &&Item| {
        !matches!(item.mark, MarkedContent::RunningHead | MarkedContent::Folio)
    };
    for line in lines(page.items.iter().filter(is_body)) {
        text += line.trim_end();
        text += "\n";
    }
    text
}

/// The text of all pages without heads and folios, as someone reads it: lines joined, words
/// that were broken made whole.
pub(crate) fn running_text(frames: &Frames) -> String {
    let mut text = String::new();
    for page in &frames.pages {
        let leaves = page
            .items
            .iter()
            .filter(|item| matches!(item.mark, MarkedContent::Tagged(_)));
        for line in lines(leaves) {
            text += line.trim_end();
            match text.pop() {
                // A soft hyphen is one that typesetting put in.
                Some('\u{ad}') => {}
                Some(last) => {
                    text.push(last);
                    text.push(' ');
                }
                None => {}
            }
        }
    }
    text
}

/// What each link says.
pub(crate) fn links(frames: &Frames) -> String {
    let links = frames.pages.iter().flat_map(|page| &page.links);
    links.map(|link| format!("{}\n", link.words)).collect()
}

/// The bookmarks, indented.
pub(crate) fn outline(frames: &Frames) -> String {
    fn write(bookmarks: &[Bookmark], depth: usize, text: &mut String) {
        for bookmark in bookmarks {
            *text += &format!("{}{}\n", "  ".repeat(depth), bookmark.title);
            write(&bookmark.children, depth + 1, text);
        }
    }
    let mut text = String::new();
    write(&frames.outline, 0, &mut text);
    text
}

/// Runs on one baseline, or raised above it, are one line.
fn lines<'a>(items: impl Iterator<Item = &'a Item>) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut baseline: Option<Pt> = None;
    let (mut start, mut end) = (Pt::ZERO, Pt::ZERO);
    for item in items {
        let run = match item.kind.upright() {
            ItemKind::Text(run) => run,
            ItemKind::Picture { picture, .. } => {
                lines.push(format!("[picture {picture:?}]"));
                baseline = None;
                continue;
            }
            ItemKind::Qr { code, .. } => {
                lines.push(format!("[code of {} modules]", code.width));
                baseline = None;
                continue;
            }
            _ => continue,
        };
        let words = run_text(run);
        // The leaders of the contents.
        if item.mark == MarkedContent::Decoration
            && words.trim_matches(['.', ' ']).is_empty()
        {
            continue;
        }
        let far = |y: Pt| (run.origin.y - y).0.abs() > run.size.0 * 0.6;
        let back = run.origin.x < end - Pt(run.size.0 * 2.0);
        // What is read from right to left goes on at the left of what was before.
        let leftward = (run.origin.x + width(run) - start).0.abs() < run.size.0;
        if baseline.is_none_or(far) || back && !leftward {
            lines.push(String::new());
            baseline = Some(run.origin.y);
        } else if run.origin.x > end + Pt(1.0) {
            lines.last_mut().unwrap().push(' ');
        }
        start = run.origin.x;
        lines.last_mut().unwrap().push_str(&words);
        end = run.origin.x + width(run);
    }
    lines
}

pub(crate) fn run_text(run: &TextRun) -> String {
    let mut text = String::new();
    for piece in &run.pieces {
        match piece {
            Piece::Word(shaped) => text.push_str(&shaped.text),
            Piece::Space(_) => text.push(' '),
            Piece::Kern(_) => {}
        }
    }
    text
}

pub(crate) fn width(run: &TextRun) -> Pt {
    let widths = run.pieces.iter().map(|piece| piece.width(run.size) * run.stretch);
    widths.fold(Pt::ZERO, |sum, width| sum + width)
}
