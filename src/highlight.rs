//! Highlighting: what the words of code are in its language.
//!
//! Neither edition knows of it: the tree says what a word is, and the stylesheet how that looks.

use std::sync::OnceLock;

use rayon::prelude::*;
use syntect::parsing::{ParseState, Scope, ScopeStack, SyntaxReference, SyntaxSet};

use crate::book::Book;
use crate::document::{Block, BlockKind, CodeClass, CodeRun, VisitMut, walk_block_mut};

/// A longer line is data, in bytes, and so is a longer block.
const MAX_LINE_BYTES: usize = 2000;
const MAX_BLOCK_BYTES: usize = 200_000;

/// What the names of scopes say of a word; none: that it is like any other.
const CLASSES: [(&str, Option<CodeClass>); 23] = [
    ("comment", Some(CodeClass::Comment)),
    ("string", Some(CodeClass::String)),
    ("constant.character", Some(CodeClass::String)),
    ("constant", Some(CodeClass::Constant)),
    ("keyword.operator", None),
    ("keyword", Some(CodeClass::Keyword)),
    ("storage", Some(CodeClass::Keyword)),
    ("entity.name.function", Some(CodeClass::Function)),
    ("support.function", Some(CodeClass::Function)),
    ("support.macro", Some(CodeClass::Function)),
    ("variable.function", Some(CodeClass::Function)),
    ("entity.name.tag", Some(CodeClass::Keyword)),
    ("entity.other.attribute-name", Some(CodeClass::Type)),
    ("entity.name", Some(CodeClass::Type)),
    ("support.type", Some(CodeClass::Type)),
    ("support.class", Some(CodeClass::Type)),
    ("markup.inserted", Some(CodeClass::Inserted)),
    ("markup.deleted", Some(CodeClass::Deleted)),
    ("markup.heading", Some(CodeClass::Keyword)),
    ("meta.diff.header", Some(CodeClass::Comment)),
    ("meta.interpolation", None),
    ("punctuation.separator", None),
    ("invalid", None),
];

/// Marks the words of the code in a book's chapters and notes.
pub(crate) fn highlight(book: &mut Book) {
    let chapters = book.parts.iter_mut().flat_map(|part| &mut part.chapters);
    let notes = book.endnotes.iter_mut().flat_map(|group| &mut group.notes);
    let chapters = chapters.map(|chapter| &mut chapter.blocks);
    let notes = notes.map(|note| &mut note.blocks);
    let texts: Vec<&mut Vec<Block>> = chapters.chain(notes).collect();
    texts.into_par_iter().for_each(|blocks| Marker.blocks(blocks));
}

struct Marker;

impl VisitMut for Marker {
    fn block(&mut self, block: &mut Block) {
        if let BlockKind::Code { language: Some(language), text, runs } = &mut block.kind
            && runs.is_empty()
        {
            *runs = marked(language, text);
        }
        walk_block_mut(self, block);
    }
}

fn syntaxes() -> &'static SyntaxSet {
    static SYNTAXES: OnceLock<SyntaxSet> = OnceLock::new();
    SYNTAXES.get_or_init(two_face::syntax::extra_newlines)
}

/// The syntax of a language, by the name that a fence gives it.
fn syntax(language: &str) -> Option<&'static SyntaxReference> {
    let name = language.split([',', ' ', '{']).next().unwrap_or_default();
    let name = match name.to_lowercase().as_str() {
        "console" | "shell" | "shell-session" | "sh-session" => "bash".to_owned(),
        "jsonc" | "json5" => "json".to_owned(),
        other => other.to_owned(),
    };
    if matches!(name.as_str(), "" | "text" | "txt" | "plain" | "plaintext" | "none") {
        return None;
    }
    syntaxes().find_syntax_by_token(&name)
}

/// What the words of code are; nothing if its language is unknown or its lines are too long.
fn marked(language: &str, text: &str) -> Vec<CodeRun> {
    let Some(syntax) = syntax(language) else { return Vec::new() };
    if text.len() > MAX_BLOCK_BYTES
        || text.lines().any(|line| line.len() > MAX_LINE_BYTES)
    {
        return Vec::new();
    }
    let mut runs: Vec<CodeRun> = Vec::new();
    let mut state = ParseState::new(syntax);
    let mut stack = ScopeStack::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let Ok(parsed) = state.parse_line(line, syntaxes()) else { return Vec::new() };
        let mut at = 0;
        let ends = parsed.iter().map(|(end, _)| *end).chain([line.len()]);
        for (index, end) in ends.enumerate() {
            if end > at {
                add(&mut runs, start + at, start + end, class(&stack));
                at = end;
            }
            if let Some((_, operation)) = parsed.get(index)
                && stack.apply(operation).is_err()
            {
                return Vec::new();
            }
        }
        start += line.len();
    }
    runs
}

/// Adds a run, or makes the last one longer.
fn add(runs: &mut Vec<CodeRun>, start: usize, end: usize, class: Option<CodeClass>) {
    let Some(class) = class else { return };
    match runs.last_mut() {
        Some(last) if last.range.end == start && last.class == class => {
            last.range.end = end
        }
        _ => runs.push(CodeRun { range: start..end, class, address: None }),
    }
}

/// What the innermost scope with a name of its own says.
fn class(stack: &ScopeStack) -> Option<CodeClass> {
    let names = stack.as_slice().iter().rev();
    let mut said = names.filter_map(|scope| {
        classes()
            .iter()
            .find(|(name, _)| name.is_prefix_of(*scope))
            .map(|(_, class)| *class)
    });
    said.next().flatten()
}

/// What scopes say, by the names that grammars of TextMate give them; the first that fits counts.
///
/// They are kept as scopes: to write each out as text takes a lock that all threads share.
fn classes() -> &'static [(Scope, Option<CodeClass>)] {
    static SCOPES: OnceLock<Vec<(Scope, Option<CodeClass>)>> = OnceLock::new();
    SCOPES.get_or_init(|| {
        let scope = |(name, class): &(&str, _)| Some((Scope::new(name).ok()?, *class));
        CLASSES.iter().filter_map(scope).collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(language: &str, text: &str) -> Vec<(String, CodeClass)> {
        let runs = marked(language, text);
        runs.into_iter().map(|run| (text[run.range].to_owned(), run.class)).collect()
    }

    #[test]
    fn words_are_what_their_language_says() {
        let found =
            words("rust", "fn main() {\n    // Nothing.\n    let x = \"a\";\n}\n");
        assert!(found.contains(&("fn".to_owned(), CodeClass::Keyword)), "{found:?}");
        assert!(found.contains(&("main".to_owned(), CodeClass::Function)), "{found:?}");
        let comment = |(word, class): &(String, CodeClass)| {
            word.starts_with("// Nothing.") && *class == CodeClass::Comment
        };
        assert!(found.iter().any(comment), "{found:?}");
        assert!(found.contains(&("\"a\"".to_owned(), CodeClass::String)), "{found:?}");
        assert!(!words("toml", "[a]\nb = 1\n").is_empty());
    }

    #[test]
    fn what_is_unknown_is_plain() {
        assert_eq!(words("", "fn main"), []);
        assert_eq!(words("no such language", "fn main"), []);
        assert_eq!(words("text", "fn main"), []);
        assert_eq!(words("js", &"let x = 1; ".repeat(500)), []);
    }
}
