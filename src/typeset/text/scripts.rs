//! Scripts: where lines may end, and what stands between two characters that no space parts.

use std::sync::LazyLock;

use icu_segmenter::options::LineBreakOptions;
use icu_segmenter::{LineSegmenter, LineSegmenterBorrowed};

/// What stands at a place where a line may end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ScriptBoundary {
    /// Nothing: letters.
    Nothing,
    /// Less than nothing: two marks as wide as ideographs, each of which has space of its own.
    Marks,
    /// Nothing that grows, and a line ends there only if it must: syllables of Korean, whose words
    /// have spaces between them.
    Syllables,
    /// Space that grows, by nature none: ideographs and kana.
    Ideographs,
    /// A little space: an ideograph, and a letter or digit of another script.
    Scripts,
}

/// What stands between two characters.
pub(crate) fn between(before: char, after: char) -> ScriptBoundary {
    if is_hangul(before) && (is_hangul(after) || after.is_alphanumeric())
        || before.is_alphanumeric() && is_hangul(after)
    {
        return ScriptBoundary::Syllables;
    }
    if closes(before) && opens(after) {
        return ScriptBoundary::Marks;
    }
    let western = |c: char| c.is_alphanumeric() && !is_ideographic(c) && !is_hangul(c);
    // Marks as wide as ideographs have space of their own.
    match (is_ideographic(before), is_ideographic(after)) {
        (true, false) if western(after) && before.is_alphanumeric() => {
            ScriptBoundary::Scripts
        }
        (false, true) if western(before) && after.is_alphanumeric() => {
            ScriptBoundary::Scripts
        }
        (true, _) => ScriptBoundary::Ideographs,
        _ => ScriptBoundary::Nothing,
    }
}

/// Which of two marks gives up its space where they meet (JLREQ, 3.1.4): the first of a pair its
/// right half, the second its left half.
pub(crate) fn gives_way(before: char, after: char) -> Option<Half> {
    match (closes(before), opens(after)) {
        (true, _) if closes(after) || opens(after) => Some(Half::RightOfFirst),
        (false, true) if opens(before) => Some(Half::LeftOfSecond),
        _ => None,
    }
}

/// Half of a mark as wide as an ideograph.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Half {
    /// The right half of the first of two.
    RightOfFirst,
    /// The left half of the second of two.
    LeftOfSecond,
}

/// Whether a mark as wide as an ideograph has its space on the right.
pub(crate) fn closes(character: char) -> bool {
    "、。，．」』）】〉》〕］｝".contains(character)
}

/// Whether a mark as wide as an ideograph has its space on the left.
pub(crate) fn opens(character: char) -> bool {
    "「『（【〈《〔［｛".contains(character)
}

/// Where lines may end in text, in bytes, its end among them: by UAX #14, and by the dictionaries
/// of ICU in scripts that write their words together (Thai, Lao, Burmese and Khmer).
pub(crate) fn line_ends(text: &str) -> impl Iterator<Item = usize> {
    static SEGMENTER: LazyLock<LineSegmenterBorrowed<'static>> =
        LazyLock::new(|| LineSegmenter::new_dictionary(LineBreakOptions::default()));
    SEGMENTER.segment_str(text).filter(|end| *end > 0)
}

/// Ideographs, kana, and the marks that are as wide as they.
fn is_ideographic(character: char) -> bool {
    matches!(
        u32::from(character),
        0x2e80..=0xa4cf | 0xf900..=0xfaff | 0xff00..=0xffef | 0x2_0000..=0x3_ffff
    ) && !is_hangul(character)
}

fn is_hangul(character: char) -> bool {
    matches!(
        u32::from(character),
        0x1100..=0x11ff | 0x3130..=0x318f | 0xa960..=0xa97f | 0xac00..=0xd7ff
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_that_meet_share_their_white() {
        assert_eq!(gives_way('。', '」'), Some(Half::RightOfFirst));
        assert_eq!(gives_way('」', '（'), Some(Half::RightOfFirst));
        assert_eq!(gives_way('（', '「'), Some(Half::LeftOfSecond));
        assert_eq!(gives_way('字', '「'), None);
        assert_eq!(gives_way('」', '字'), None);
    }

    #[test]
    fn words_of_thai_are_known() {
        let text = "ภาษาไทยไม่มีช่องว่าง";
        let words: Vec<&str> = line_ends(text).map(|end| &text[..end]).collect();
        assert!(words.contains(&"ภาษา") && words.contains(&"ภาษาไทย"), "{words:?}");
        let latin = "words in Latin";
        assert_eq!(line_ends(latin).collect::<Vec<_>>(), [6, 9, latin.len()]);
        assert_eq!(line_ends("").count(), 0);
    }

    #[test]
    fn each_script_has_its_own_white() {
        assert_eq!(between('漢', '字'), ScriptBoundary::Ideographs);
        assert_eq!(between('」', '「'), ScriptBoundary::Marks);
        assert_eq!(between('中', 'C'), ScriptBoundary::Scripts);
        assert_eq!(between('U', '在'), ScriptBoundary::Scripts);
        assert_eq!(between('。', 'A'), ScriptBoundary::Ideographs);
        assert_eq!(between('한', '국'), ScriptBoundary::Syllables);
        assert_eq!(between('U', '가'), ScriptBoundary::Syllables);
        assert_eq!(between('a', '—'), ScriptBoundary::Nothing);
    }
}
