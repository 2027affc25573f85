//! What becomes of a link that leads out of the book, since paper has none.

use crate::config::LinkPolicy;
use crate::document::{
    Inline, InlineKind, Target, VisitMut, plain_text, walk_inline_mut,
};

use super::address::{is_web, key, printed};
use super::citation::is_generic;
use super::marks::{mark, settle};
use super::notes::Notes;
use super::notetext::{NoteText, address_link};

/// Gives the links of a text their notes, or their addresses.
pub(super) struct LinkNotes<'a, 'n> {
    pub(super) policy: LinkPolicy,
    pub(super) text: NoteText<'a>,
    pub(super) notes: &'n mut Notes,
}

impl VisitMut for LinkNotes<'_, '_> {
    fn inlines(&mut self, run: &mut Vec<Inline>) {
        if self.run(run) {
            settle(run);
        }
    }
}

impl LinkNotes<'_, '_> {
    /// Treats a run; says whether it put marks into it.
    fn run(&mut self, run: &mut Vec<Inline>) -> bool {
        let mut marked = false;
        let mut out = Vec::with_capacity(run.len());
        for mut inline in run.drain(..) {
            if let InlineKind::Phrase(phrase) = &mut inline.kind {
                marked |= self.run(&mut phrase.content);
            }
            let follows = self.link(&mut inline);
            out.push(inline);
            marked |= follows.is_some();
            out.extend(follows);
        }
        *run = out;
        marked
    }

    /// What follows a link.
    fn link(&mut self, inline: &mut Inline) -> Option<Inline> {
        let span = inline.span;
        let InlineKind::Link { target, title, content } = &mut inline.kind else {
            return None;
        };
        let Target::Address(address) = &*target else { return None };
        let words = plain_text(content);
        if !is_web(address) || says_address(&words, address) || is_picture(content) {
            return None;
        }
        let known = self.notes.source(address);
        if let (Some(note), true) = (known, is_generic(&words)) {
            *target = Target::Note(note);
            return None;
        }
        match self.policy {
            LinkPolicy::Drop => None,
            LinkPolicy::Inline => {
                Some(Inline::text(format!(" ({})", printed(address)), span))
            }
            LinkPolicy::Note => {
                let note = known.unwrap_or_else(|| {
                    let note = self.notes.add(self.text.link(title, address, span));
                    self.notes.name_source(address, note);
                    note
                });
                Some(mark(note, span))
            }
        }
    }
}

/// Writes the addresses of links out: a note makes no further notes.
pub(super) struct WrittenOut;

impl VisitMut for WrittenOut {
    fn inlines(&mut self, run: &mut Vec<Inline>) {
        let mut out = Vec::with_capacity(run.len());
        for mut inline in run.drain(..) {
            walk_inline_mut(self, &mut inline);
            let span = inline.span;
            let address = match &inline.kind {
                InlineKind::Link {
                    target: Target::Address(address), content, ..
                } => {
                    let words = plain_text(content);
                    let shown = is_web(address)
                        && !says_address(&words, address)
                        && !is_picture(content);
                    shown.then(|| address.clone())
                }
                _ => None,
            };
            out.push(inline);
            if let Some(address) = address {
                out.push(Inline::text(", ", span));
                out.push(address_link(&address, span));
            }
        }
        *run = out;
    }
}

/// Whether the words of a link are its address.
fn says_address(words: &str, address: &str) -> bool {
    let plain = |text: &str| key(text).trim_start_matches("www.").to_owned();
    let words = words.trim();
    plain(words) == plain(address)
        || plain(&format!("https://{words}")) == plain(address)
        || address.strip_prefix("mailto:") == Some(words)
}

fn is_picture(content: &[Inline]) -> bool {
    let words = |inline: &Inline| !matches!(inline.kind, InlineKind::Picture(_));
    !content.iter().any(|inline| {
        words(inline) && !plain_text(std::slice::from_ref(inline)).trim().is_empty()
    })
}
