//! Finds all terms in one pass over a text, by its words.

use std::collections::BTreeMap;

use unicode_normalization::char::is_combining_mark;

use crate::config::IndexTerm;

/// All words that terms are found by, as a trie of words: the cost of a search depends on the text,
/// and not on how many terms there are.
#[derive(Debug, Default)]
pub(super) struct Matcher {
    root: Node,
}

#[derive(Debug, Default)]
struct Node {
    next: BTreeMap<String, Node>,
    /// Words that end here.
    ends: Vec<End>,
    /// The same with a last word of which only the beginning is given.
    beginnings: BTreeMap<String, Vec<End>>,
}

/// The end of the words of a term.
#[derive(Debug)]
struct End {
    /// Which of the terms.
    term: usize,
    /// The words as they were written.
    words: Vec<String>,
    /// Whether of the last one only the beginning is given.
    begins: bool,
    /// What stands before the first and after the last.
    before: String,
    after: String,
}

/// What words are looked up with.
#[derive(Debug, Default)]
struct Lookup {
    /// The word.
    key: String,
    /// How many there were.
    count: usize,
}

/// A term in a text.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Hit {
    /// Where it begins, in bytes.
    pub(super) at: usize,
    /// Which terms are found by it.
    pub(super) terms: Vec<usize>,
}

impl Matcher {
    /// What finds these terms.
    pub(super) fn new(terms: &[IndexTerm]) -> Self {
        let mut matcher = Self::default();
        for (index, term) in terms.iter().enumerate() {
            for words in &term.words {
                matcher.add(index, words, false);
            }
            for pattern in &term.patterns {
                matcher.add(index, pattern.trim_end_matches('*'), pattern.ends_with('*'));
            }
        }
        matcher
    }

    /// Whether there is nothing to be found.
    pub(super) fn is_empty(&self) -> bool {
        self.root.next.is_empty() && self.root.beginnings.is_empty()
    }

    fn add(&mut self, term: usize, text: &str, begins: bool) {
        let Tokens { tokens, after } = Tokens::of(text);
        let Some(first) = tokens.first() else { return };
        let end = End {
            term,
            words: tokens.iter().map(|token| plain(token.word)).collect(),
            begins,
            before: separator(first.before),
            after: separator(after),
        };
        let mut node = &mut self.root;
        for (index, token) in tokens.iter().enumerate() {
            let key = token.key(index == 0);
            if begins && index + 1 == tokens.len() {
                node.beginnings.entry(key).or_default().push(end);
                return;
            }
            node = node.next.entry(key).or_default();
        }
        node.ends.push(end);
    }

    /// All terms of a text. Of several that begin with one word the longest counts.
    pub(super) fn search(&self, text: &str) -> Vec<Hit> {
        self.counted(text).0
    }

    /// The same, and how many words were looked up for it.
    fn counted(&self, text: &str) -> (Vec<Hit>, usize) {
        let tokens = Tokens::of(text);
        let mut hits = Vec::new();
        let mut lookup = Lookup::default();
        let mut at = 0;
        while let Some(token) = tokens.tokens.get(at) {
            let found =
                if token.goes_on { None } else { self.longest(&tokens, at, &mut lookup) };
            let Some((length, terms)) = found else {
                at += 1;
                continue;
            };
            hits.push(Hit { at: token.start, terms });
            at += length;
        }
        (hits, lookup.count)
    }

    /// The longest words that begin with a token: how many, and whose.
    fn longest(
        &self,
        text: &Tokens,
        from: usize,
        lookup: &mut Lookup,
    ) -> Option<(usize, Vec<usize>)> {
        let Lookup { key, count } = lookup;
        let mut longest = None;
        let mut node = &self.root;
        for (index, token) in text.tokens.iter().enumerate().skip(from) {
            let fits = |end: &&End| end.fits(text, from, index);
            token.write_key(index == from, key);
            *count += 1;
            let mut terms: Vec<usize> = Vec::new();
            if !node.beginnings.is_empty() {
                let places = key.char_indices().map(|(at, c)| at + c.len_utf8());
                let known = places.filter_map(|end| node.beginnings.get(&key[..end]));
                terms.extend(known.flatten().filter(fits).map(|end| end.term));
            }
            let next = node.next.get(key.as_str());
            let ends = next.into_iter().flat_map(|next| &next.ends);
            terms.extend(ends.filter(fits).map(|end| end.term));
            if !terms.is_empty() {
                terms.sort_unstable();
                terms.dedup();
                longest = Some((index + 1 - from, terms));
            }
            let Some(next) = next else { break };
            node = next;
        }
        longest
    }
}

