//! Calls found in a text, and what becomes of each.

mod apart;
mod control;
mod expand;
mod links;
mod listing;
mod media;
mod picture;
mod table;

use std::collections::BTreeMap;
use std::ops::Range;

use super::call::{Arguments, Call};
use super::code::{Code, rest_of_line, start_of_line};
use super::liquid::{self, Scope};
use super::output::{Output, html, kept};
use super::scan::{Escape, Mark, Token, pairs, scan};
use super::{Context, Edits, Found};
use crate::config::Generator;
use crate::diag;
use crate::edit::{Edit, Part, apply};

/// Rewrites the calls of a post.
pub(super) fn pass(context: &Context<'_>, edits: &mut Edits) {
    let mut scope = Scope::of(context.post);
    rewrite(context, &mut scope, edits);
}

/// How deep templates stand within templates.
const MAX_DEPTH: usize = 8;

/// What a template makes with what `scope` knows; none if it has calls that are not known.
fn render(
    context: &Context<'_>,
    template: &str,
    scope: &mut Scope<'_>,
) -> Option<String> {
    if scope.depth > MAX_DEPTH || template.len() > scope.budget {
        return None;
    }
    scope.budget -= template.len();
    let mut edits = Edits::default();
    let code = Code::default();
    let inner = Context { post: context.post, text: template, code: &code };
    rewrite(&inner, scope, &mut edits);
    let made = apply(template, edits.edits).text;
    edits.found.is_empty().then_some(made)
}

fn rewrite(context: &Context<'_>, scope: &mut Scope<'_>, edits: &mut Edits) {
    let generator = context.generator();
    let has_components = super::mdx::is_mdx(&context.post.path);
    let found = scan(context.text, context.code, generator, has_components);
    let mut tags = Tags {
        context,
        tokens: &found.tokens,
        ends: Vec::new(),
        dropped: BTreeMap::new(),
        hidden: Vec::new(),
    };
    tags.ends = pairs(&found.tokens, generator);
    for escape in &found.escapes {
        take_away(escape, context.text, edits);
    }
    let mut ended = vec![false; found.tokens.len()];
    for end in tags.ends.iter().flatten() {
        ended[*end] = true;
    }
    for (at, token) in found.tokens.iter().enumerate() {
        if tags.is_dropped(token.range.start) {
            continue;
        }
        if token.is_end {
            if !ended[at] && !token.in_code {
                tags.keep(token, edits);
            }
            continue;
        }
        let call = tags.call(at, scope);
        match tags.rewritten(at, &call, scope) {
            Some(parts) => {
                edits.edits.push(Edit { range: call.range.clone(), parts });
            }
            None if call.in_code || is_text(&call, generator) => {}
            None if call.mark == Mark::Component && call.body.is_some() => {
                edits.found.push(Found {
                    code: diag::Code::TemplateSyntax,
                    range: token.range.clone(),
                    message: format!("the component `<{}>` is not known", token.name),
                    hint: "what it wraps stays, without it",
                });
                for tag in [Some(at), tags.ends[at]].into_iter().flatten() {
                    let range = found.tokens[tag].range.clone();
                    edits.edits.push(Edit::replace(range, ""));
                }
            }
            None => {
                tags.keep(token, edits);
                if let Some(end) = tags.ends[at] {
                    edits.edits.push(kept_edit(context, &found.tokens[end].range));
                }
            }
        }
    }
    edits.hidden.append(&mut tags.hidden);
}

/// Whether what passes for a call is rather what its author wanted to be read: `{{x}}` where no
/// generator is known that would have read it.
fn is_text(call: &Call<'_>, generator: Generator) -> bool {
    let certain = ["page.", "site.", "post.", "include.", "config."];
    match call.mark {
        Mark::Output => {
            generator == Generator::Unknown
                && !certain.iter().any(|root| call.name.starts_with(root))
        }
        // `[gallery ids="1"]` names what is only in a database.
        Mark::Bracket => call.arguments.0.iter().all(|it| !it.quoted),
        _ => false,
    }
}

