//! Definitions: `\newcommand`, `\def`, `\let`, and operators.

use super::{Expander, Macro};

impl Expander<'_> {
    /// `\newcommand{\name}[arguments][default]{body}`; what a post provides and has stays.
    pub(super) fn define(&mut self, by: &str) {
        let name = self.name();
        let arguments =
            self.optional().and_then(|it| it.trim().parse().ok()).unwrap_or(0);
        let default = if arguments > 0 { self.optional() } else { None };
        let body = self.argument();
        if !(by.starts_with("provide") && self.macros.defined.contains_key(&name)) {
            self.macros.defined.insert(name, Macro { arguments, default, body });
        }
    }

    /// `\def\name#1#2{body}`, its arguments one after the other.
    pub(super) fn define_plain(&mut self) {
        let name = self.name();
        let mut arguments = 0;
        while let Some(&next) = self.rest.last() {
            match next {
                '{' => break,
                '#' => arguments += 1,
                _ => {}
            }
            self.rest.pop();
        }
        let body = self.argument();
        self.macros.defined.insert(name, Macro { arguments, default: None, body });
    }

    /// `\let\name=\other`.
    pub(super) fn let_be(&mut self) {
        let name = self.name();
        self.skip_spaces();
        if self.rest.last() == Some(&'=') {
            self.rest.pop();
        }
        let body = self.argument();
        let other = body.trim_start_matches('\\').to_owned();
        let same = self.macros.defined.get(&other).cloned();
        let same = same.unwrap_or(Macro { arguments: 0, default: None, body });
        if other != name {
            self.macros.defined.insert(name, same);
        }
    }

    pub(super) fn define_operator(&mut self, by: &str) {
        let name = self.name();
        let star = if by.ends_with('*') { "*" } else { "" };
        let body = format!(r"\operatorname{star}{{{}}}", self.argument());
        self.macros.defined.insert(name, Macro { arguments: 0, default: None, body });
    }

    /// The name that is defined: `\name` or `{\name}`.
    fn name(&mut self) -> String {
        self.argument().trim().trim_start_matches('\\').to_owned()
    }
}
