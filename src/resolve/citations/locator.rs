//! The place in a work: `p. 12`, `chap. 3`, `33–35, 38`, `{ch. 4, app. B}`.

use crate::document::{Locator, LocatorKind};

/// What may stand before a number, by CSL's terms; a full stop after it makes no difference.
const LABELS: &[(&str, LocatorKind)] = &[
    ("bk", LocatorKind::Book),
    ("bks", LocatorKind::Book),
    ("book", LocatorKind::Book),
    ("books", LocatorKind::Book),
    ("chap", LocatorKind::Chapter),
    ("chaps", LocatorKind::Chapter),
    ("ch", LocatorKind::Chapter),
    ("chs", LocatorKind::Chapter),
    ("chapter", LocatorKind::Chapter),
    ("chapters", LocatorKind::Chapter),
    ("kap", LocatorKind::Chapter),
    ("col", LocatorKind::Column),
    ("cols", LocatorKind::Column),
    ("column", LocatorKind::Column),
    ("columns", LocatorKind::Column),
    ("fig", LocatorKind::Figure),
    ("figs", LocatorKind::Figure),
    ("figure", LocatorKind::Figure),
    ("figures", LocatorKind::Figure),
    ("abb", LocatorKind::Figure),
    ("fol", LocatorKind::Folio),
    ("fols", LocatorKind::Folio),
    ("folio", LocatorKind::Folio),
    ("folios", LocatorKind::Folio),
    ("no", LocatorKind::Issue),
    ("nos", LocatorKind::Issue),
    ("number", LocatorKind::Issue),
    ("numbers", LocatorKind::Issue),
    ("l", LocatorKind::Line),
    ("ll", LocatorKind::Line),
    ("line", LocatorKind::Line),
    ("lines", LocatorKind::Line),
    ("n", LocatorKind::Note),
    ("nn", LocatorKind::Note),
    ("note", LocatorKind::Note),
    ("notes", LocatorKind::Note),
    ("op", LocatorKind::Opus),
    ("opp", LocatorKind::Opus),
    ("opus", LocatorKind::Opus),
    ("p", LocatorKind::Page),
    ("pp", LocatorKind::Page),
    ("page", LocatorKind::Page),
    ("pages", LocatorKind::Page),
    ("s", LocatorKind::Page),
    ("para", LocatorKind::Paragraph),
    ("paras", LocatorKind::Paragraph),
    ("paragraph", LocatorKind::Paragraph),
    ("paragraphs", LocatorKind::Paragraph),
    ("¶", LocatorKind::Paragraph),
    ("¶¶", LocatorKind::Paragraph),
    ("pt", LocatorKind::Part),
    ("pts", LocatorKind::Part),
    ("part", LocatorKind::Part),
    ("parts", LocatorKind::Part),
    ("sec", LocatorKind::Section),
    ("secs", LocatorKind::Section),
    ("section", LocatorKind::Section),
    ("sections", LocatorKind::Section),
    ("§", LocatorKind::Section),
    ("§§", LocatorKind::Section),
    ("s.v", LocatorKind::SubVerbo),
    ("s.vv", LocatorKind::SubVerbo),
    ("sub verbo", LocatorKind::SubVerbo),
    ("timestamp", LocatorKind::Timestamp),
    ("v", LocatorKind::Verse),
    ("vv", LocatorKind::Verse),
    ("verse", LocatorKind::Verse),
    ("verses", LocatorKind::Verse),
    ("vol", LocatorKind::Volume),
    ("vols", LocatorKind::Volume),
    ("volume", LocatorKind::Volume),
    ("volumes", LocatorKind::Volume),
];

