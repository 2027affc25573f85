//! The rules of a book, ready to be applied.

use std::collections::BTreeMap;

use cssparser::Parser;
use regex_lite::Regex;

use crate::config::{self, Edits, Omitted, Places, Search};
use crate::diag::{Code, Diagnostic, Warned};
use crate::manuscript::Post;
use crate::selector::{self, SelectorList, Selectors};
use crate::source::Span;

/// The rules of a book. Each is known by its number: first those of `omit`, then those of `replace`.
#[derive(Debug, Default)]
pub(crate) struct Rules {
    pub(super) omissions: Vec<Omission>,
    /// Those of single chapters, by the slugs or paths of their posts.
    pub(super) of_chapters: BTreeMap<String, Vec<Omission>>,
    pub(super) replacements: Vec<Replacement>,
    /// What each is called, and where it was written.
    pub(super) names: Vec<(String, Span)>,
}

/// A rule of `omit`.
#[derive(Debug)]
pub(super) struct Omission {
    pub(super) rule: usize,
    pub(super) what: Subject,
}

/// What a rule of `omit` leaves out.
#[derive(Debug)]
pub(super) enum Subject {
    /// What a selector matches.
    Elements(SelectorList<Selectors>),
    /// What has this id; a heading with its section.
    Place(String),
    /// A heading of these words, folded, and its section.
    Section(String),
    /// A block of text with these words in it, folded.
    Words(String),
    /// A block of text that this matches.
    Pattern(Regex),
}

/// A rule of `replace`.
#[derive(Debug)]
pub(super) struct Replacement {
    pub(super) rule: usize,
    pub(super) search: Finder,
    pub(super) to: String,
    pub(super) places: Places,
}

/// What a rule of `replace` looks for.
#[derive(Debug)]
pub(super) enum Finder {
    /// Words, in the form that [`plain`] gives.
    Words { words: String, whole_word: bool },
    /// A regular expression.
    Pattern(Regex),
}

impl Rules {
    /// The rules that `book.yaml` gives; those that cannot be understood are errors.
    pub(crate) fn new(edits: &Edits) -> Warned<Self> {
        let mut rules = Self::default();
        let mut diagnostics = Vec::new();
        for omission in &edits.omit {
            let omission = rules.omission(omission, "", &mut diagnostics);
            rules.omissions.extend(omission);
        }
        for chapter in &edits.chapters {
            let name = &chapter.post.name;
            for omission in &chapter.omit {
                let place = format!("in {name}, ");
                let omission = rules.omission(omission, &place, &mut diagnostics);
                rules.of_chapters.entry(name.clone()).or_default().extend(omission);
            }
        }
        for replacement in &edits.replace {
            let (to, span) = (&replacement.to, replacement.span);
            let (name, search) = match &replacement.search {
                Search::Words { words, whole_word } => (
                    format!("replace “{words}” with “{to}”"),
                    Some(Finder::Words {
                        words: plain(words).0,
                        whole_word: *whole_word,
                    }),
                ),
                Search::Pattern(text) => (
                    format!("replace /{text}/ with “{to}”"),
                    pattern(text, span, &mut diagnostics).map(Finder::Pattern),
                ),
            };
            let rule = rules.name(name, span);
            let (to, places) = (to.clone(), replacement.places);
            rules.replacements.extend(search.map(|search| Replacement {
                rule,
                search,
                to,
                places,
            }));
        }
        Warned { value: rules, diagnostics }
    }

