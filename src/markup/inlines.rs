//! Inlines as elements.

use super::writer::Writer;
use super::{Element, Semantics};
use crate::address::{self, abridged, scheme};
use crate::document::{
    Inline, InlineKind, NoteReference, Phrase, PhraseRole, Picture, Target, plain_text,
};
use crate::source::Span;

impl Writer<'_> {
    pub(super) fn inlines(&mut self, inlines: &[Inline]) {
        for inline in inlines {
            self.inline(inline);
        }
    }

    fn inline(&mut self, inline: &Inline) {
        // Phrases and links are but what is in them.
        self.after_mark &= matches!(
            inline.kind,
            InlineKind::NoteReference(_)
                | InlineKind::Phrase(_)
                | InlineKind::Link { .. }
        );
        let span = inline.span;
        let element = |name| Element::new(name, span);
        match &inline.kind {
            InlineKind::Text(text) => self.words_and_addresses(text, span),
            InlineKind::Code(text) => {
                let code = element("code").optional("dir", self.direction_of_code());
                self.leaf(code, text);
            }
            InlineKind::Phrase(phrase) => self.phrase(phrase, span),
            InlineKind::Link { target, title, content } => {
                self.link(target, title, content, span);
            }
            InlineKind::Picture(picture) => self.picture(picture, span),
            InlineKind::NoteReference(reference) => self.note_reference(*reference, span),
            InlineKind::FootnoteReference(label) => {
                self.text(&format!("[^{label}]"), span);
            }
            // `book` has put all of them into words.
            InlineKind::Citation(_) => {}
            InlineKind::Math(math) => {
                let formula = element("span").class("math");
                self.empty(formula.semantics(Semantics::Math(math.clone())));
            }
            InlineKind::LineBreak => self.empty(element("br")),
            InlineKind::Ruby { base, reading } => {
                self.within(element("ruby"), |this| {
                    this.inlines(base);
                    this.within(element("rt"), |this| this.inlines(reading));
                });
            }
        }
    }

    /// Words. An address among them reads from left to right as one piece, whatever is about it
    /// (UAX #9: a slash at its end would go to the other side).
    fn words_and_addresses(&mut self, text: &str, span: Span) {
        if !self.is_right_to_left() {
            return self.text(text, span);
        }
        let mut rest = text;
        while let Some(address) = address::first_in(rest) {
            self.text(&rest[..address.start], span);
            let after_mark = self.after_mark;
            let isolated = Element::new("bdi", span).attribute("dir", "ltr");
            self.leaf(isolated, &rest[address.clone()]);
            self.after_mark = after_mark;
            rest = &rest[address.end..];
        }
        self.text(rest, span);
    }

    /// An element that a mark may stand before as if it were not there.
    fn open_to_marks(&mut self, element: Element, content: &[Inline]) {
        let after_mark = self.after_mark;
        self.within(element, |this| {
            this.after_mark = after_mark;
            this.inlines(content);
        });
    }

    fn phrase(&mut self, phrase: &Phrase, span: Span) {
        let Phrase { role, content, attributes, title } = phrase;
        let long = *role == PhraseRole::Abbreviation && !title.is_empty();
        // The moment of a time may be anything in a post, and not all of it is valid.
        let name = if *role == PhraseRole::Time { "span" } else { role.element() };
        let element = Element::new(name, span)
            .marked(attributes)
            .optional("title", long.then_some(title.as_str()));
        self.open_to_marks(element, content);
    }

    fn link(&mut self, target: &Target, title: &str, content: &[Inline], span: Span) {
        let Some(href) = self.addresses().target(target) else {
            self.inlines(content);
            return self.other_volume(target, span);
        };
        let title = (!title.is_empty()).then_some(title);
        // Whoever listens has to hear of a link around a picture without words.
        let silent = plain_text(content).trim().is_empty();
        let label = silent.then(|| title.unwrap_or(&href).to_owned());
        // Within a chapter the reader is on the spot, or nearly.
        let elsewhere = matches!(
            target,
            Target::Chapter { chapter, .. } if Some(*chapter) != self.chapter
        );
        let is_reference = matches!(content, [Inline { kind: InlineKind::Phrase(phrase), .. }]
            if phrase.role == PhraseRole::Reference);
        let class = match target {
            Target::Address(_) => "external",
            _ if is_reference => "reference",
            _ if elsewhere => "cross-reference",
            _ => "",
        };
        let printed = |is: bool, words| Some(words).filter(|_| is && self.is_print());
        let see = printed(elsewhere && !is_reference, self.words.see_page);
        let page = printed(is_reference, self.language().reference_words().page);
        let element = Element::new("a", span)
            .class(class)
            .attribute("href", href)
            .optional("title", title)
            .optional("aria-label", label)
            .optional("data-see", see)
            .optional("data-page", page)
            .semantics(Semantics::Link(target.clone()));
        self.open_to_marks(element, content);
    }

    /// Behind the words of a link that leads to another volume: which, and on paper its page.
    fn other_volume(&mut self, target: &Target, span: Span) {
        let Target::Chapter { chapter, id } = target else { return };
        let others = &self.builder.book.other_volumes;
        let Some((label, folio)) = others.find(*chapter, id.as_deref()) else { return };
        let words = match folio.filter(|_| self.is_print()) {
            Some(folio) => format!(" ({label}, {}\u{a0}{folio})", self.words.see_page),
            None => format!(" ({label})"),
        };
        self.leaf(Element::new("span", span).class("other-volume"), &words);
    }

    fn picture(&mut self, picture: &Picture, span: Span) {
        let Picture { address, alt, title: _, attributes, id, unreadable } = picture;
        match *id {
            Some(id) => {
                let element = Element::new("img", span)
                    .marked(attributes)
                    .attribute("src", self.addresses().picture(id))
                    .attribute("alt", alt.as_str())
                    .semantics(Semantics::Picture(id));
                self.empty(element);
            }
            None => {
                let absent = match unreadable {
                    true => self.words.unreadable_picture,
                    false => self.words.missing_picture,
                };
                // What is written into an address as `data:` has no name.
                let is_data = scheme(address).as_deref() == Some("data");
                let named = if alt.is_empty() && !is_data { address } else { alt };
                let text = match named.as_str() {
                    "" => format!("[{absent}]"),
                    named => format!("[{absent}: {}]", abridged(named)),
                };
                self.leaf(Element::new("span", span).class("missing"), &text);
            }
        }
    }

    /// A reference to a note. Its number is raised by the stylesheet: a `sup` within it keeps
    /// Apple's reader from showing the note in a window.
    fn note_reference(&mut self, reference: NoteReference, span: Span) {
        let element = |name| Element::new(name, span);
        if std::mem::replace(&mut self.after_mark, true) {
            self.leaf(element("span").class("noteref-comma"), ",");
        }
        let label = self.addresses().note_label(reference.number);
        // An asterisk stands high by nature.
        let high = label.starts_with('*');
        let mark = element("a")
            .id(self.addresses().reference_id(reference))
            .class("noteref")
            .class(if high { "high" } else { "" })
            .attribute("href", self.addresses().note(reference.note))
            .attribute("epub:type", "noteref")
            .attribute("role", "doc-noteref")
            .semantics(Semantics::NoteReference(reference));
        self.leaf(mark, &label);
        self.after_mark = true;
    }
}
