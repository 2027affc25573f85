//! Files of the blog that the text of a post asks for: snippets of Python-Markdown
//! (`--8<-- "file"`) and Jekyll's `{% include_relative file %}`.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use super::Site;
use super::files::text;
use crate::config::Generator;
use crate::config::value::Value;
use crate::world::{World, normalize};

/// The most files that one post may ask for, those included that its files ask for.
const MAX_FILES: usize = 100;

/// The line with which Jekyll's call begins.
const RELATIVE: &str = "include_relative";

/// A line of a text that stands for a file, or for nothing.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Snippet<'t> {
    /// All of it, without the end of the last line.
    pub(crate) range: Range<usize>,
    /// What the lines of the files are indented by.
    pub(crate) indent: &'t str,
    /// The files.
    pub(crate) files: Vec<SnippetFile<'t>>,
}

/// A file, or a part of one.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct SnippetFile<'t> {
    /// Its path, as it is written.
    pub(crate) path: &'t str,
    /// A section's name, or the lines of it: `4:6`; empty if it is the whole file.
    pub(crate) part: &'t str,
}

/// The snippets of a text (PyMdown Extensions, "Snippets").
pub(crate) fn snippets(body: &str) -> Vec<Snippet<'_>> {
    let mut found = Vec::new();
    let mut open: Option<Snippet<'_>> = None;
    let mut at = 0;
    for line in body.split_inclusive('\n') {
        let start = at;
        at += line.len();
        let words = line.trim_start_matches([' ', '\t']).trim_end();
        let end = start + line.trim_end().len();
        let rest = mark(words);
        match (&mut open, rest) {
            (Some(snippet), Some("")) => {
                snippet.range.end = end;
                found.extend(open.take());
            }
            (Some(snippet), _) if !words.is_empty() && !words.starts_with(';') => {
                snippet.files.push(file(words));
            }
            (Some(_), _) => {}
            (None, Some(rest)) => {
                let indent =
                    &line[..line.len() - line.trim_start_matches([' ', '\t']).len()];
                let mut snippet =
                    Snippet { range: start..end, indent, files: Vec::new() };
                if rest.is_empty() {
                    open = Some(snippet);
                } else if let Some(path) = quoted(rest) {
                    snippet.files.push(file(path));
                    found.push(snippet);
                }
            }
            (None, None) => {}
        }
    }
    found
}

/// What follows the mark of a snippet on its line: `--8<--`, with one dash or more.
fn mark(line: &str) -> Option<&str> {
    let rest = line.strip_prefix('-')?.trim_start_matches('-').strip_prefix("8<-")?;
    Some(rest.trim_start_matches('-').trim())
}

fn quoted(text: &str) -> Option<&str> {
    let quote = text.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    text[1..].strip_suffix(quote).filter(|path| !path.is_empty())
}

/// A path, and behind a colon what part of the file is meant.
fn file(words: &str) -> SnippetFile<'_> {
    let is_address = words.contains("://");
    match words.split_once(':').filter(|_| !is_address) {
        Some((path, part)) => SnippetFile { path: path.trim(), part: part.trim() },
        None => SnippetFile { path: words, part: "" },
    }
}

/// What a part of a file has, without the lines that mark its sections.
pub(crate) fn part(text: &str, part: &str) -> Option<String> {
    let lines: Vec<&str> = text.lines().collect();
    let range = if part.is_empty() {
        0..lines.len()
    } else if part.bytes().all(|byte| byte.is_ascii_digit() || b":,-".contains(&byte)) {
        let (first, last) = part.split_once(':').unwrap_or((part, ""));
        let last = last.split([',', ':']).next().unwrap_or_default();
        let first = first.parse::<usize>().unwrap_or(1).max(1) - 1;
        let last = last.parse::<usize>().unwrap_or(lines.len()).min(lines.len());
        first..last.max(first)
    } else {
        let place = |word: &str| {
            lines.iter().position(|line| section(line) == Some((word, part)))
        };
        place("start")? + 1..place("end").unwrap_or(lines.len())
    };
    let lines = lines.get(range)?.iter().filter(|line| section(line).is_none());
    Some(lines.copied().collect::<Vec<_>>().join("\n"))
}

/// The name of the section that a line begins or ends: `<!-- --8<-- [start:name] -->`.
fn section(line: &str) -> Option<(&str, &str)> {
    let (_, rest) = line.split_once("8<-")?;
    let inside = rest.trim_start_matches('-').trim_start().strip_prefix('[')?;
    let (word, name) = inside.split_once(']')?.0.split_once(':')?;
    matches!(word, "start" | "end").then(|| (word, name.trim()))
}

