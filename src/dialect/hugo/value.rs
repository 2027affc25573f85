//! What an expression of a template means: functions, names, arguments.

use super::super::call::Argument;
use super::expression::{MAX_EXPRESSION_BYTES, pipes, terms};
use super::parse::{Parser, without_comments};
use super::template::Template;
use crate::config::value::Value;

/// How deep templates stand in templates.
const MAX_DEPTH: usize = 8;

/// What gives a picture, or another file, by its path.
const RESOURCES: [&str; 5] = [
    ".Page.Resources.Get",
    "resources.Get",
    ".Page.Resources.GetMatch",
    "resources.GetMatch",
    ".Resources.Get",
];

/// Whether a picture is only made smaller.
fn is_scaled(name: &str) -> bool {
    let method = name.rsplit_once('.').map(|(_, method)| method);
    let known = ["Resize", "Fit", "Fill", "Crop", "Process"];
    name.starts_with('$') && method.is_some_and(|method| known.contains(&method))
}

impl Template<'_> {
    /// The value of an expression with its pipes.
    pub(super) fn value(&self, expression: &str) -> Option<String> {
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
            "add" | "concat" => {
                let (one, other) = (argument(0)?, argument(1)?);
                let sum = one.parse::<i64>().ok().zip(other.parse::<i64>().ok());
                let sum = sum.and_then(|(one, other)| one.checked_add(other));
                Some(sum.map_or_else(|| one + &other, |sum| sum.to_string()))
            }
            ".Get" | "$.Get" => Some(self.argument_of(rest.first()?)),
            "index" if rest.first()?.ends_with(".Params") => {
                Some(self.argument_of(rest.get(1)?))
            }
            "index" => {
                let (items, key) = (self.list(rest.first()?)?, self.value(rest.get(1)?)?);
                let item = items.into_iter().find(|item| item.key == key);
                Some(item.map(|item| item.value).unwrap_or_default())
            }
            "len" => match self.list(rest.first()?) {
                Some(items) => Some(items.len().to_string()),
                None => argument(0).map(|words| words.chars().count().to_string()),
            },
            "delimit" | "collections.Delimit" => {
                let (items, between) = (self.list(rest.first()?)?, argument(1)?);
                let words: Vec<String> = items.into_iter().map(|it| it.value).collect();
                Some(words.join(&between))
            }
            "replace" | "strings.Replace" => {
                Some(argument(0)?.replace(&argument(1)?, &argument(2)?))
            }
            "strings.TrimPrefix" => {
                let (prefix, words) = (argument(0)?, argument(1)?);
                Some(words.strip_prefix(&prefix).unwrap_or(&words).to_owned())
            }
            "strings.TrimSuffix" => {
                let (suffix, words) = (argument(0)?, argument(1)?);
                Some(words.strip_suffix(&suffix).unwrap_or(&words).to_owned())
            }
            "partial" | "partialCached" => self.partial(&argument(0)?, rest.get(1)),
            // A picture of the post's folder or of the blog's: its path leads there.
            name if RESOURCES
                .iter()
                .any(|of| name.trim_start_matches('$').starts_with(of)) =>
            {
                argument(0)
            }
            name if is_scaled(name) => self.name(name.rsplit_once('.')?.0),
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
        // What a picture of the blog is asked for: where it is, and how large.
        if let Some((picture, asked)) = name.rsplit_once('.') {
            match asked {
                "RelPermalink" | "Permalink" if picture.starts_with('$') => {
                    return self.variables.get(picture).cloned();
                }
                "RelPermalink" | "Permalink"
                    if picture.is_empty() && self.dot.is_some() =>
                {
                    return self.dot.clone();
                }
                "Width" | "Height" => return Some(String::new()),
                _ => {}
            }
        }
        if self.depth > 0
            && let Some(field) = name.strip_prefix('.').filter(|it| !it.contains('.'))
        {
            return Some(self.argument(field).unwrap_or_default().to_owned());
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

    /// What the blog's own partial template makes of a map of arguments, or of those of the call.
    fn partial(&self, name: &str, given: Option<&&str>) -> Option<String> {
        if self.depth > MAX_DEPTH {
            return None;
        }
        let name = name.trim_end_matches(".html");
        let templates = &self.post.origin.site.templates;
        let template = templates.get(&format!("partials/{name}.html"))?;
        let template = without_comments(template);
        let nodes = Parser::new(&template).nodes()?.0;
        let map = given.and_then(|it| it.trim_matches(['(', ')']).strip_prefix("dict "));
        let fields = map.map(|map| self.fields(map));
        let arguments = fields.as_deref().unwrap_or(self.arguments);
        let mut inner = Template::new(arguments, self.body, self.post, self.steps);
        inner.depth = self.depth + 1;
        inner.write(&nodes)?;
        Some(inner.made)
    }

    /// The entries of `dict "name" .Value "other" "words"` that are texts.
    fn fields(&self, map: &str) -> Vec<Argument> {
        let terms = terms(map);
        let field = |pair: &[&str]| {
            let [name, value] = pair else { return None };
            let (name, value) = (self.value(name)?, self.value(value)?);
            Some(Argument { name: Some(name), value, quoted: true })
        };
        terms.chunks(2).filter_map(field).collect()
    }

    /// The argument that a term names.
    fn argument_of(&self, term: &str) -> String {
        let name = term.trim_matches(['"', '`']);
        let name = match term.starts_with(['$', '(']) {
            true => self.value(term).unwrap_or_default(),
            false => name.to_owned(),
        };
        self.argument(&name).unwrap_or_default().to_owned()
    }

    pub(super) fn argument(&self, name: &str) -> Option<&str> {
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