fn take_away(escape: &Escape, text: &str, edits: &mut Edits) {
    let mut delete = |range: &Range<usize>| {
        edits.edits.push(Edit::replace(range.clone(), ""));
    };
    match escape {
        Escape::Raw { open, close } => {
            // A line that is a tag and nothing else goes with its end.
            delete(&whole_line(text, open));
            delete(&whole_line(text, close));
        }
        Escape::Comment(range) => delete(range),
        Escape::Shown { open, close } => {
            delete(open);
            delete(close);
        }
    }
}

fn whole_line(text: &str, tag: &Range<usize>) -> Range<usize> {
    let before = start_of_line(text, tag.start);
    let after = rest_of_line(text, tag.end);
    match before.filter(|before| before.trim().is_empty() && after.trim().is_empty()) {
        Some(before) => {
            let end = tag.end + after.len();
            let end = end + usize::from(text[end..].starts_with('\n'));
            tag.start - before.len()..end
        }
        None => tag.clone(),
    }
}

fn kept_edit(context: &Context<'_>, range: &Range<usize>) -> Edit {
    let tag = &context.text[range.clone()];
    let kept =
        if context.is_html() { format!("<code>{}</code>", html(tag)) } else { kept(tag) };
    Edit::replace(range.clone(), kept)
}

/// The tags of a text.
struct Tags<'c, 't> {
    context: &'c Context<'t>,
    tokens: &'c [Token<'t>],
    /// For each that begins something, the one that ends it.
    ends: Vec<Option<usize>>,
    /// What is left out, by where it begins: tags in it are not looked at.
    dropped: BTreeMap<usize, usize>,
    /// What of that is not to be shown.
    hidden: Vec<Range<usize>>,
}

