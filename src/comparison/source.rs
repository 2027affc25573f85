//! The words that a post shows, found without reading it as Markdown.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization;

use super::hidden::masked;

/// A word of a post.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Word {
    /// Its letters and digits, small.
    pub(super) bare: String,
    /// Where it is in the post's body.
    pub(super) range: Range<usize>,
}

/// The words that a post's body shows.
pub(super) fn words(body: &str) -> Vec<Word> {
    let masked = masked(body);
    let mut words = Vec::new();
    let mut start = None;
    for (at, c) in masked.char_indices().chain(std::iter::once((masked.len(), ' '))) {
        let is_word = c.is_alphanumeric();
        match (start, is_word) {
            (None, true) => start = Some(at),
            (Some(from), false) => {
                words.push(word(&masked, from..at));
                start = None;
            }
            _ => {}
        }
        // Ideographs are words of one.
        if let Some(from) = start.filter(|_| is_ideograph(c)) {
            words.push(word(&masked, from..at + c.len_utf8()));
            start = None;
        }
    }
    words
}

fn word(text: &str, range: Range<usize>) -> Word {
    let letters = text[range.clone()].nfkc().filter(|c| c.is_alphanumeric());
    Word { bare: letters.flat_map(char::to_lowercase).collect(), range }
}

/// Whether a character is a word by itself, for it is written without spaces.
pub(super) fn is_ideograph(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_without_what_is_not_shown() {
        let found = |body: &str| {
            words(body).into_iter().map(|word| word.bare).collect::<Vec<_>>().join(" ")
        };
        for (body, expected) in [
            (
                "The [quay](https://a.example/b_(c) \"title\") at *noon*",
                "the quay at noon",
            ),
            ("a<!-- b -->c <b class=\"d\">e</b> &amp; f", "a c e f"),
            ("```rust {.x}\nlet y;\n```\n\nz {% include a %} {{ b }}", "let y z"),
            ("[1]: https://a.example 'x'\n\nword[^note] :smile: $x_1$", "word"),
            ("see https://a.example/b and 人口", "see and 人 口"),
            ("## Head {#id .class}\n\n> quote", "head quote"),
            ("5 < 6 and R&D", "5 6 and r d"),
            (
                "*a*{: .set #apart}, ![b](c.svg){width=16 height=16} {d} {lang=en-GB}",
                "a b d",
            ),
            ("[e]{style=\"color: green\"} {f=} g {- .x}", "e f g"),
            ("* toc\n{:toc}\n\n[TOC]\n\n\\newpage", ""),
            ("!!! warning inline \"Wet\"\n    h\n> [!faq]- Who?\n\n^quoted", "wet h who"),
            (
                "[caption id=\"a\"]<img> A boat[/caption] [Gazette] [ref](x)",
                "a boat gazette ref",
            ),
            ("```{r}\n#| label: x\ny\n```\n```{r, echo=FALSE}\nz\n```", "y"),
            (
                "![[boat.png|300]] see @fig-boat, <V on={() => p()} />it {/* no */}",
                "see it",
            ),
            ("a [[link](x)] [\\[link&#93;](x) [\\[link\\]](x) [link](x)", "a link"),
            ("import {\n  Two,\n} from 'x'\n", ""),
            ("{% raw %}{{ a }}{% endraw %} and {{ b }}", "and"),
        ] {
            assert_eq!(found(body), expected, "{body}");
        }
    }
}
