//! What becomes of a link that leads out of the book, since paper has none.

use crate::address::{is_web, key, printed};
use crate::config::LinkPolicy;
use crate::document::{
    Attributes, Block, Inline, InlineKind, Target, VisitMut, plain_text, walk_block_mut,
    walk_inline_mut,
};

use super::findings::{FoundSource, SourceForm};
use super::marks::{mark, settle};
use super::notes::Notes;
use super::notetext::{NoteText, address_link};
use super::sources::is_generic;

/// Gives the links of a text their notes, or their addresses.
pub(super) struct LinkNotes<'a, 'n> {
    pub(super) policy: LinkPolicy,
    pub(super) text: NoteText<'a>,
    pub(super) notes: &'n mut Notes,
}

impl VisitMut for LinkNotes<'_, '_> {
    fn block(&mut self, block: &mut Block) {
        let policy = self.policy;
        self.policy = policy_of(&block.attributes).unwrap_or(policy);
        walk_block_mut(self, block);
        self.policy = policy;
    }

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
                let policy = self.policy;
                self.policy = policy_of(&phrase.attributes).unwrap_or(policy);
                marked |= self.run(&mut phrase.content);
                self.policy = policy;
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
        let Target::Address(address) = target else { return None };
        let words = plain_text(content);
        if !is_web(address) || says_address(&words, address) || is_picture(content) {
            return None;
        }
        let mut found = FoundSource {
            span,
            form: SourceForm::Link,
            name: if is_generic(&words) {
                String::new()
            } else {
                words.trim().to_owned()
            },
            address: address.clone(),
            title: title.trim().to_owned(),
            note: None,
        };
        let known = self.notes.source(address);
        let follows = match self.policy {
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
                found.note = Some(note);
                Some(mark(note, span))
            }
        };
        self.notes.findings.sources.push(found);
        follows
    }
}

/// What the class of an element says of the links in it: `{.note}`, `{.inline}`, `{.drop}`.
fn policy_of(attributes: &Attributes) -> Option<LinkPolicy> {
    attributes.classes.iter().find_map(|class| match class.as_str() {
        "note" => Some(LinkPolicy::Note),
        "inline" => Some(LinkPolicy::Inline),
        "drop" => Some(LinkPolicy::Drop),
        _ => None,
    })
}

/// Writes the addresses of links out: a note makes no further notes.
pub(super) struct WrittenOut;

impl VisitMut for WrittenOut {
    fn inlines(&mut self, run: &mut Vec<Inline>) {
        let mut out = Vec::with_capacity(run.len());
        for mut inline in run.drain(..) {
            let dropped = matches!(&inline.kind, InlineKind::Phrase(phrase)
                if policy_of(&phrase.attributes) == Some(LinkPolicy::Drop));
            if !dropped {
                walk_inline_mut(self, &mut inline);
            }
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
