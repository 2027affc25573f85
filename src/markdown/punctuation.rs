//! Smart punctuation: quotation marks by language, apostrophes, dashes, ellipses.
//!
//! Whether a mark opens or closes depends on its neighbours, and these may stand in another
//! inline: `"*Word*"`. So a whole run is set at once: first its leaves are listed, each with the
//! character that it begins with, then each is set knowing what comes before and after.

use std::ops::Range;

use crate::document::{Inline, InlineKind};
use crate::manuscript::Post;

/// Words that lose their beginning, and with it the apostrophe that looks like an opening mark.
const ELISIONS: [&str; 10] =
    ["tis", "twas", "twere", "twill", "twould", "em", "n", "til", "cept", "nuff"];

/// Sets the punctuation of a post.
pub(super) struct Punctuation<'a> {
    marks: [&'static str; 4],
    source: &'a str,
}

impl<'a> Punctuation<'a> {
    /// That of a post, unless it is to stay as it was typed.
    pub(super) fn of(post: &'a Post) -> Option<Self> {
        let (marks, source) = (post.language.quotation_marks(), &*post.text);
        post.smart_punctuation.then_some(Self { marks, source })
    }

    /// Sets a run.
    pub(super) fn set(&self, run: &mut [Inline]) {
        if !needs_setting(run) {
            return;
        }
        let mut leaves = Vec::new();
        list_leaves(run, &mut leaves);
        let mut setter = SmartPunctuation {
            punctuation: self,
            leaves,
            at: 0,
            before: Before::Space,
            double: false,
            single: false,
        };
        setter.inlines(run);
    }

    /// How many bytes at the beginning of a text stay as they are: one that a backslash
    /// protects, or that stands for an entity.
    fn protected(&self, text: &str, inline: &Inline) -> usize {
        let start = inline.span.start as usize;
        let first = text.chars().next().map_or(0, char::len_utf8);
        let source = self.source.as_bytes();
        let escaped = start > 0
            && source.get(start - 1) == Some(&b'\\')
            && source.get(start) == text.as_bytes().first();
        let entity = text.len() == first
            && source.get(start) == Some(&b'&')
            && !text.starts_with('&');
        if escaped || entity { first } else { 0 }
    }
}

/// What stands before a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Before {
    /// A space, or nothing.
    Space,
    /// A letter or a digit.
    Word,
    /// A letter of a script without spaces.
    Unspaced,
    /// What a quotation may follow at once: a bracket, an opening mark.
    Opening,
    Dash,
    /// Any other sign.
    Sign,
}

impl Before {
    fn of(c: char) -> Self {
        match c {
            c if c.is_whitespace() => Self::Space,
            c if super::events::is_unspaced(c) => Self::Unspaced,
            c if c.is_alphanumeric() => Self::Word,
            '(' | '[' | '{' | '“' | '‘' | '„' | '‚' | '«' | '‹' | '¿' | '¡' => {
                Self::Opening
            }
            '-' | '–' | '—' | '/' | '=' | '+' | '|' | '~' => Self::Dash,
            _ => Self::Sign,
        }
    }
}

/// A part of the run that has no parts.
struct Leaf {
    /// Its first character, or one like it.
    first: char,
    /// Whether it holds a single quotation mark.
    single: bool,
}

struct SmartPunctuation<'p, 'a> {
    punctuation: &'p Punctuation<'a>,
    leaves: Vec<Leaf>,
    /// The leaf at hand.
    at: usize,
    before: Before,
    /// Whether a double mark is open.
    double: bool,
    /// Whether a single mark is open.
    single: bool,
}

impl SmartPunctuation<'_, '_> {
    fn inlines(&mut self, run: &mut [Inline]) {
        for inline in run {
            self.inline(inline);
        }
    }

    fn inline(&mut self, inline: &mut Inline) {
        let protected = match &inline.kind {
            InlineKind::Text(text) => self.punctuation.protected(text, inline),
            _ => 0,
        };
        match &mut inline.kind {
            InlineKind::Text(text) if !text.is_empty() => {
                *text = self.text(text, protected);
                self.at += 1;
            }
            InlineKind::Phrase(phrase) => self.inlines(&mut phrase.content),
            InlineKind::Link { content, .. } => self.inlines(content),
            InlineKind::Ruby { base, .. } => self.inlines(base),
            InlineKind::Code(_) | InlineKind::Picture(_) | InlineKind::Math(_) => {
                self.before = Before::Word;
                self.at += 1;
            }
            InlineKind::LineBreak => {
                self.before = Before::Space;
                self.at += 1;
            }
            _ => {}
        }
    }

