//! Marks within lines: emphasis that CommonMark does not have, emoji by name, icons, and pictures that are
//! there twice.

use std::ops::Range;

use super::code::rest_of_line;
use super::{Context, Edits};
use crate::config::Generator;
use crate::edit::{Edit, Part};

/// Rewrites them.
pub(super) fn pass(context: &Context<'_>, edits: &mut Edits) {
    use Generator::{Eleventy, Hexo, Hugo, Jekyll, MkDocs, Obsidian, Unknown, Zola};
    let generator = context.generator();
    if matches!(generator, MkDocs | Obsidian | Unknown) {
        pairs(context, "==", "mark", edits);
    }
    if generator == MkDocs {
        keys(context, edits);
        pairs(context, "^^", "ins", edits);
        critic(context, edits);
    }
    if matches!(generator, Eleventy | Hexo | Hugo | Jekyll | MkDocs | Unknown | Zola) {
        names(context, edits);
    }
    twins(context, edits);
    if generator == Generator::Pelican {
        files(context, edits);
    }
}

/// Words between two marks of one kind.
fn pairs(context: &Context<'_>, mark: &str, element: &str, edits: &mut Edits) {
    let text = context.text;
    let first = &mark[..1];
    let mut end = 0;
    for (at, _) in text.match_indices(mark) {
        let inside = &text[at + mark.len()..];
        let before = text[..at].chars().next_back();
        if at < end
            || before
                .is_some_and(|c| c.is_alphanumeric() || c == '\\' || first.contains(c))
            || inside.starts_with([' ', '\n', '=', '^', '>'])
            || context.code.holds(at)
        {
            continue;
        }
        let line = rest_of_line(text, at + mark.len());
        let Some(length) = line.find(mark) else { continue };
        let after = line[length + mark.len()..].chars().next();
        let ends = after.is_none_or(|c| !c.is_alphanumeric() && !first.contains(c));
        if !ends || line[..length].ends_with([' ', '!', '<']) {
            continue;
        }
        let body = at + mark.len()..at + mark.len() + length;
        end = body.end + mark.len();
        edits.edits.push(wrapped(element, at..end, body));
    }
}

fn wrapped(element: &str, range: Range<usize>, body: Range<usize>) -> Edit {
    let parts = vec![
        Part::New(format!("<{element}>")),
        Part::Copy(body),
        Part::New(format!("</{element}>")),
    ];
    Edit { range, parts }
}

/// `++ctrl+alt+del++`.
fn keys(context: &Context<'_>, edits: &mut Edits) {
    let text = context.text;
    let mut end = 0;
    for (at, _) in text.match_indices("++") {
        if at < end || context.code.holds(at) || text[..at].ends_with(['+', '{']) {
            continue;
        }
        let line = rest_of_line(text, at + 2);
        let Some(length) = line.find("++") else { continue };
        let is_key = |key: &str| {
            let quoted = key.len() > 2 && key.starts_with('"') && key.ends_with('"');
            let named = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_');
            quoted || !key.is_empty() && key.chars().all(named)
        };
        let keys: Vec<&str> = line[..length].split('+').collect();
        if !keys.iter().all(|key| is_key(key)) {
            continue;
        }
        let named = keys.iter().map(|key| format!("<kbd>{}</kbd>", key_name(key)));
        end = at + 2 + length + 2;
        let words = named.collect::<Vec<_>>().join("+");
        edits.edits.push(Edit::replace(at..end, words));
    }
}

fn key_name(key: &str) -> String {
    let key = key.trim_matches('"');
    match key {
        "cmd" | "command" => "Cmd".to_owned(),
        "ctrl" | "control" => "Ctrl".to_owned(),
        "del" | "delete" => "Del".to_owned(),
        "esc" | "escape" => "Esc".to_owned(),
        key => {
            let words = key.split('-').map(|word| {
                let mut letters = word.chars();
                let first = letters.next().into_iter().flat_map(char::to_uppercase);
                first.chain(letters).collect::<String>()
            });
            words.collect::<Vec<_>>().join(" ")
        }
    }
}

