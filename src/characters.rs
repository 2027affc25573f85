//! The characters that a book can hold.
//!
//! XML forbids some characters, whatever way they come in: as bytes, as `&#1;`, as `\u0001` in a
//! header. Whoever reads text that somebody wrote cleans it with [`clean`] and says so; the
//! writer of XML cleans once more, so that none passes.

use std::borrow::Cow;
use std::ops::Range;

/// Whether no book can hold a character: XML 1.0, section 2.2, forbids or discourages it, or it
/// is one of Unicode's noncharacters.
pub(crate) fn is_forbidden(c: char) -> bool {
    matches!(
        c,
        '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{7f}'..='\u{9f}'
    ) || is_noncharacter(c)
}

/// Unicode, section 23.7.
fn is_noncharacter(c: char) -> bool {
    matches!(c, '\u{fdd0}'..='\u{fdef}') || u32::from(c) & 0xfffe == 0xfffe
}

/// The character that stands for a forbidden one: a space for form feed and vertical tab, which
/// part words, and what Windows-1252 has at U+0080 to U+009F, for there it means that (HTML,
/// section 13.2.5.80, numeric character reference end state).
pub(crate) fn meant(c: char) -> Option<char> {
    Some(match c {
        '\u{b}' | '\u{c}' => ' ',
        '\u{80}' => '€',
        '\u{82}' => '‚',
        '\u{83}' => 'ƒ',
        '\u{84}' => '„',
        '\u{85}' => '…',
        '\u{86}' => '†',
        '\u{87}' => '‡',
        '\u{88}' => 'ˆ',
        '\u{89}' => '‰',
        '\u{8a}' => 'Š',
        '\u{8b}' => '‹',
        '\u{8c}' => 'Œ',
        '\u{8e}' => 'Ž',
        '\u{91}' => '‘',
        '\u{92}' => '’',
        '\u{93}' => '“',
        '\u{94}' => '”',
        '\u{95}' => '•',
        '\u{96}' => '–',
        '\u{97}' => '—',
        '\u{98}' => '˜',
        '\u{99}' => '™',
        '\u{9a}' => 'š',
        '\u{9b}' => '›',
        '\u{9c}' => 'œ',
        '\u{9e}' => 'ž',
        '\u{9f}' => 'Ÿ',
        _ => return None,
    })
}

/// Whether something is lost with a character: it is forbidden, and means no letter.
pub(crate) fn is_lost(c: char) -> bool {
    is_forbidden(c) && meant(c).is_none_or(|meant| meant == ' ')
}

/// A text in which forbidden characters are what they mean, or are left out.
pub(crate) fn clean(text: &str) -> Cow<'_, str> {
    // All forbidden characters but those of the C0 block have a byte above 7E.
    let suspicious =
        |&b: &u8| b >= 0x7f || b < 0x20 && !matches!(b, b'\t' | b'\n' | b'\r');
    if !text.as_bytes().iter().any(suspicious) || !text.chars().any(is_forbidden) {
        return Cow::Borrowed(text);
    }
    let keep = |c| if is_forbidden(c) { meant(c) } else { Some(c) };
    Cow::Owned(text.chars().filter_map(keep).collect())
}

/// The same for a text that is the reader's own.
pub(crate) fn cleaned(text: String) -> String {
    match clean(&text) {
        Cow::Borrowed(_) => text,
        Cow::Owned(clean) => clean,
    }
}

/// The numeric character references in a text, each with its character if there is one.
pub(crate) fn references(
    text: &str,
) -> impl Iterator<Item = (Range<usize>, Option<char>)> {
    text.match_indices("&#").filter_map(|(at, mark)| {
        let rest = &text[at + mark.len()..];
        let (radix, digits) = match rest.strip_prefix(['x', 'X']) {
            Some(digits) => (16, digits),
            None => (10, rest),
        };
        let length =
            digits.bytes().take_while(|b| char::from(*b).is_digit(radix)).count();
        let ends = digits.as_bytes().get(length) == Some(&b';');
        let end = at + mark.len() + (rest.len() - digits.len()) + length + 1;
        let number = || u32::from_str_radix(&digits[..length], radix).ok();
        (length > 0 && ends).then(|| (at..end, number().and_then(char::from_u32)))
    })
}

/// XML without references to characters that it forbids.
pub(crate) fn clean_references(xml: &str) -> Cow<'_, str> {
    let forbidden = |c: &Option<char>| c.is_none_or(is_forbidden);
    let mut clean = String::new();
    let mut end = 0;
    for (range, c) in references(xml).filter(|(_, c)| forbidden(c)) {
        clean.push_str(&xml[end..range.start]);
        clean.extend(c.and_then(meant));
        end = range.end;
    }
    if end == 0 {
        return Cow::Borrowed(xml);
    }
    clean.push_str(&xml[end..]);
    Cow::Owned(clean)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_xml_forbids_is_left_out_or_is_what_it_means() {
        assert_eq!(clean("a\u{1}b\u{c}c\u{fffe}\u{1ffff}\u{fdd0}\u{7f}"), "ab c");
        assert_eq!(clean("\u{93}so\u{94}\u{81} \t\n漢"), "“so” \t\n漢");
        assert!(matches!(clean("so\t\n“漢”"), Cow::Borrowed(_)));
    }

    #[test]
    fn references_are_found_and_cleaned() {
        let found: Vec<_> = references("a&#1;&#x41; &#; &#xZ; &#99999999;").collect();
        let expected = [(1..5, Some('\u{1}')), (5..11, Some('A')), (22..33, None)];
        assert_eq!(found, expected);
        assert_eq!(clean_references("<mi>a&#x1;b&#65;&#150;</mi>"), "<mi>ab&#65;–</mi>");
    }
}