    /// The rules of `omit` for a chapter.
    pub(super) fn omissions_in<'r>(
        &'r self,
        post: &Post,
    ) -> impl Iterator<Item = &'r Omission> + use<'r> {
        let own = |name: &str| self.of_chapters.get(name).into_iter().flatten();
        let (by_slug, by_path) = (own(&post.slug), own(&post.path));
        self.omissions.iter().chain(by_slug).chain(by_path)
    }

    /// Whether there are rules of `replace`.
    pub(super) fn replaces(&self) -> bool {
        !self.replacements.is_empty()
    }

    fn omission(
        &mut self,
        omission: &config::Omission,
        place: &str,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Option<Omission> {
        let span = omission.span;
        let (name, what) = match &omission.what {
            Omitted::Selector(text) => {
                (text.clone(), selectors(text, span, diagnostics).map(Subject::Elements))
            }
            Omitted::Place(id) => (format!("#{id}"), Some(Subject::Place(id.clone()))),
            Omitted::Heading(text) => {
                (format!("the section “{text}”"), Some(Subject::Section(heading(text))))
            }
            Omitted::Phrase(text) => {
                (format!("“{text}”"), Some(Subject::Words(folded(text))))
            }
            Omitted::Pattern(text) => (
                format!("/{text}/"),
                pattern(text, span, diagnostics).map(Subject::Pattern),
            ),
        };
        let rule = self.name(format!("{place}omit {name}"), span);
        what.map(|what| Omission { rule, what })
    }

    fn name(&mut self, name: String, span: Span) -> usize {
        self.names.push((name, span));
        self.names.len() - 1
    }
}

fn selectors(
    text: &str,
    span: Span,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<SelectorList<Selectors>> {
    let mut input = Parser::new(text);
    let parsed = selector::parse(&mut input, &[]);
    let list = parsed.ok().filter(|_| input.is_exhausted());
    if list.is_none() {
        let message = format!("`{text}` is no selector");
        let hint = "write it as a stylesheet has it, such as `.sharedaddy` or \
                    `div#related > p`";
        let wrong = Diagnostic::new(Code::InvalidValue, message).at(span);
        diagnostics.push(wrong.hint(hint));
    }
    list
}

fn pattern(text: &str, span: Span, diagnostics: &mut Vec<Diagnostic>) -> Option<Regex> {
    match Regex::new(text) {
        Ok(pattern) => Some(pattern),
        Err(error) => {
            let message = format!("`{text}` is no regular expression: {error}");
            let wrong = Diagnostic::new(Code::InvalidValue, message).at(span);
            let hint = "a character that means itself takes a backslash: `\\(`, `\\.`";
            diagnostics.push(wrong.hint(hint));
            None
        }
    }
}

/// A text in which nothing is told apart that a reader does not: small letters, straight quotation
/// marks, one space where there are several.
pub(super) fn folded(text: &str) -> String {
    let plain = plain(text).0;
    let words: Vec<String> = plain.split_whitespace().map(str::to_lowercase).collect();
    words.join(" ")
}

/// The words of a heading, folded, without the marks around them.
pub(super) fn heading(text: &str) -> String {
    let folded = folded(text);
    let bare = folded.trim_matches(|c: char| !c.is_alphanumeric());
    if bare.is_empty() { folded } else { bare.to_owned() }
}

/// A text as it is typed, and where in the text that was given each of its bytes is from: quotation
/// marks are straight, an ellipsis is three points, and spaces are plain.
pub(super) fn plain(text: &str) -> (String, Option<Vec<usize>>) {
    let typed = |c| match c {
        '‘' | '’' => Some("'"),
        '“' | '”' => Some("\""),
        '…' => Some("..."),
        '\u{a0}' | '\u{202f}' => Some(" "),
        '\u{ad}' => Some(""),
        _ => None,
    };
    if !text.chars().any(|c| typed(c).is_some()) {
        return (text.to_owned(), None);
    }
    let mut plain = String::with_capacity(text.len());
    let mut from = Vec::with_capacity(text.len() + 1);
    for (at, c) in text.char_indices() {
        let start = plain.len();
        match typed(c) {
            Some(typed) => plain.push_str(typed),
            None => plain.push(c),
        }
        from.resize(plain.len(), at);
        debug_assert!(start <= plain.len(), "a text grows");
    }
    from.push(text.len());
    (plain, Some(from))
}