/// `CriticMarkup`: `{++in++}`, `{--out--}`, `{~~old~>new~~}`, `{==marked==}`, `{>>remark<<}`.
fn critic(context: &Context<'_>, edits: &mut Edits) {
    const KINDS: [(&str, &str, &str); 5] = [
        ("{++", "++}", "ins"),
        ("{--", "--}", "del"),
        ("{~~", "~~}", ""),
        ("{==", "==}", "mark"),
        ("{>>", "<<}", "-"),
    ];
    let text = context.text;
    for (open, close, element) in KINDS {
        let mut at = 0;
        while let Some(next) = text[at..].find(open) {
            let start = at + next;
            at = start + open.len();
            let Some(length) = text[at..].find(close) else { break };
            if context.code.holds(start) {
                continue;
            }
            let body = at..at + length;
            let range = start..body.end + close.len();
            at = range.end;
            let edit = match element {
                "-" => Edit::replace(range, ""),
                "" => {
                    let words = &text[body.clone()];
                    let (old, new) = words.split_once("~>").unwrap_or((words, ""));
                    Edit::replace(range, format!("<del>{old}</del><ins>{new}</ins>"))
                }
                element => wrapped(element, range, body),
            };
            edits.edits.push(edit);
        }
    }
}

/// `:smile:` becomes its character; an icon, `:material-check:`, is for a screen.
fn names(context: &Context<'_>, edits: &mut Edits) {
    let text = context.text;
    let mut end = 0;
    for (at, _) in text.match_indices(':') {
        if at < end || text[..at].ends_with(|c: char| c.is_alphanumeric() || c == ':') {
            continue;
        }
        let rest = &text.as_bytes()[at + 1..];
        let is_name = |b: &&u8| b.is_ascii_alphanumeric() || b"_-+".contains(b);
        let length = rest.iter().take(60).take_while(is_name).count();
        if length < 2 || rest.get(length) != Some(&b':') || context.code.holds(at) {
            continue;
        }
        let name = &text[at + 1..at + 1 + length];
        let icon = ["material-", "fontawesome-", "octicons-", "simple-"]
            .iter()
            .any(|set| name.starts_with(set));
        let words = if icon && context.generator() == Generator::MkDocs {
            ""
        } else {
            match emojis::get_by_shortcode(name) {
                Some(emoji) => emoji.as_str(),
                None => continue,
            }
        };
        end = at + 1 + length + 1;
        edits.edits.push(Edit::replace(at..end, words));
    }
}

/// A picture for a dark screen, beside the one for a light screen.
fn twins(context: &Context<'_>, edits: &mut Edits) {
    const DARK: [&str; 2] = ["#only-dark", "#gh-dark-mode-only"];
    const LIGHT: [&str; 2] = ["#only-light", "#gh-light-mode-only"];
    let text = context.text;
    if !text.contains("#only-") && !text.contains("#gh-") {
        return;
    }
    for (at, _) in text.match_indices("![") {
        if context.code.holds(at) {
            continue;
        }
        let line = rest_of_line(text, at);
        let Some(open) = line.find("](") else { continue };
        let Some(close) = line[open..].find(')').map(|close| open + close) else {
            continue;
        };
        let address = line[open + 2..close].trim();
        if DARK.iter().any(|mark| address.ends_with(mark)) {
            edits.edits.push(Edit::replace(at..at + close + 1, ""));
        } else if let Some(mark) = LIGHT.iter().find(|mark| address.ends_with(*mark)) {
            let end = at + open + 2 + line[open + 2..close].trim_end().len();
            edits.edits.push(Edit::replace(end - mark.len()..end, ""));
        }
    }
}

/// Pelican's `{filename}other.md` is another post, `{tag}name` the page of a tag.
fn files(context: &Context<'_>, edits: &mut Edits) {
    let scheme = crate::document::POST_SCHEME;
    let marks = [
        ("filename", scheme),
        ("static", ""),
        ("attach", ""),
        ("index", "/"),
        ("tag", "/tag/"),
        ("category", "/category/"),
        ("author", "/author/"),
    ];
    let text = context.text;
    for (name, words) in marks {
        for mark in [format!("{{{name}}}"), format!("|{name}|")] {
            for (at, _) in text.match_indices(&mark) {
                let is_address = text[..at].ends_with(['(', '"', '\'', '<', ' ']);
                if context.code.holds(at) || !is_address {
                    continue;
                }
                let end = at + mark.len();
                edits.edits.push(Edit::replace(at..end, words));
                if words.len() > 1 && words != scheme {
                    let rest = rest_of_line(text, end);
                    let length = rest.find([')', '"', '\'', '>', ' ']);
                    let end = end + length.unwrap_or(rest.len());
                    edits.edits.push(Edit::insert(end, ".html"));
                }
            }
        }
    }
}
