//! References to places by their ids: `@sec:tides`, `[@fig:mole]`.

use crate::diag::{Code, Diagnostic, nearest};
use crate::document::{ChapterId, Inline, InlineKind, Target, VisitMut, walk_inline_mut};
use crate::manuscript::Post;
use crate::source::Span;

use super::marks::join;
use super::places::{NamedPlace, Places};
use super::works::Works;

/// What ids begin with that can be referred to so.
const KINDS: [&str; 7] = ["sec", "fig", "tbl", "eq", "lst", "thm", "nte"];

/// Makes links of references; `book` gives them words.
pub(super) struct References<'a, 'd> {
    pub(super) places: &'a Places<'a>,
    pub(super) works: &'a Works<'a>,
    pub(super) post: &'a Post,
    pub(super) chapter: ChapterId,
    pub(super) diagnostics: &'d mut Vec<Diagnostic>,
}

/// A reference in a text.
struct Written<'t> {
    /// What it takes of the text, with brackets that stand around it alone.
    range: std::ops::Range<usize>,
    kind: &'t str,
    name: &'t str,
    /// Whether it has a colon, as nobody's handle does.
    has_colon: bool,
}

impl VisitMut for References<'_, '_> {
    fn inlines(&mut self, run: &mut Vec<Inline>) {
        for inline in run.iter_mut() {
            walk_inline_mut(self, inline);
        }
        let refers = |inline: &Inline| match &inline.kind {
            InlineKind::Text(text) => written(text).is_some(),
            _ => false,
        };
        if !run.iter().any(refers) {
            return;
        }
        let mut out = Vec::with_capacity(run.len());
        for inline in run.drain(..) {
            match &inline.kind {
                InlineKind::Text(text) => self.text(text, inline.span, &mut out),
                _ => out.push(inline),
            }
        }
        *run = join(out);
    }
}

impl References<'_, '_> {
    fn text(&mut self, text: &str, span: Span, out: &mut Vec<Inline>) {
        let mut rest = text;
        while let Some(reference) = written(rest) {
            let Written { range, .. } = &reference;
            out.push(Inline::text(&rest[..range.start], span));
            match self.target(&reference, span) {
                Some(target) => out.push(Inline::reference(target, span)),
                None => out.push(Inline::text(&rest[range.clone()], span)),
            }
            rest = &rest[range.end..];
        }
        if !rest.is_empty() {
            out.push(Inline::text(rest, span));
        }
    }

    fn target(&mut self, reference: &Written, span: Span) -> Option<Target> {
        let Written { kind, name, has_colon, .. } = *reference;
        let whole = format!("{kind}{}{name}", if has_colon { ':' } else { '-' });
        let source = self.post.text.get(span.range()).unwrap_or_default();
        if source.contains(&format!("\\@{whole}"))
            || self.works.references.by_key(&whole).is_some()
        {
            return None;
        }
        let (message, hint) = match self.places.named(self.chapter, &whole, name) {
            NamedPlace::One(chapter, id) => {
                return Some(Target::Chapter { chapter, id: Some(id) });
            }
            NamedPlace::Several => (
                format!("`@{whole}` could mean a place in several posts"),
                format!("name the post: `[](post.md#{name})`"),
            ),
            NamedPlace::None if !has_colon => return None,
            NamedPlace::None => {
                let hint = match nearest(&whole.replace(':', "-"), self.places.all_ids())
                {
                    Some(near) => format!("did you mean `#{near}`?"),
                    None => format!("a place is named so: `{{#{whole}}}`"),
                };
                (format!("no place in this book is called `{whole}`"), hint)
            }
        };
        self.diagnostics
            .push(Diagnostic::new(Code::BrokenLink, message).at(span).hint(hint));
        None
    }
}

/// The first reference in a text.
fn written(text: &str) -> Option<Written<'_>> {
    text.match_indices('@').find_map(|(at, _)| {
        let before = text[..at].chars().next_back();
        if before.is_some_and(|c| c.is_alphanumeric() || matches!(c, '\\' | '/' | '.')) {
            return None;
        }
        let rest = &text[at + 1..];
        let kind = *KINDS.iter().find(|kind| rest.starts_with(**kind))?;
        let has_colon = match rest.as_bytes().get(kind.len())? {
            b':' => true,
            b'-' => false,
            _ => return None,
        };
        let name = &rest[kind.len() + 1..];
        let is_part = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | ':');
        let name = &name[..name.find(|c| !is_part(c)).unwrap_or(name.len())];
        let name = name.trim_end_matches(['.', ':', '-']);
        if name.is_empty() {
            return None;
        }
        let end = at + 1 + kind.len() + 1 + name.len();
        let bracketed = text[..at].ends_with('[') && text[end..].starts_with(']');
        let range = if bracketed { at - 1..end + 1 } else { at..end };
        Some(Written { range, kind, name, has_colon })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_told_from_handles() {
        let found = |text: &str| written(text).map(|it| text[it.range].to_owned());
        assert_eq!(found("see [@sec:tides], and"), Some("[@sec:tides]".to_owned()));
        assert_eq!(found("see @fig-mole."), Some("@fig-mole".to_owned()));
        assert_eq!(found("(@tbl:a.b)"), Some("@tbl:a.b".to_owned()));
        for text in ["@section", "me@sec:x", "@sec: x", "@tide:x", "a/@sec:x"] {
            assert_eq!(found(text), None, "{text}");
        }
    }
}