impl<'t> Tags<'_, 't> {
    fn drop(&mut self, range: Range<usize>) {
        if !range.is_empty() {
            self.dropped.insert(range.start, range.end);
        }
    }

    /// Leaves out what is not to be shown.
    fn hide(&mut self, range: Range<usize>) {
        self.hidden.push(range.clone());
        self.drop(range);
    }

    fn is_dropped(&self, place: usize) -> bool {
        let before = self.dropped.range(..=place).next_back();
        before.is_some_and(|(_, end)| *end > place)
    }

    /// Leaves a tag in the text, as code, and says so.
    fn keep(&self, token: &Token<'_>, edits: &mut Edits) {
        let text = self.context.text;
        let (open, close) = token.mark.around();
        let bare = matches!(token.mark, Mark::Bracket | Mark::Component);
        let space = if bare { "" } else { " " };
        let slash = match (token.is_end, token.mark) {
            (false, _) => "",
            (true, Mark::Tag) => "end",
            (true, _) => "/",
        };
        let words = match token.mark {
            Mark::Output if token.rest.starts_with('(') => token.name,
            Mark::Output => &text[token.range.clone()][2..token.range.len() - 2],
            _ => token.name,
        };
        let name = format!("{open}{space}{slash}{}{space}{close}", words.trim());
        match token.name {
            "include_relative" => edits.found.push(Found {
                code: diag::Code::TemplateSyntax,
                range: token.range.clone(),
                message: format!("the file of `{name}` cannot be put in"),
                hint: "it is not there, or has calls that are not known; the call stays as code",
            }),
            _ => edits.unknown(&name, token.range.clone()),
        }
        edits.edits.push(kept_edit(self.context, &token.range));
    }

    /// The call that a tag begins.
    fn call(&self, at: usize, scope: &Scope<'_>) -> Call<'t> {
        let token = &self.tokens[at];
        let end = self.ends[at].map(|end| &self.tokens[end].range);
        let body = end.map(|end| token.range.end..end.start);
        let (name, written) = match token.mark {
            Mark::Tag if matches!(token.name, "include" | "render" | "partial") => {
                included(token.rest)
            }
            _ => (token.name, token.rest),
        };
        let listed = written.strip_prefix('(').and_then(|it| it.strip_suffix(')'));
        let mut arguments = Arguments::read(listed.unwrap_or(written));
        if matches!(token.mark, Mark::Tag | Mark::Output) {
            for argument in arguments.0.iter_mut().filter(|it| !it.quoted) {
                if let Some(value) = liquid::output(&argument.value, scope) {
                    argument.value = value;
                }
            }
        }
        if token.mark != Mark::Bracket {
            for argument in arguments.0.iter_mut().filter(|it| it.value.contains("{{")) {
                argument.value = interpolated(&argument.value, scope);
            }
        }
        Call {
            mark: token.mark,
            name,
            written,
            arguments,
            range: token.range.start..end.map_or(token.range.end, |end| end.end),
            open: token.range.clone(),
            body,
            in_code: token.in_code,
            in_html: self.context.is_html(),
        }
    }

    /// What a call becomes; none if it is not known.
    fn rewritten(
        &mut self,
        at: usize,
        call: &Call<'t>,
        scope: &mut Scope<'_>,
    ) -> Option<Vec<Part>> {
        let generator = self.context.generator();
        if call.in_code {
            // In code a value is one too; a call is rather shown.
            let reads = matches!(generator, Generator::Jekyll | Generator::Eleventy);
            let words = (call.mark == Mark::Output && reads)
                .then(|| self.value(call, scope))
                .flatten()?;
            return Some(vec![Part::New(words)]);
        }
        match call.mark {
            Mark::Output => {
                if let Some(words) = self.value(call, scope) {
                    // What is not there leaves no empty code.
                    return Some(vec![Part::New(words)]);
                }
            }
            Mark::Tag => {
                if let Some(parts) = self.control(at, call, scope) {
                    return Some(parts);
                }
            }
            Mark::Bracket => return super::wordpress::rewritten(self.context.text, call),
            Mark::Angle if generator == Generator::Quarto => {
                if let Some(parts) = super::pandoc::shortcode(self.context, call) {
                    return Some(parts);
                }
            }
            Mark::Angle | Mark::Percent | Mark::Component => {}
        }
        if let Some(parts) = links::rewritten(self.context, call) {
            return Some(parts);
        }
        // What moves on a screen is known better than any template tells.
        if let Some(parts) = media::rewritten(self.context.text, call) {
            return Some(parts);
        }
        if call.name == "include_relative" {
            return self.included(call, scope);
        }
        if let Some(parts) = self.expanded(call, scope) {
            return Some(parts);
        }
        table::rewritten(self.context.text, call)
    }

    /// What `{{ … }}` prints.
    fn value(&self, call: &Call<'_>, scope: &Scope<'_>) -> Option<String> {
        let tag = &self.context.text[call.open.clone()];
        let inside = tag.get(2..tag.len() - 2)?;
        let trimmed = |c: char| matches!(c, '-' | '~');
        let inside = inside.strip_prefix(trimmed).unwrap_or(inside);
        let expression = inside.trim_end_matches(trimmed).trim();
        // In a template what was not given prints nothing.
        let is_path = |c: char| c.is_alphanumeric() || matches!(c, '_' | '.');
        let words = match liquid::output(expression, scope) {
            None if scope.depth > 0 && expression.chars().all(is_path) => String::new(),
            words => words?,
        };
        // The address of the blog before a path on it is not needed to find that.
        let after = &self.context.text[call.range.end..];
        let is_address = matches!(call.name, "site.url" | "config.base_url");
        let before_path = after.starts_with(['/', '{']);
        Some(if is_address && before_path { String::new() } else { words })
    }

    fn output(&self, call: &Call<'_>) -> Output<'t> {
        Output::at(self.context.text, &call.range, self.context.is_html())
    }
}

/// The name of what is included, without folders and extension, and its arguments.
fn included(rest: &str) -> (&str, &str) {
    let rest = rest.trim();
    let end = rest.find([' ', ',', '\n']).unwrap_or(rest.len());
    let (file, arguments) = rest.split_at(end);
    let file = file.trim_matches(['"', '\'']);
    let name = file.rsplit('/').next().unwrap_or(file);
    (name.split('.').next().unwrap_or(name), arguments)
}

/// A value of an argument in which `{{ … }}` stand.
fn interpolated(value: &str, scope: &Scope<'_>) -> String {
    let mut whole = String::new();
    let mut rest = value;
    while let Some((before, after)) = rest.split_once("{{") {
        whole.push_str(before);
        let Some((inside, after)) = after.split_once("}}") else {
            return value.to_owned();
        };
        let Some(words) = liquid::output(inside.trim(), scope) else {
            return value.to_owned();
        };
        let is_address = inside.trim() == "site.url" && after.starts_with(['/', '{']);
        if !is_address {
            whole.push_str(&words);
        }
        rest = after;
    }
    whole + rest
}