impl End {
    /// Whether the words of a text from one to another are its words: letter by letter as they were
    /// written, but that any word may begin with a capital.
    fn fits(&self, text: &Tokens, from: usize, to: usize) -> bool {
        let (found, rest) = (&text.tokens[from..=to], text.tokens.get(to + 1));
        let last = self.words.len().saturating_sub(1);
        let same = |(index, (own, token)): (usize, (&String, &Token))| {
            let word = plain(token.word);
            let is = |own: &str| {
                word == own || self.begins && index == last && word.starts_with(own)
            };
            is(own) || is(&capitalized(own))
        };
        self.words.iter().zip(found).enumerate().all(same)
            && (self.before.is_empty()
                || separator(found[0].before).ends_with(&self.before))
            && (self.after.is_empty() || {
                let after = rest.map_or(text.after, |next| next.before);
                separator(after).starts_with(&self.after)
            })
    }
}

/// The words of a text.
struct Tokens<'t> {
    tokens: Vec<Token<'t>>,
    /// What stands after the last.
    after: &'t str,
}

/// A word, or a letter of a script that has no spaces between words or none before what is added to
/// a word.
struct Token<'t> {
    /// Where it begins, in bytes.
    start: usize,
    /// What stands between it and the word before.
    before: &'t str,
    word: &'t str,
    /// Whether it goes on with a word: no term begins with it.
    goes_on: bool,
}

impl<'t> Tokens<'t> {
    fn of(text: &'t str) -> Self {
        let mut tokens: Vec<Token> = Vec::new();
        let mut end = 0;
        let mut kind = Letter::None;
        for (at, character) in text.char_indices() {
            let this = Letter::of(character);
            let after = at + character.len_utf8();
            match (this, tokens.last_mut()) {
                (Letter::None, _) => {}
                (Letter::Mark, _) if kind == Letter::None => continue,
                (Letter::Mark, Some(last)) => {
                    last.word = &text[last.start..after];
                    end = after;
                    continue;
                }
                (Letter::Spaced, Some(last)) if kind == Letter::Spaced => {
                    last.word = &text[last.start..after];
                    end = after;
                }
                _ => {
                    let goes_on = this == Letter::Hangul && kind == Letter::Hangul;
                    let (before, word) = (&text[end..at], &text[at..after]);
                    tokens.push(Token { start: at, before, word, goes_on });
                    end = after;
                }
            }
            kind = this;
        }
        Self { tokens, after: &text[end..] }
    }
}

impl Token<'_> {
    /// What it is called in the trie.
    fn key(&self, is_first: bool) -> String {
        let mut key = String::new();
        self.write_key(is_first, &mut key);
        key
    }

    /// Writes that in place of what `key` has.
    fn write_key(&self, is_first: bool, key: &mut String) {
        key.clear();
        if !is_first {
            key.push_str(&separator(self.before));
        }
        let letters = self.word.chars().filter(|c| *c != '\u{ad}');
        key.extend(letters.flat_map(char::to_lowercase));
    }
}

/// What a character is to words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Letter {
    None,
    /// It belongs to the letter before.
    Mark,
    /// Of a script with spaces between words.
    Spaced,
    /// A syllable of Hangul: particles follow a noun without a space.
    Hangul,
    /// Of a script without spaces.
    Unspaced,
}

impl Letter {
    fn of(character: char) -> Self {
        match character {
            '\u{ad}' => Self::Mark,
            c if is_combining_mark(c) => Self::Mark,
            c if !c.is_alphanumeric() => Self::None,
            '\u{ac00}'..='\u{d7a3}' => Self::Hangul,
            // Thai, Lao, Burmese, Khmer; kana and ideographs.
            '\u{e00}'..='\u{eff}'
            | '\u{1000}'..='\u{109f}'
            | '\u{1780}'..='\u{17ff}'
            | '\u{3040}'..='\u{30ff}'
            | '\u{3400}'..='\u{9fff}'
            | '\u{f900}'..='\u{faff}'
            | '\u{20000}'..='\u{3ffff}' => Self::Unspaced,
            _ => Self::Spaced,
        }
    }
}

