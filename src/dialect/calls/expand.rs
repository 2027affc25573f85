//! The blog's own shortcodes and includes: what their templates make of a call.

use super::super::call::{Argument, Call};
use super::super::hugo;
use super::super::liquid::{self, Scope};
use super::super::scan::Mark;
use super::{Tags, render};
use crate::config::Generator;
use crate::config::value::{Entry, Kind, Value};
use crate::edit::Part;
use crate::source::Span;

/// Stands in what a template makes for what its call wraps: a character that nobody writes.
const BODY: &str = "\u{10fffd}body\u{10fffd}";

impl Tags<'_, '_> {
    /// What the blog's own template makes of a call; none if it has none, or that does more than
    /// can be understood.
    pub(super) fn expanded(
        &self,
        call: &Call<'_>,
        scope: &mut Scope<'_>,
    ) -> Option<Vec<Part>> {
        let post = self.context.post;
        let site = &post.origin.site;
        let names = ["html", "md", "liquid", "njk", "markdown"];
        let names = names.map(|extension| format!("{}.{extension}", call.name));
        let is_include = call.mark == Mark::Tag && call.open.start != call.range.end;
        let found = site.templates.iter().find(|(path, _)| {
            let file = path.rsplit('/').next().unwrap_or(path);
            names.iter().any(|name| name == path.as_str() || is_include && name == file)
        });
        let template = found?.1;
        let body = call.body.as_ref();
        let made = match call.mark {
            Mark::Angle | Mark::Percent => {
                let made =
                    hugo::expand(template, &call.arguments.0, body.map(|_| BODY), post)?;
                scope.budget = scope.budget.checked_sub(made.len())?;
                made
            }
            _ => {
                let mut inner = scope.within(self.locals(call));
                let made = render(self.context, template, &mut inner);
                scope.budget = inner.budget;
                made?
            }
        };
        if body.is_some() && !made.contains(BODY) {
            // A template that leaves out what it wraps is not what was understood.
            return None;
        }
        Some(self.output(call).expanded(&without_blank_lines(&made), BODY, body))
    }

    /// What the file is whose path Jekyll's `include_relative` gives.
    pub(super) fn included(
        &self,
        call: &Call<'_>,
        scope: &mut Scope<'_>,
    ) -> Option<Vec<Part>> {
        let written = call.written.trim();
        let path = written.split_whitespace().next()?.trim_matches(['"', '\'']);
        let file = self.context.post.origin.included.get(path)?;
        let mut inner = scope.within(self.locals(call));
        let made = render(self.context, file, &mut inner);
        scope.budget = inner.budget;
        let mut output = self.output(call);
        output.add(made?.trim_end());
        Some(if output.is_block() { output.block() } else { output.inline() })
    }

    /// The names that a template is given.
    fn locals(&self, call: &Call<'_>) -> Vec<(String, Value)> {
        let named =
            |it: &Argument| Some((it.name.clone()?, liquid::text(it.value.as_str())));
        let mut locals: Vec<(String, Value)> =
            call.arguments.0.iter().filter_map(named).collect();
        if self.context.generator() != Generator::Zola {
            let entry = |(key, value): &(String, Value)| Entry {
                key: key.clone(),
                span: Span::DETACHED,
                value: value.clone(),
            };
            let entries = locals.iter().map(entry).collect();
            let include = Value { span: Span::DETACHED, kind: Kind::Map(entries) };
            locals.push(("include".to_owned(), include));
        }
        if call.body.is_some() {
            locals.push(("body".to_owned(), liquid::text(BODY)));
        }
        locals
    }
}

/// A blank line would end a block of HTML.
fn without_blank_lines(made: &str) -> String {
    if !made.trim_start().starts_with('<') {
        return made.to_owned();
    }
    let lines = made.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.collect::<Vec<_>>().join("\n")
}