    fn text(&mut self, text: &str, protected: usize) -> String {
        let addresses = addresses(text);
        let mut closer = Closer::default();
        let mut set = String::with_capacity(text.len() + 8);
        let mut at = 0;
        while at < text.len() {
            let rest = &text.as_bytes()[at..];
            let sign = rest.iter().position(|b| matches!(b, b'"' | b'\'' | b'-' | b'.'));
            let plain = sign.unwrap_or(rest.len());
            if plain > 0 {
                self.put(&text[at..at + plain], &mut set);
                at += plain;
                continue;
            }
            let c = rest[0];
            let length = match c {
                b'-' | b'.' => rest.iter().take_while(|&&b| b == c).count(),
                _ => 1,
            };
            let next = text[at + length..].chars().next();
            let next =
                next.or_else(|| self.leaves.get(self.at + 1).map(|leaf| leaf.first));
            let address = addresses.partition_point(|address| address.end <= at);
            let address = addresses.get(address).is_some_and(|it| it.contains(&at));
            // `<!--` and `-->` in a text about HTML.
            let opening = text[..at].ends_with("<!") || &text[..at] == "!";
            let comment = c == b'-' && (opening || next == Some('>'));
            let kept = at < protected || address || comment;
            match (c, length) {
                _ if kept => self.put(&text[at..at + length], &mut set),
                (b'-', 2) => self.put("–", &mut set),
                (b'-', 3) => self.put("—", &mut set),
                (b'.', 3) => self.put("…", &mut set),
                (b'.', 4) => self.put(".…", &mut set),
                (b'"', _) => self.double(next, &mut set),
                (b'\'', _) => {
                    let rest = &text[at + 1..];
                    let closes = closer.follows(text, at) || self.later_single();
                    self.single(rest, next, closes, &mut set);
                }
                _ => self.put(&text[at..at + length], &mut set),
            }
            at += length;
        }
        set
    }

    fn double(&mut self, next: Option<char>, set: &mut String) {
        let spaced = next.is_none_or(char::is_whitespace);
        let wordy = next.is_some_and(char::is_alphanumeric);
        let opens = match self.before {
            Before::Space if spaced && !self.double => return self.put("\"", set),
            Before::Space | Before::Opening => !spaced,
            Before::Dash => !self.double && !spaced,
            Before::Unspaced => !self.double,
            Before::Sign => !self.double && wordy,
            Before::Word => false,
        };
        self.double = opens;
        self.mark(if opens { 0 } else { 1 }, opens, set);
    }

    /// `closes` says whether a mark comes that could close this one.
    fn single(&mut self, rest: &str, next: Option<char>, closes: bool, set: &mut String) {
        let spaced = next.is_none_or(char::is_whitespace);
        let wordy = next.is_some_and(char::is_alphanumeric);
        let may_open = match self.before {
            Before::Space | Before::Opening | Before::Dash => !spaced,
            Before::Unspaced => !self.single,
            Before::Sign => wordy && !self.single,
            Before::Word => false,
        };
        if may_open && closes && !is_elision(rest) {
            self.single = true;
            self.mark(2, true, set);
        } else if self.single && !may_open && !(self.before == Before::Word && wordy) {
            self.single = false;
            self.mark(3, false, set);
        } else {
            set.push('’');
            // What an apostrophe begins is a word: `'tis`.
            self.before = Before::Word;
        }
    }

    fn mark(&mut self, which: usize, opens: bool, set: &mut String) {
        set.push_str(self.punctuation.marks[which]);
        self.before = if opens { Before::Opening } else { Before::Sign };
    }

    fn put(&mut self, text: &str, set: &mut String) {
        set.push_str(text);
        if let Some(last) = text.chars().next_back() {
            self.before = Before::of(last);
        }
    }

    fn later_single(&self) -> bool {
        self.leaves.get(self.at + 1).is_some_and(|leaf| leaf.single)
    }
}

/// Finds the next single mark of a text that can close, each part of the text looked at once.
#[derive(Default)]
struct Closer {
    /// Where one stands, or that there is none any more.
    found: Option<Option<usize>>,
}

impl Closer {
    fn follows(&mut self, text: &str, at: usize) -> bool {
        if let Some(found) = self.found
            && found.is_none_or(|found| found > at)
        {
            return found.is_some();
        }
        let found = text[at + 1..].match_indices('\'').find(|&(offset, _)| {
            let place = at + 1 + offset;
            let before = text[..place].chars().next_back();
            let after = text[place + 1..].chars().next();
            before.is_some_and(|c| !c.is_whitespace())
                && !after.is_some_and(char::is_alphanumeric)
        });
        let found = found.map(|(offset, _)| at + 1 + offset);
        self.found = Some(found);
        found.is_some()
    }
}

/// Whether an apostrophe before these words stands for letters or for a century.
fn is_elision(rest: &str) -> bool {
    let end = rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len());
    let word = &rest[..end];
    let decade = word.len() == 3 && word.ends_with('s');
    let decade = decade && word[..2].bytes().all(|b| b.is_ascii_digit());
    decade || ELISIONS.iter().any(|elision| word.eq_ignore_ascii_case(elision))
}

