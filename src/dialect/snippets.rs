//! Python-Markdown's snippets, `--8<-- "file"`: the file stands where its name did, in code too.

use super::{Context, Edits, Found};
use crate::config::Generator;
use crate::diag::Code;
use crate::edit::Edit;
use crate::site::{part, snippets};

/// How deep files stand in one another.
const MAX_DEPTH: usize = 8;

/// The most that all files make of one post, in bytes.
const MAX_MADE_BYTES: usize = 4 << 20;

/// Puts the files in.
pub(super) fn pass(context: &Context<'_>, edits: &mut Edits) {
    let reads = matches!(
        context.generator(),
        Generator::MkDocs | Generator::Pelican | Generator::Unknown
    );
    if !reads || !context.text.contains("8<-") {
        return;
    }
    let mut budget = MAX_MADE_BYTES;
    for snippet in snippets(context.text) {
        let mut missing = Vec::new();
        let mut made = String::new();
        for file in &snippet.files {
            let words = read(context, file.path, file.part, 0, &mut budget);
            match words {
                Some(words) => made.push_str(&indented(&words, snippet.indent)),
                None => missing.push(file.path),
            }
            made.push('\n');
        }
        for path in missing {
            edits.found.push(Found {
                code: Code::TemplateSyntax,
                range: snippet.range.clone(),
                message: format!("the snippet `{path}` cannot be read"),
                hint: "nothing stands in its place; put the file into the blog's folder",
            });
        }
        edits.edits.push(Edit::replace(snippet.range.clone(), made.trim_end()));
    }
}

/// What a file has, its own snippets put in.
fn read(
    context: &Context<'_>,
    path: &str,
    wanted: &str,
    depth: usize,
    budget: &mut usize,
) -> Option<String> {
    let file = context.post.origin.included.get(path)?;
    let text = part(file, wanted)?;
    *budget = budget.checked_sub(text.len())?;
    let mut made = String::new();
    let mut at = 0;
    for snippet in snippets(&text) {
        made.push_str(&text[at..snippet.range.start]);
        at = snippet.range.end;
        for file in &snippet.files {
            if depth >= MAX_DEPTH {
                return None;
            }
            let words = read(context, file.path, file.part, depth + 1, budget)?;
            made.push_str(&indented(&words, snippet.indent));
            made.push('\n');
        }
    }
    made.push_str(&text[at..]);
    Some(made)
}

fn indented(words: &str, indent: &str) -> String {
    let lines = words.lines().map(|line| match line.trim().is_empty() {
        true => String::new(),
        false => format!("{indent}{line}"),
    });
    lines.collect::<Vec<_>>().join("\n")
}
