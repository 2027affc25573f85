//! Where links lead: to other posts, to places in them, or out of the book.

use crate::diag::{Code, Diagnostic};
use crate::document::{
    ChapterId, Inline, InlineKind, POST_SCHEME, Target, VisitMut, walk_inline_mut,
};
use crate::manuscript::Post;

use super::places::{Found, Places};

/// Finds the end of each link of a post; a link that leads nowhere leaves its words.
pub(super) struct Links<'a, 'd> {
    pub(super) places: &'a Places<'a>,
    pub(super) post: &'a Post,
    pub(super) chapter: ChapterId,
    pub(super) diagnostics: &'d mut Vec<Diagnostic>,
}

impl Links<'_, '_> {
    fn target(&mut self, address: &str, inline: &Inline) -> Option<Target> {
        let target = match address.strip_prefix('#') {
            Some("" | "top") => Target::Chapter { chapter: self.chapter, id: None },
            Some(fragment) => {
                let fragment = crate::address::percent_decode(fragment);
                let Some(id) = self.places.id(self.chapter, &fragment) else {
                    let what = format!("no place in this post is called `{address}`");
                    self.broken(what, inline, "its words stay, without the link");
                    return None;
                };
                Target::Chapter { chapter: self.chapter, id: Some(id.to_owned()) }
            }
            None => match self.places.find(address, self.post) {
                Found::Outside(address) => Target::Address(address),
                Found::Chapter(chapter, None) => Target::Chapter { chapter, id: None },
                Found::Chapter(chapter, Some(fragment)) => {
                    let id = self.places.id(chapter, &fragment).map(str::to_owned);
                    if id.is_none() {
                        let what = format!("the post has no place called `#{fragment}`");
                        self.broken(what, inline, "the link leads to the post itself");
                    }
                    Target::Chapter { chapter, id }
                }
                Found::Ambiguous => {
                    let what = format!("`{address}` could mean more than one post");
                    self.broken(what, inline, "write the path of the post's file");
                    return None;
                }
                Found::LeftOut(path, reason) => {
                    let what = format!("`{path}` is not in this book: it {reason}");
                    self.broken(what, inline, hint(address));
                    return None;
                }
                Found::Nowhere => {
                    if !shows_only_a_picture(inline) {
                        let name = address.strip_prefix(POST_SCHEME).unwrap_or(address);
                        let what = format!("`{name}` leads to nothing in this book");
                        self.broken(what, inline, hint(address));
                    }
                    return None;
                }
            },
        };
        Some(target)
    }

    fn broken(&mut self, what: String, inline: &Inline, hint: &str) {
        let diagnostic = Diagnostic::new(Code::BrokenLink, what).at(inline.span);
        self.diagnostics.push(diagnostic.hint(hint));
    }
}

impl VisitMut for Links<'_, '_> {
    fn inlines(&mut self, run: &mut Vec<Inline>) {
        let mut resolved = Vec::with_capacity(run.len());
        for mut inline in run.drain(..) {
            walk_inline_mut(self, &mut inline);
            let InlineKind::Link { target: Target::Unresolved(address), .. } =
                &inline.kind
            else {
                resolved.push(inline);
                continue;
            };
            let is_reference = inline.reference_target().is_some();
            let found = self.target(&address.clone(), &inline);
            match (found, &mut inline.kind) {
                (Some(found), InlineKind::Link { target, content, .. }) => {
                    if let (true, Target::Address(address)) = (is_reference, &found) {
                        *content = vec![Inline::text(address.clone(), inline.span)];
                    }
                    *target = found;
                    resolved.push(inline);
                }
                (_, InlineKind::Link { .. }) if is_reference => {}
                (_, InlineKind::Link { content, .. }) => resolved.append(content),
                _ => {}
            }
        }
        *run = resolved;
    }
}

/// What to do about an address that leads nowhere.
fn hint(address: &str) -> &'static str {
    if address.starts_with(POST_SCHEME) {
        return "no post of this book has that name; its words stay, without the link";
    }
    let host = address.split('/').next().unwrap_or_default();
    let has_host = host.contains('.') && !host.starts_with('.') && address.contains('/');
    if has_host {
        "write `https://` before it if it is on the network"
    } else {
        "with `site` in book.yaml it would lead to the blog; \
         now its words stay, without the link"
    }
}

/// A picture is often linked to its own file in a larger size, which the book shows anyway.
fn shows_only_a_picture(inline: &Inline) -> bool {
    match &inline.kind {
        InlineKind::Link { content, .. } => {
            matches!(content.as_slice(), [Inline { kind: InlineKind::Picture(_), .. }])
        }
        _ => false,
    }
}
