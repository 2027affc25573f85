//! Hugo's templates, as far as a shortcode needs them: arguments, variables, conditions.

use std::collections::BTreeMap;

use super::call::Argument;
use crate::config::value::Value;
use crate::manuscript::Post;

/// What a shortcode's template makes of its arguments; none if it does what is not understood.
pub(super) fn expand(
    template: &str,
    arguments: &[Argument],
    body: Option<&str>,
    post: &Post,
) -> Option<String> {
    let template = without_comments(template);
    let nodes = Parser { rest: &template, depth: 0 }.nodes()?.0;
    let mut template = Template {
        arguments,
        body: body.unwrap_or_default(),
        post,
        variables: BTreeMap::new(),
        dot: None,
        made: String::new(),
    };
    template.write(&nodes)?;
    Some(template.made)
}

/// A part of a template.
#[derive(Debug)]
enum Node<'t> {
    Text(&'t str),
    /// `{{ … }}`.
    Action(&'t str),
    /// `{{ if … }}` and `{{ with … }}`: the branches, each with its condition.
    Branches(Vec<(Branch<'t>, Vec<Node<'t>>)>),
}

#[derive(Debug, Clone, Copy)]
enum Branch<'t> {
    If(&'t str),
    With(&'t str),
    Else,
}

/// No expression that anybody writes is longer, in bytes.
const MAX_EXPRESSION_BYTES: usize = 1_000;

/// How deep conditions stand in conditions.
const MAX_DEPTH: usize = 32;

struct Parser<'t> {
    rest: &'t str,
    depth: usize,
}

impl<'t> Parser<'t> {
    /// The nodes up to an action that ends them, and that action.
    fn nodes(&mut self) -> Option<(Vec<Node<'t>>, &'t str)> {
        let mut nodes = Vec::new();
        loop {
            let Some((before, after)) = self.rest.split_once("{{") else {
                nodes.push(Node::Text(self.rest));
                self.rest = "";
                return Some((nodes, ""));
            };
            let trims = after.starts_with("- ");
            nodes.push(Node::Text(if trims { before.trim_end() } else { before }));
            let end = action_end(after)?;
            let action = &after[..end];
            self.rest = &after[end + 2..];
            if action.ends_with('-') {
                self.rest = self.rest.trim_start();
            }
            let action = action.trim_start_matches('-').trim_end_matches('-').trim();
            let word = action.split_whitespace().next().unwrap_or_default();
            match word {
                "if" | "with" => {
                    nodes.push(self.branches(action)?);
                }
                "else" | "end" => return Some((nodes, action)),
                // What goes over lists, or defines templates, is not understood.
                "range" | "define" | "block" | "template" => return None,
                _ => nodes.push(Node::Action(action)),
            }
        }
    }

    fn branches(&mut self, action: &'t str) -> Option<Node<'t>> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return None;
        }
        let mut branches = Vec::new();
        let mut branch = branch(action)?;
        loop {
            let (nodes, end) = self.nodes()?;
            branches.push((branch, nodes));
            match end.strip_prefix("else") {
                Some("") => branch = Branch::Else,
                Some(rest) => branch = self::branch(rest.trim())?,
                None if end == "end" => break,
                None => return None,
            }
        }
        self.depth -= 1;
        Some(Node::Branches(branches))
    }
}

/// Where an action ends: quoted words may hold its mark.
fn action_end(text: &str) -> Option<usize> {
    let mut quote = None;
    for (at, c) in text.char_indices() {
        match (quote, c) {
            (None, '"' | '`') => quote = Some(c),
            (Some(open), c) if open == c => quote = None,
            (None, '}') if text[at..].starts_with("}}") => return Some(at),
            _ => {}
        }
    }
    None
}

fn branch(action: &str) -> Option<Branch<'_>> {
    let (word, rest) = action.split_once(char::is_whitespace)?;
    match word {
        "if" => Some(Branch::If(rest.trim())),
        "with" => Some(Branch::With(rest.trim())),
        _ => None,
    }
}

fn without_comments(template: &str) -> String {
    let mut plain = String::with_capacity(template.len());
    let mut rest = template;
    while let Some(at) = rest.find("{{/*").or_else(|| rest.find("{{- /*")) {
        let Some(end) = rest[at..].find("}}") else { break };
        plain.push_str(&rest[..at]);
        rest = &rest[at + end + 2..];
    }
    plain + rest
}

struct Template<'a> {
    arguments: &'a [Argument],
    body: &'a str,
    post: &'a Post,
    variables: BTreeMap<String, String>,
    /// What `.` means within `with`.
    dot: Option<String>,
    made: String,
}

