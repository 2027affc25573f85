//! `:::` with attributes: callouts, figures, columns.

use std::ops::Range;

use super::super::asides::class_of;
use super::super::attributes::first_item;
use super::super::code::lines;
use super::super::output::{attribute, html};
use super::super::{Context, Edits};
use crate::edit::Edit;

/// Rewrites those that say more than a class, as HTML.
pub(super) fn pass(context: &Context<'_>, edits: &mut Edits) {
    let text = context.text;
    let mut open: Vec<Option<&'static str>> = Vec::new();
    let mut title_wanted = false;
    for range in lines(text) {
        let line = &text[range.clone()];
        let words = line.trim();
        if context.code.holds(range.start) {
            continue;
        }
        // Quarto takes the first heading of a callout for its title.
        if title_wanted && !words.is_empty() {
            title_wanted = false;
            if let Some(title) = words.strip_prefix("##") {
                let title = html(title.trim_start_matches('#').trim());
                let paragraph = format!("<p class=\"title\">{title}</p>\n");
                edits.edits.push(Edit::replace(line_range(&range, line), paragraph));
                continue;
            }
        }
        let Some(rest) = words.strip_prefix(":::") else { continue };
        let rest = rest.trim_start_matches(':').trim_end_matches(':').trim();
        if rest.is_empty() {
            if let Some(Some(element)) = open.pop() {
                let close = format!("\n</{element}>\n");
                edits.edits.push(Edit::replace(line_range(&range, line), close));
            }
            continue;
        }
        let Some(div) = Div::of(rest) else {
            open.push(None);
            continue;
        };
        title_wanted = div.is_callout && div.title.is_none();
        open.push(Some(div.element()));
        edits.edits.push(Edit::replace(line_range(&range, line), div.tag()));
    }
}

fn line_range(range: &Range<usize>, line: &str) -> Range<usize> {
    range.start..range.start + line.trim_end().len()
}

/// What stands in the braces of a div.
#[derive(Debug, Default)]
struct Div {
    id: Option<String>,
    classes: Vec<String>,
    title: Option<String>,
    is_callout: bool,
}

impl Div {
    /// One that a class alone does not say.
    fn of(rest: &str) -> Option<Self> {
        let inside = rest.strip_prefix('{')?.strip_suffix('}')?;
        let mut div = Self::default();
        let mut left = inside.trim();
        let mut items = 0;
        while !left.is_empty() {
            let (item, after) = first_item(left);
            left = after.trim_start();
            items += 1;
            if let Some(id) = item.strip_prefix('#') {
                div.id = Some(id.to_owned());
            } else if let Some(class) = item.strip_prefix('.') {
                match class.strip_prefix("callout-") {
                    Some(kind) => {
                        div.is_callout = true;
                        div.classes.push(class_of(kind).unwrap_or("note").to_owned());
                    }
                    None => div.classes.push(class.to_owned()),
                }
            } else if let Some((key, value)) = item.split_once('=')
                && matches!(key, "title" | "summary")
            {
                div.title = Some(value.trim_matches(['"', '\'']).to_owned());
            }
        }
        (items > 1 || inside.contains('=') || div.is_callout || div.id.is_some())
            .then_some(div)
    }

    fn element(&self) -> &'static str {
        let asides = ["aside", "column-margin", "margin"];
        if self.is_callout || self.classes.iter().any(|it| asides.contains(&it.as_str()))
        {
            "aside"
        } else {
            "div"
        }
    }

    fn tag(&self) -> String {
        let mut tag = format!("\n<{}", self.element());
        if let Some(id) = &self.id {
            tag.push_str(&format!(" id=\"{}\"", attribute(id)));
        }
        if !self.classes.is_empty() {
            tag.push_str(&format!(" class=\"{}\"", attribute(&self.classes.join(" "))));
        }
        tag.push_str(">\n");
        if let Some(title) = &self.title {
            tag.push_str(&format!("<p class=\"title\">{}</p>\n", html(title)));
        }
        tag
    }
}