/// A word without what only says where it may be divided.
fn plain(word: &str) -> String {
    word.chars().filter(|c| *c != '\u{ad}').collect()
}

/// What stands between words, in one spelling: one space, one hyphen, one apostrophe.
fn separator(text: &str) -> String {
    let mut plain = String::new();
    for character in text.chars() {
        match character {
            '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}' => {}
            c if c.is_whitespace() && plain.ends_with(' ') => {}
            c if c.is_whitespace() => plain.push(' '),
            '\u{2010}' | '\u{2011}' => plain.push('-'),
            '\u{2018}' | '\u{2019}' | '\u{2bc}' => plain.push('\''),
            c => plain.push(c),
        }
    }
    plain
}

/// A word with a capital at its beginning.
fn capitalized(word: &str) -> String {
    let mut letters = word.chars();
    let first = letters.next().into_iter().flat_map(char::to_uppercase);
    first.chain(letters).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Span;

    fn matcher(words: &[&str], patterns: &[&str]) -> Matcher {
        let term = |words: &[&str], patterns: &[&str]| IndexTerm {
            path: vec!["term".to_owned()],
            sort: None,
            words: words.iter().map(ToString::to_string).collect(),
            patterns: patterns.iter().map(ToString::to_string).collect(),
            see: Vec::new(),
            see_also: Vec::new(),
            span: Span::DETACHED,
        };
        let words = words.iter().map(|word| term(&[word], &[]));
        let patterns = patterns.iter().map(|pattern| term(&[], &[pattern]));
        Matcher::new(&words.chain(patterns).collect::<Vec<_>>())
    }

    fn found(words: &[&str], patterns: &[&str], text: &str) -> Vec<(usize, usize)> {
        let hits = matcher(words, patterns).search(text);
        hits.into_iter().map(|hit| (hit.at, hit.terms[0])).collect()
    }

    #[test]
    fn terms_are_whole_words_in_their_letters() {
        let text = "Trade and trades: us, US; the F‑16, O’Brien, AT&T and .NET, C++.";
        assert_eq!(found(&["trade"], &[], text), [(0, 0)]);
        assert_eq!(found(&["US"], &[], text), [(22, 0)]);
        assert_eq!(found(&["F-16", "O'Brien"], &[], text).len(), 2);
        assert_eq!(found(&["AT&T", ".NET", "C++", ".ORG"], &[], text).len(), 3);
        assert_eq!(found(&[], &["trad*"], text), [(0, 0), (10, 0)]);
        assert_eq!(found(&["…"], &[], text), []);
    }

    #[test]
    fn the_longest_term_counts() {
        let words = ["Korea", "North Korea", "North Korea Times"];
        assert_eq!(found(&words, &[], "In North\u{a0}Korea"), [(3, 1)]);
        assert_eq!(found(&words, &[], "North Korea and Korea"), [(0, 1), (16, 0)]);
        assert_eq!(found(&words, &[], "North Dakota, Korea"), [(14, 0)]);
    }

    /// As many words are looked up as the text has, however many terms there are.
    #[test]
    fn the_cost_depends_on_the_text_alone() {
        let lookups = |terms: usize, words: usize| {
            let terms: Vec<String> =
                (0..terms).map(|at| format!("term{at} of the sea")).collect();
            let terms: Vec<&str> = terms.iter().map(String::as_str).collect();
            let text = "term0 of the land and ".repeat(words / 5);
            matcher(&terms, &[]).counted(&text).1
        };
        assert_eq!(lookups(10, 1000), lookups(1000, 1000));
        assert_eq!(lookups(10, 1000) * 10, lookups(10, 10_000));
    }

    #[test]
    fn scripts_without_spaces_have_terms() {
        assert_eq!(found(&["北京"], &[], "我去北京了"), [(6, 0)]);
        assert_eq!(found(&["한국"], &[], "한국은 대한국"), [(0, 0)]);
        assert_eq!(found(&["Schiff"], &[], "Das Schi\u{ad}ff"), [(4, 0)]);
    }
}