impl Template<'_> {
    fn write(&mut self, nodes: &[Node<'_>]) -> Option<()> {
        for node in nodes {
            match node {
                Node::Text(text) => self.made.push_str(text),
                Node::Action(action) => self.action(action)?,
                Node::Branches(branches) => self.branches(branches)?,
            }
        }
        Some(())
    }

    fn branches(&mut self, branches: &[(Branch<'_>, Vec<Node<'_>>)]) -> Option<()> {
        for (branch, nodes) in branches {
            let (holds, dot) = match *branch {
                Branch::If(condition) => (self.holds(condition)?, None),
                Branch::With(expression) => {
                    let value = self.value(expression)?;
                    (!value.is_empty(), Some(value))
                }
                Branch::Else => (true, None),
            };
            if holds {
                let before = self.dot.clone();
                self.dot = dot.or(before.clone());
                let written = self.write(nodes);
                self.dot = before;
                return written;
            }
        }
        Some(())
    }

    fn action(&mut self, action: &str) -> Option<()> {
        for assign in [":=", " = "] {
            if let Some((name, value)) = action.split_once(assign)
                && name.trim().starts_with('$')
                && !name.contains('"')
            {
                let value = self.value(value.trim()).unwrap_or_default();
                self.variables.insert(name.trim().to_owned(), value);
                return Some(());
            }
        }
        let value = self.value(action)?;
        self.made.push_str(&value);
        Some(())
    }

    /// Whether a condition holds.
    fn holds(&self, condition: &str) -> Option<bool> {
        if condition.len() > MAX_EXPRESSION_BYTES {
            return None;
        }
        let terms = terms(condition);
        match terms.as_slice() {
            ["not", term] => Some(!self.holds(term)?),
            ["and", all @ ..] => {
                all.iter().try_fold(true, |holds, term| Some(holds & self.holds(term)?))
            }
            ["or", any @ ..] => {
                any.iter().try_fold(false, |holds, term| Some(holds | self.holds(term)?))
            }
            ["eq", one, others @ ..] => {
                let one = self.value(one)?;
                let mut others = others.iter().map(|other| self.value(other));
                Some(others.any(|other| other.as_deref() == Some(&one)))
            }
            ["ne", one, other] => Some(self.value(one)? != self.value(other)?),
            ["isset", ".Params", name] => {
                Some(self.argument(name.trim_matches(['"', '`'])).is_some())
            }
            [term] => {
                let inner = term.strip_prefix('(').and_then(|it| it.strip_suffix(')'));
                match inner {
                    Some(inner) => self.holds(inner),
                    None => {
                        let value = self.value(term)?;
                        Some(!matches!(value.as_str(), "" | "false" | "0"))
                    }
                }
            }
            _ => {
                let value = self.value(condition)?;
                Some(!matches!(value.as_str(), "" | "false" | "0"))
            }
        }
    }

    /// The value of an expression with its pipes.
    fn value(&self, expression: &str) -> Option<String> {
        if expression.len() > MAX_EXPRESSION_BYTES {
            return None;
        }
        let mut stages = pipes(expression).into_iter();
        let first = self.call(stages.next()?.trim(), None)?;
        stages.try_fold(first, |value, stage| self.call(stage.trim(), Some(value)))
    }

    /// The value of one function or name; `piped` is its last argument.
    fn call(&self, expression: &str, piped: Option<String>) -> Option<String> {
        let terms = terms(expression);
        let (name, rest) = terms.split_first()?;
        let argument = |at: usize| match rest.get(at) {
            Some(term) => self.value(term),
            None => piped.clone().filter(|_| at == rest.len()),
        };
        match *name {
            "default" => {
                let value = argument(1).unwrap_or_default();
                if value.is_empty() { argument(0) } else { Some(value) }
            }
            // What a page does with a text changes none of its words.
            "markdownify"
            | "safeHTML"
            | "safeURL"
            | "safeCSS"
            | "safeHTMLAttr"
            | "htmlEscape"
            | "plainify"
            | "emojify"
            | "string"
            | "trim"
            | "strings.TrimSpace"
            | "htmlUnescape"
            | "transform.Markdownify"
            | "$.Page.RenderString"
            | ".Page.RenderString"
            | "relURL"
            | "absURL"
            | "relLangURL"
            | "absLangURL"
            | "strings.Trim"
            | "html"
            | "urlize"
            | "anchorize"
            | "chomp"
            | "int"
            | "printf \"%s\"" => argument(0),
            "lower" | "strings.ToLower" => argument(0).map(|it| it.to_lowercase()),
            "upper" | "strings.ToUpper" => argument(0).map(|it| it.to_uppercase()),
            "title" | "humanize" => argument(0),
            "cond" => {
                let holds = self.holds(rest.first()?)?;
                argument(if holds { 1 } else { 2 })
            }
            "print" | "printf" => {
                let format = argument(0)?;
                let mut made = String::new();
                let mut parts = format.split('%');
                made.push_str(parts.next().unwrap_or_default());
                for (next, part) in (1..).zip(parts) {
                    made.push_str(&argument(next)?);
                    made.push_str(part.get(1..).unwrap_or_default());
                }
                Some(made)
            }
            "add" | "concat" => Some(format!("{}{}", argument(0)?, argument(1)?)),
            ".Get" | "$.Get" | "index" => {
                let name = if *name == "index" { rest.get(1)? } else { rest.first()? };
                if *name == "index" && !rest.first()?.ends_with(".Params") {
                    return None;
                }
                let name = name.trim_matches(['"', '`']);
                Some(self.argument(name).unwrap_or_default().to_owned())
            }
            ".Inner" | "$.Inner" | ".InnerDeindent" => Some(self.body.to_owned()),
            ".IsNamedParams" => {
                Some(self.arguments.iter().any(|it| it.name.is_some()).to_string())
            }
            ".Ordinal" => Some("0".to_owned()),
            "true" | "false" => Some((*name).to_owned()),
            "." => self.dot.clone(),
            _ if !rest.is_empty() => None,
            _ => self.name(name),
        }
    }

    /// What a name alone means.
    fn name(&self, name: &str) -> Option<String> {
        for quote in ['"', '`'] {
            if let Some(text) =
                name.strip_prefix(quote).and_then(|it| it.strip_suffix(quote))
            {
                return Some(text.to_owned());
            }
        }
        if let Some(inner) = name.strip_prefix('(').and_then(|it| it.strip_suffix(')')) {
            return self.value(inner);
        }
        if name.parse::<f64>().is_ok() {
            return Some(name.to_owned());
        }
        if name.starts_with('$') && !name.contains('.') {
            return self.variables.get(name).cloned();
        }
        let path = name.trim_start_matches('$');
        let page = path.strip_prefix(".Page.").or_else(|| path.strip_prefix(".Params."));
        let header = &self.post.origin.header;
        match path {
            ".Page.Title" => Some(self.post.header.title.clone()),
            ".Site.Title" | "site.Title" | "hugo.Site.Title" => {
                self.post.origin.site.text("title").map(str::to_owned)
            }
            ".Site.BaseURL" | "site.BaseURL" | ".Page.RelPermalink" => {
                Some(String::new())
            }
            _ => {
                if let Some(key) = path.strip_prefix(".Params.") {
                    return Some(self.argument(key).unwrap_or_default().to_owned());
                }
                let site = [".Site.Params.", "site.Params."];
                if let Some(key) = site.iter().find_map(|it| path.strip_prefix(it)) {
                    let params = self.post.origin.site.values.get("params")?;
                    return params.get(key).and_then(Value::text).map(str::to_owned);
                }
                let key = page?.trim_start_matches("Params.");
                header.get(key).and_then(Value::text).map(str::to_owned)
            }
        }
    }

    fn argument(&self, name: &str) -> Option<&str> {
        if let Ok(place) = name.parse::<usize>() {
            let mut nameless = self.arguments.iter().filter(|it| it.name.is_none());
            return nameless.nth(place).map(|it| it.value.as_str());
        }
        let named = |it: &&Argument| {
            it.name.as_deref().is_some_and(|it| it.eq_ignore_ascii_case(name))
        };
        self.arguments.iter().find(named).map(|it| it.value.as_str())
    }
}

/// The stages of an expression: `.Get "a" | markdownify`.
fn pipes(expression: &str) -> Vec<&str> {
    divided(expression, |c| c == '|')
}

/// The words of an expression, brackets and quoted words whole.
fn terms(expression: &str) -> Vec<&str> {
    let words = divided(expression, char::is_whitespace);
    words.into_iter().filter(|word| !word.is_empty()).collect()
}

fn divided(text: &str, divides: impl Fn(char) -> bool) -> Vec<&str> {
    let mut parts = Vec::new();
    let (mut start, mut quote, mut depth) = (0, None, 0_usize);
    for (at, c) in text.char_indices() {
        match (quote, c) {
            (None, '"' | '`') => quote = Some(c),
            (Some(open), c) if open == c => quote = None,
            (None, '(') => depth += 1,
            (None, ')') => depth = depth.saturating_sub(1),
            (None, c) if depth == 0 && divides(c) => {
                parts.push(&text[start..at]);
                start = at + c.len_utf8();
            }
            _ => {}
        }
    }
    parts.push(&text[start..]);
    parts
}