/// The paths that a text's calls of `include_relative` give.
fn relatives(body: &str) -> impl Iterator<Item = &str> {
    body.match_indices(RELATIVE).filter_map(|(at, _)| {
        let is_call = body[..at].trim_end_matches([' ', '-', '\n']).ends_with("{%");
        let rest = body[at + RELATIVE.len()..].trim_start();
        let path = rest.split([' ', '\n', '%']).next()?.trim_matches(['"', '\'']);
        (is_call && !path.is_empty()).then_some(path)
    })
}

impl Site {
    /// The files that the text of a post asks for, by the paths that it gives them.
    pub(crate) fn included(
        &self,
        body: &str,
        post: &str,
        world: &dyn World,
    ) -> BTreeMap<String, Arc<str>> {
        use Generator::{Jekyll, MkDocs, Pelican, Unknown};
        let has_snippets = matches!(self.generator, MkDocs | Pelican | Unknown);
        let has_relatives = matches!(self.generator, Jekyll | Unknown);
        let wanted = has_snippets && body.contains("8<-")
            || has_relatives && body.contains(RELATIVE);
        if !wanted {
            return BTreeMap::new();
        }
        let beside = post.rsplit_once('/').map_or("", |(folder, _)| folder);
        let (snippets_from, relatives_from) =
            (self.folders_of_snippets(), vec![beside.to_owned()]);
        let mut found: BTreeMap<String, Arc<str>> = BTreeMap::new();
        let mut texts: Vec<Arc<str>> = vec![body.into()];
        while let Some(body) = texts.pop() {
            let snippets = snippets(&body);
            let paths = snippets.iter().flat_map(|it| &it.files).map(|it| it.path);
            let paths = paths.filter(|_| has_snippets).map(|path| (path, &snippets_from));
            let relatives = relatives(&body).filter(|_| has_relatives);
            let relatives = relatives.map(|path| (path, &relatives_from));
            for (path, folders) in paths.chain(relatives) {
                if found.contains_key(path) || found.len() >= MAX_FILES {
                    continue;
                }
                let text = folders.iter().find_map(|it| self.read(it, path, world));
                let Some(text) = text else { continue };
                let text: Arc<str> = text.into();
                texts.push(text.clone());
                found.insert(path.to_owned(), text);
            }
        }
        found
    }

    /// The folders in which snippets are looked for.
    fn folders_of_snippets(&self) -> Vec<String> {
        let extensions = self.values.get("markdown_extensions");
        let extensions = extensions.map(Value::items).unwrap_or_default();
        let own = extensions.iter().find_map(|it| it.get("pymdownx.snippets"));
        let own = own.and_then(|it| it.get("base_path")).map(Value::items);
        let own = own.unwrap_or_default().iter().filter_map(Value::text);
        let docs = self.text("docs_dir").unwrap_or("docs");
        own.chain(["", docs, "content"]).map(|folder| self.path(folder)).collect()
    }

    /// A file below a folder: one outside of the blog and of the book is not read.
    fn read(&self, folder: &str, path: &str, world: &dyn World) -> Option<String> {
        if path.starts_with('/') || path.contains("://") {
            return None;
        }
        let path = normalize(&format!("{folder}/{path}"));
        let path = path.trim_start_matches('/');
        let inside = !path.starts_with("..")
            || !self.root.is_empty() && path.starts_with(&format!("{}/", self.root));
        let bytes = inside.then(|| world.read(path).ok()).flatten()?;
        text(&bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn snippets_in_each_of_their_forms() {
        let text = "a\n--8<-- \"b.md\"\n  -8<- 'c.md:part'\n--8<--\nd.md\n; e.md\n\nf.md:2:3\n--8<--\n";
        let found = snippets(text);
        let files = |at: usize| -> Vec<(&str, &str)> {
            found[at].files.iter().map(|file| (file.path, file.part)).collect()
        };
        assert_eq!(found.len(), 3);
        assert_eq!(files(0), [("b.md", "")]);
        assert_eq!((files(1), found[1].indent), (vec![("c.md", "part")], "  "));
        assert_eq!(files(2), [("d.md", ""), ("f.md", "2:3")]);
        assert_eq!(snippets(";--8<-- \"b.md\"\n--8<-- b.md\n"), []);
    }

    #[test]
    fn a_part_of_a_file_by_its_name_and_by_its_lines() {
        let text = "one\n<!-- --8<-- [start:a] -->\ntwo\n<!-- --8<-- [end:a] -->\nthree";
        assert_eq!(part(text, "").as_deref(), Some("one\ntwo\nthree"));
        assert_eq!(part(text, "a").as_deref(), Some("two"));
        assert_eq!(part(text, "5:").as_deref(), Some("three"));
        assert_eq!(part(text, "b"), None);
    }
}
