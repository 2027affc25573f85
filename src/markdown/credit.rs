//! Who made a picture, as its caption says: split off into the figure's credit.
//!
//! Three forms are known: `Caption / Agency`, `Caption (Agency)` and `Caption. Photo by Name`.

use crate::document::{
    Block, BlockKind, Document, Figure, Inline, InlineKind, VisitMut, plain_text,
    split_at, walk_block_mut,
};

/// Words that begin a credit.
const BEGINNINGS: [&str; 22] = [
    "photo by",
    "photos by",
    "photo:",
    "photos:",
    "photograph by",
    "photograph:",
    "picture by",
    "picture:",
    "image by",
    "image:",
    "images:",
    "image credit",
    "photo credit",
    "photo courtesy",
    "credit:",
    "credits:",
    "courtesy of",
    "illustration by",
    "illustration:",
    "foto:",
    "©",
    "(c) ",
];

/// Words that stand in parentheses at the end of a caption and name nobody.
const NOBODY: [&str; 15] = [
    "cont",
    "continued",
    "left",
    "right",
    "center",
    "centre",
    "middle",
    "top",
    "bottom",
    "above",
    "below",
    "see",
    "click",
    "not",
    "from",
];

/// The most words that a name, or an agency with a name, has.
const MAX_NAME_WORDS: usize = 6;

/// The same after a slash, where `Korea Times photo by Somebody` is usual.
const MAX_LINE_WORDS: usize = 10;

/// Parts the captions of all figures from their credits.
pub(super) fn split(document: &mut Document) {
    let mut credits = Credits;
    credits.blocks(&mut document.blocks);
    for footnote in &mut document.footnotes {
        credits.blocks(&mut footnote.blocks);
    }
}

struct Credits;

impl VisitMut for Credits {
    fn block(&mut self, block: &mut Block) {
        if let BlockKind::Figure(figure) = &mut block.kind {
            split_figure(figure);
        }
        walk_block_mut(self, block);
    }
}

fn split_figure(figure: &mut Figure) {
    let words = plain_text(&figure.caption);
    if !figure.credit.is_empty() {
        return;
    }
    let Some(place) = find(&words) else { return };
    let caption = std::mem::take(&mut figure.caption);
    let (caption, rest) = split_at(caption, place.caption);
    let (rest, _) = split_at(rest, place.end - place.caption);
    let (_, credit) = split_at(rest, place.start - place.caption);
    let said = plain_text(&caption);
    // Words that stood for the picture because they were its caption lose the credit too.
    if let [Block { kind: BlockKind::Paragraph(shown), .. }] =
        figure.blocks.as_mut_slice()
        && let Some(picture) = only_picture(shown)
        && same_words(&picture.alt, &words)
    {
        picture.alt = if said.is_empty() { words } else { said };
    }
    (figure.caption, figure.credit) = (caption, credit);
}

fn only_picture(inlines: &mut [Inline]) -> Option<&mut crate::document::Picture> {
    match inlines {
        [Inline { kind: InlineKind::Picture(picture), .. }] => Some(picture),
        [Inline { kind: InlineKind::Link { content, .. }, .. }] => only_picture(content),
        _ => None,
    }
}

fn same_words(a: &str, b: &str) -> bool {
    let letters = |text: &str| -> Vec<char> {
        text.chars().filter(|c| c.is_alphanumeric()).collect()
    };
    letters(a) == letters(b)
}

/// Where a caption ends, and where in the same text its credit lies.
struct Place {
    caption: usize,
    start: usize,
    end: usize,
}

fn find(words: &str) -> Option<Place> {
    after_slash(words).or_else(|| in_parentheses(words)).or_else(|| last_sentence(words))
}

fn after_slash(words: &str) -> Option<Place> {
    let (caption, credit) = words.rsplit_once(" / ")?;
    let count = credit.split_whitespace().count();
    let start = words.len() - credit.len();
    (count <= MAX_LINE_WORDS && is_name(credit) && !credit.contains(". "))
        .then(|| Place { caption: caption.trim_end().len(), start, end: words.len() })
}

fn in_parentheses(words: &str) -> Option<Place> {
    let inside = words.trim_end_matches(['.', ' ']).strip_suffix(')')?;
    let open = inside.rfind('(')?;
    let credit = &inside[open + 1..];
    let named = begins_credit(credit)
        || (credit.split_whitespace().count() <= MAX_NAME_WORDS
            && is_name(credit)
            && !credit.contains(|c: char| c.is_ascii_digit()));
    let caption = words[..open].trim_end().len();
    (named && caption > 0).then_some(Place {
        caption,
        start: open + 1,
        end: inside.len(),
    })
}

fn last_sentence(words: &str) -> Option<Place> {
    let ends = words.char_indices().filter_map(|(at, c)| {
        let rest = &words[at + c.len_utf8()..];
        let space = matches!(c, '.' | '!' | '?' | '”' | '|' | ';' | '—' | '–');
        (space && rest.starts_with(' ')).then(|| words.len() - rest.trim_start().len())
    });
    let start = std::iter::once(0).chain(ends).find(|&at| begins_credit(&words[at..]))?;
    let caption = words[..start].trim_end_matches([' ', '|', '—', '–', ';']).len();
    Some(Place { caption, start, end: words.len() })
}

fn begins_credit(text: &str) -> bool {
    let small = text.get(..text.len().min(24)).map_or_else(
        || text.chars().take(16).collect::<String>().to_lowercase(),
        str::to_lowercase,
    );
    BEGINNINGS.iter().any(|beginning| small.starts_with(beginning))
}

/// Whether words could be a name: a capital, or a script that has none, nothing that is in no
/// name, and no word that only points at a place in the picture.
fn is_name(words: &str) -> bool {
    if begins_credit(words) {
        return true;
    }
    let words = words.trim();
    let first = words.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    let capital =
        words.chars().next().is_some_and(|c| c.is_alphabetic() && !c.is_lowercase());
    let sign = |c: char| !c.is_alphanumeric() && !" .,-–’'&/:@|;".contains(c);
    capital && !words.contains(sign) && !NOBODY.contains(&first.to_lowercase().as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(caption: &str, parts: Option<(&str, &str)>) {
        let found = find(caption)
            .map(|place| (&caption[..place.caption], &caption[place.start..place.end]));
        assert_eq!(found, parts);
    }

    #[test]
    fn credits_are_told_from_captions() {
        check(
            "A crowd. / Agency photo by Ann Lee",
            Some(("A crowd.", "Agency photo by Ann Lee")),
        );
        check(
            "The port on May 3, 2017. (Yonhap)",
            Some(("The port on May 3, 2017.", "Yonhap")),
        );
        check("A ship (Photo: navy).", Some(("A ship", "Photo: navy")));
        check("A ship. Photo by Ann Lee", Some(("A ship.", "Photo by Ann Lee")));
        check("© Ann Lee 2017", Some(("", "© Ann Lee 2017")));
        check("A port | Credit: Ann Lee", Some(("A port", "Credit: Ann Lee")));
    }

    #[test]
    fn what_is_no_credit_stays() {
        for caption in [
            "The king (left)",
            "The king (2017)",
            "Prices (see below)",
            "The brothers (Left to right)",
            "The panel (Cont.)",
            "Faster arrays (HOLEY_SMI)",
            "A day (May 2017)",
            "yes / no",
            "(Agency)",
            "Walls. And/or doors",
        ] {
            check(caption, None);
        }
    }
}
