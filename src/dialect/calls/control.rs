//! Tags that say what of a text is there: conditions, loops, variables, and blocks that only wrap.

use std::ops::Range;

use super::super::call::Call;
use super::super::liquid::{self, Scope, condition};
use super::super::scan::Mark;
use super::{Tags, render};
use crate::config::value::{Kind, Value};
use crate::edit::Part;

/// The most items of a list that a loop goes through.
const MAX_ITEMS: usize = 1_000;

impl<'t> Tags<'_, 't> {
    /// What a tag that controls becomes; none if it is another.
    pub(super) fn control(
        &mut self,
        at: usize,
        call: &Call<'t>,
        scope: &mut Scope<'_>,
    ) -> Option<Vec<Part>> {
        match call.name {
            "if" | "unless" => {
                call.body.as_ref()?;
                let (branch, after) = self.branch(at, call, scope);
                let parts = self.output(call).only(branch.as_ref());
                let kept = branch.unwrap_or(after..after);
                self.hide(call.open.end..kept.start);
                self.hide(kept.end..after);
                Some(parts)
            }
            "else" | "elsif" | "elif" | "when" | "break" | "continue" => Some(nothing()),
            "assign" | "set" if call.body.is_none() => {
                let (name, expression) = call.written.split_once('=')?;
                let value = liquid::value(expression.trim(), scope)?;
                scope.set(name.trim(), value);
                Some(nothing())
            }
            "capture" | "set" => {
                let body = call.body.clone()?;
                let words = self.context.text[body.clone()].trim().to_owned();
                let made = render(self.context, &words, scope)?;
                scope.set(call.written.trim(), liquid::text(made));
                self.drop(body.clone());
                Some(nothing())
            }
            "for" => self.looped(call, scope),
            "import" | "from" | "extends" | "layout" | "cycle" | "increment"
            | "decrement" => Some(nothing()),
            _ => None,
        }
    }

    /// The part of a condition that holds, and where the whole ends.
    fn branch(
        &self,
        at: usize,
        call: &Call<'t>,
        scope: &Scope<'_>,
    ) -> (Option<Range<usize>>, usize) {
        let whole = call.body.clone().unwrap_or_default();
        let end = self.ends[at].unwrap_or(at);
        let mut holds = condition(call.written, scope) != (call.name == "unless");
        let mut start = whole.start;
        let mut next = at + 1;
        while next < end {
            let token = &self.tokens[next];
            let parts = token.mark == Mark::Tag && !token.is_end;
            if parts && matches!(token.name, "else" | "elsif" | "elif") {
                if holds {
                    return (Some(start..token.range.start), whole.end);
                }
                holds = token.name == "else" || condition(token.rest, scope);
                start = token.range.end;
            }
            next = self.ends[next].map_or(next + 1, |end| end + 1);
        }
        (holds.then_some(start..whole.end), whole.end)
    }

    /// A loop over a list that is known.
    fn looped(&mut self, call: &Call<'t>, scope: &mut Scope<'_>) -> Option<Vec<Part>> {
        let body = call.body.clone()?;
        let (name, list) = call.written.split_once(" in ")?;
        let list = list.split([' ', '|']).next().unwrap_or(list);
        let Value { kind: Kind::List(items), .. } = liquid::path(list, scope)? else {
            return None;
        };
        let template = &self.context.text[body.clone()];
        let mut made = String::new();
        for (index, item) in items.into_iter().take(MAX_ITEMS).enumerate() {
            let mut inner = scope.within([
                (name.trim().to_owned(), item),
                ("forloop.index".to_owned(), liquid::text((index + 1).to_string())),
            ]);
            made.push_str(&render(self.context, template, &mut inner)?);
            scope.budget = inner.budget;
        }
        self.drop(body.clone());
        let mut output = self.output(call);
        output.add(made.trim());
        Some(output.block())
    }
}

/// Nothing stands in the place of the tag.
fn nothing() -> Vec<Part> {
    vec![Part::New(String::new())]
}