/// Reads a locator at the beginning of a text; gives it and what follows.
pub(super) fn read(text: &str) -> Option<(Locator, &str)> {
    let text = text.trim_start_matches(is_space);
    let text = text.strip_prefix(',').unwrap_or(text).trim_start_matches(is_space);
    if let Some(braced) = text.strip_prefix('{') {
        let (inside, rest) = braced.split_once('}')?;
        let (kind, value) = label(inside.trim()).unwrap_or((LocatorKind::Page, inside));
        let value = value.trim().to_owned();
        return (!value.is_empty()).then_some((Locator { kind, value }, rest));
    }
    let (kind, from) = label(text).unwrap_or((LocatorKind::Page, text));
    let labelled = from.len() < text.len();
    if kind == LocatorKind::SubVerbo {
        // What stands under a headword is a word, up to the next comma.
        let end = from.find(',').unwrap_or(from.len());
        let (value, rest) = (from[..end].trim().to_owned(), &from[end..]);
        return (!value.is_empty()).then_some((Locator { kind, value }, rest));
    }
    let end = value(from, labelled);
    let value = from[..end].trim_end_matches([',', ' ', '\u{a0}']);
    let rest = &from[value.len()..];
    (!value.is_empty()).then(|| (Locator { kind, value: value.to_owned() }, rest))
}

fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\u{a0}' | '\u{202f}')
}

/// The label that begins a text, and what follows it: a space, a number, or both.
fn label(text: &str) -> Option<(LocatorKind, &str)> {
    let lower = text.to_lowercase();
    if lower.len() != text.len() {
        return None;
    }
    let found = LABELS.iter().filter_map(|&(label, kind)| {
        let rest = lower.strip_prefix(label)?;
        let after = rest.strip_prefix('.').unwrap_or(rest);
        let stands = after.starts_with(|c: char| is_space(c) || c.is_ascii_digit());
        stands.then(|| (kind, &text[text.len() - after.len()..]))
    });
    let (kind, rest) = found.min_by_key(|(_, rest)| rest.len())?;
    Some((kind, rest.trim_start_matches(is_space)))
}

/// Where the numbers end that begin a text.
fn value(text: &str, labelled: bool) -> usize {
    let mut end = 0;
    let mut at = 0;
    for word in text.split_inclusive(|c| is_space(c) || c == ',') {
        let bare = word.trim_matches(|c: char| is_space(c) || ",.()".contains(c));
        let joins = matches!(bare, "&" | "and" | "-" | "–" | "");
        if is_number(bare, labelled || end > 0) {
            end = at
                + word.trim_end_matches(|c: char| is_space(c) || ",.".contains(c)).len();
        } else if !(joins && end > 0) {
            break;
        }
        at += word.len();
    }
    end
}

/// A number with digits, or a roman one.
fn is_number(word: &str, expected: bool) -> bool {
    let roman = |part: &str| {
        let lower = part.to_lowercase();
        (expected || part.len() > 1)
            && (part == lower || part == part.to_uppercase())
            && lower.chars().all(|c| "ivxlcdm".contains(c))
            && !part.is_empty()
    };
    let digits = word.chars().any(|c| c.is_ascii_digit())
        && (expected || word.starts_with(|c: char| c.is_ascii_digit()));
    digits || word.split(['-', '–']).all(roman)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(text: &str) -> Option<(LocatorKind, String, &str)> {
        read(text).map(|(it, rest)| (it.kind, it.value, rest))
    }

    #[test]
    fn locators_as_pandoc_reads_them() {
        use LocatorKind::{Chapter, Page, Section, SubVerbo, Volume};
        let of = |kind, value: &str, rest| Some((kind, value.to_owned(), rest));
        assert_eq!(place(", p. 12"), of(Page, "12", ""));
        assert_eq!(
            place(", pp. 33–35, 38–39 and *passim*"),
            of(Page, "33–35, 38–39", " and *passim*")
        );
        assert_eq!(place(" 12"), of(Page, "12", ""));
        assert_eq!(place(", ch. 3"), of(Chapter, "3", ""));
        assert_eq!(place(", chap. xii, for one"), of(Chapter, "xii", ", for one"));
        assert_eq!(place(", §5"), of(Section, "5", ""));
        assert_eq!(
            place(", {vol. 2, app. B}, on it"),
            of(Volume, "2, app. B", ", on it")
        );
        assert_eq!(place(", s.v. love, and so"), of(SubVerbo, "love", ", and so"));
        assert_eq!(place(", iv–vii"), of(Page, "iv–vii", ""));
        assert_eq!(place(", and elsewhere"), None);
        assert_eq!(place(", i think"), None);
        assert_eq!(place(""), None);
    }
}