/// The addresses in a text, in which nothing is changed.
fn addresses(text: &str) -> Vec<Range<usize>> {
    let mut addresses: Vec<Range<usize>> = Vec::new();
    for (at, _) in text.match_indices("://") {
        if addresses.last().is_some_and(|last| last.contains(&at)) {
            continue;
        }
        let scheme = text[..at].rfind(|c: char| !c.is_ascii_alphanumeric());
        let start = scheme.map_or(0, |before| {
            before + text[before..].chars().next().map_or(1, char::len_utf8)
        });
        let ends =
            |c: char| c.is_whitespace() || matches!(c, '"' | '<' | '>' | '”' | '»');
        let end = text[at..].find(ends).map_or(text.len(), |length| at + length);
        addresses.push(start..end);
    }
    addresses
}

/// Whether there is anything to set.
fn needs_setting(run: &[Inline]) -> bool {
    run.iter().any(|inline| match &inline.kind {
        InlineKind::Text(text) => {
            text.bytes().any(|b| matches!(b, b'"' | b'\''))
                || text.contains("--")
                || text.contains("...")
        }
        InlineKind::Phrase(phrase) => needs_setting(&phrase.content),
        InlineKind::Link { content, .. } => needs_setting(content),
        InlineKind::Ruby { base, .. } => needs_setting(base),
        _ => false,
    })
}

/// The leaves in their order; from the back, each knows whether a single mark follows.
fn list_leaves(run: &[Inline], leaves: &mut Vec<Leaf>) {
    gather_leaves(run, leaves);
    let mut single = false;
    for leaf in leaves.iter_mut().rev() {
        leaf.single |= single;
        single = leaf.single;
    }
}

fn gather_leaves(run: &[Inline], leaves: &mut Vec<Leaf>) {
    for inline in run {
        match &inline.kind {
            InlineKind::Text(text) => {
                leaves.extend(
                    text.chars()
                        .next()
                        .map(|first| Leaf { first, single: text.contains('\'') }),
                );
            }
            InlineKind::Phrase(phrase) => gather_leaves(&phrase.content, leaves),
            InlineKind::Link { content, .. } => gather_leaves(content, leaves),
            InlineKind::Ruby { base, .. } => gather_leaves(base, leaves),
            InlineKind::Code(_) | InlineKind::Picture(_) | InlineKind::Math(_) => {
                leaves.push(Leaf { first: 'x', single: false });
            }
            InlineKind::LineBreak => leaves.push(Leaf { first: ' ', single: false }),
            InlineKind::NoteReference(_)
            | InlineKind::FootnoteReference(_)
            | InlineKind::Citation(_) => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::read_line;
    use super::super::tests::post_in;
    use crate::document::plain_text;
    use crate::source::Span;

    #[track_caller]
    fn check(language: &str, typed: &str, set: &str) {
        let post = post_in(typed, language);
        let span = Span::new(post.file, 0..0);
        assert_eq!(plain_text(&read_line(typed, span, &post).value), set);
    }

    #[test]
    fn quotation_marks_open_and_close_across_inlines() {
        check("en", r#""Word," he said."#, "“Word,” he said.");
        check("en", r#""*Word*" and *"word"*"#, "“Word” and “word”");
        check("en", r#""`code`" ("x")"#, "“code” (“x”)");
        check("en", r#""'Nested,' he said""#, "“‘Nested,’ he said”");
        check("en", r#"word—"quoted"—word"#, "word—“quoted”—word");
        check("en", r#""I was—" he said"#, "“I was—” he said");
        check("en", r#"["link"](x "t")."#, "“link”.");
        check("en", r#"alone " here"#, r#"alone " here"#);
        check("en", r#"He said:"Hello.""#, "He said:“Hello.”");
    }

    #[test]
    fn apostrophes() {
        check("en", "don't, dogs' and '90s", "don’t, dogs’ and ’90s");
        check("en", "'tis rock 'n' roll", "’tis rock ’n’ roll");
        check("en", "the *author*'s", "the author’s");
        check("en", "'tis 'so' and 'thus'", "’tis ‘so’ and ‘thus’");
        check("en", "'*so*' it is", "‘so’ it is");
    }

    #[test]
    fn dashes_and_ellipses() {
        check("en", "a -- b --- c--d ---- e", "a – b — c–d ---- e");
        check("en", "so... (.....) and....", "so… (.....) and.…");
        check("en", "`--flag` --x", "--flag –x");
    }

    #[test]
    fn languages_have_their_own() {
        check("de", r#""Hans' Haus," sagt er, 'ja'"#, "„Hans’ Haus,“ sagt er, ‚ja‘");
        check("fr", r#"Il dit "l'amour""#, "Il dit «\u{202f}l’amour\u{202f}»");
        check("ja", r#"彼は"本"と"#, "彼は“本”と");
    }

    #[test]
    fn addresses_and_escapes_stay() {
        check(
            "en",
            r#"see https://x.org/a--b'c "now""#,
            "see https://x.org/a--b'c “now”",
        );
        let post = post_in(r#"\"straight\" and &quot; "#, "en");
        let debug_tree =
            crate::document::debug_tree::document(&super::super::read(&post).value);
        assert_eq!(debug_tree, "p: \"straight\" and \"\n");
    }
}
