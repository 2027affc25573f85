//! Collecting: a paragraph's inline elements as one string, with what applies to each part of it.

use std::sync::Arc;

use crate::diag::{Code, Diagnostic};
use crate::document::{Math, NoteReference, PictureId, Target};
use crate::markup::{Child, ElementId, Semantics, Tree};
use crate::source::Span;
use crate::style::{Display, Style, Transform, WhiteSpace};
use crate::typeset::content::document::Document;
use crate::typeset::content::generated::{self, Generated};
use crate::typeset::engine::Engine;
use crate::typeset::inline::collected::{
    Collected, FORMULA, Link, OBJECT, Object, PictureSize, RUBY, Run,
};
use crate::typeset::inline::ruby;
use crate::typeset::output::frame::{Anchor, Destination};
use crate::typeset::output::structure::{
    self, ContentId, MAX_ADDRESS_BYTES, NodeId, Role, TagBuilder,
};
use crate::typeset::sink::Sink;
use crate::typeset::text::letters::{self, SMALL_CAPITAL, TextStyle};

/// What a paragraph is collected from.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Part<'t> {
    /// What an element holds.
    Child(&'t Child),
    /// What a pseudo-element of the paragraph's own element shows, in its style.
    Generated(&'t Style),
}

/// The element whose text is collected (CSS Display 3, "block container").
#[derive(Debug, Clone, Copy)]
pub(crate) struct BlockContainer<'s> {
    /// The element.
    pub(crate) element: ElementId,
    /// The style of its text.
    pub(crate) style: &'s Style,
    /// The structure's node that the text goes into.
    pub(crate) node: NodeId,
}

/// Collects parts of an element as one paragraph.
pub(crate) fn collect(
    engine: &Engine,
    sink: &mut Sink,
    tags: &mut TagBuilder,
    document: &mut Document,
    container: BlockContainer,
    parts: &[Part],
) -> Collected {
    let BlockContainer { element, style: own, node } = container;
    let text = letters::of(engine, own, &document.language_of(element));
    let mut collector = Collector::new(engine, sink, tags, document, node);
    for part in parts {
        match part {
            Part::Child(child) => collector.child(child, own, text),
            Part::Generated(style) => collector.pseudo(element, style, None),
        }
    }
    let mut out = collector.out;
    out.right_to_left = own.text.right_to_left;
    out.trim_end();
    out
}

/// Collects plain words.
pub(crate) fn words(
    tags: &mut TagBuilder,
    text: &str,
    style: TextStyle,
    node: NodeId,
) -> Collected {
    let leaf = tags.leaf(node);
    let run = Run {
        range: 0..text.len(),
        style,
        leaf,
        link: None,
        object: None,
        address: false,
        span: Span::DETACHED,
    };
    Collected { text: text.to_owned(), runs: vec![run], ..Collected::default() }
}

struct Collector<'a, 'd, 'w> {
    engine: &'a Engine<'w>,
    sink: &'a mut Sink,
    tags: &'a mut TagBuilder,
    document: &'a mut Document<'d>,
    out: Collected,
    node: NodeId,
    /// The leaf that text goes into, as long as nothing else comes between.
    leaf: Option<ContentId>,
    link: Option<Arc<Link>>,
    address: bool,
}

impl<'a, 'd, 'w> Collector<'a, 'd, 'w> {
    fn new(
        engine: &'a Engine<'w>,
        sink: &'a mut Sink,
        tags: &'a mut TagBuilder,
        document: &'a mut Document<'d>,
        node: NodeId,
    ) -> Self {
        let out = Collected::default();
        Self {
            engine,
            sink,
            tags,
            document,
            out,
            node,
            leaf: None,
            link: None,
            address: false,
        }
    }

    fn child(&mut self, child: &Child, style: &Style, text: TextStyle) {
        match child {
            Child::Text(words) => self.words(&words.text, style, text, words.span),
            Child::Element(id) => self.element(*id, text),
        }
    }

    fn element(&mut self, id: ElementId, around: TextStyle) {
        let own = self.document.style(id);
        let style = &own.style;
        if style.display == Display::None {
            return;
        }
        self.document.enter(id);
        let tree = self.document.tree;
        let element = tree.get(id);
        let mut text = letters::of(self.engine, style, &self.document.language_of(id));
        text.rise = around.rise + letters::rise(style, around.size);
        text.background = style.background.or(around.background);
        if let Some(anchor) = self.document.anchor(id) {
            self.out.anchors.push((self.out.text.len(), anchor));
        }
        let strings = generated::strings(self.engine, self.document, id, style);
        self.out.strings.extend(strings);
        if own.before.is_some() {
            self.pseudo(id, own.before.as_ref().unwrap_or(style), Some(text));
        }
        // What has a direction of its own does not mix with what is around it.
        let overrides = element.name == "bdo";
        let isolate = match element.value("dir").as_deref() {
            Some("ltr") if overrides => "\u{2066}\u{202d}",
            Some("rtl") if overrides => "\u{2067}\u{202e}",
            Some("ltr") => "\u{2066}",
            Some("rtl") => "\u{2067}",
            Some("auto") => "\u{2068}",
            _ if element.name == "bdi" => "\u{2068}",
            _ => "",
        };
        self.raw(isolate, text, element.span);
        match &element.lang {
            Some(language) => self.within(Role::Span, |this| {
                let node = this.node;
                this.tags.set_language(node, language);
                this.content(id, style, text);
            }),
            None => self.content(id, style, text),
        }
        if !isolate.is_empty() {
            let end = if overrides { "\u{202c}\u{2069}" } else { "\u{2069}" };
            self.raw(end, text, element.span);
        }
        if let Some(after) = &own.after {
            self.pseudo(id, after, Some(text));
        }
        self.document.leave(id);
    }

    /// What an element holds, by what it means.
    fn content(&mut self, id: ElementId, style: &Style, text: TextStyle) {
        let tree = self.document.tree;
        let element = tree.get(id);
        match &element.semantics {
            Semantics::Link(target) | Semantics::PageNumber(target) => {
                self.link(id, Some(target), style, text);
            }
            Semantics::Place => self.link(id, None, style, text),
            Semantics::NoteReference(reference) => {
                self.note_reference(id, *reference, style, text);
            }
            Semantics::Backlink(reference) => {
                let NoteReference { note, occurrence, .. } = *reference;
                let anchor = Anchor::Reference(note, occurrence);
                let words = tree.words(id);
                let destination = Destination::Anchor(anchor);
                self.linked(Role::Link, destination, &words, element.span, |this| {
                    this.children(id, style, text);
                });
            }
            Semantics::Picture(picture) => self.picture(id, *picture, style, text),
            Semantics::Math(math) => self.math(id, math, text),
            _ if element.name == "br" => self.raw("\n", text, element.span),
            _ if style.display == Display::Ruby => self.ruby(id, style, text),
            _ if style.display == Display::RubyText => {
                self.raw(" (", text, element.span);
                self.children(id, style, text);
                self.raw(")", text, element.span);
            }
            _ => self.children(id, style, text),
        }
    }

    fn children(&mut self, id: ElementId, style: &Style, text: TextStyle) {
        let tree = self.document.tree;
        for child in &tree.get(id).children {
            self.child(child, style, text);
        }
    }

    /// `::before` and `::after`.
    fn pseudo(&mut self, id: ElementId, style: &Style, around: Option<TextStyle>) {
        let mut text = letters::of(self.engine, style, &self.document.language_of(id));
        if let Some(around) = around {
            text.rise = around.rise + letters::rise(style, around.size);
            text.background = style.background.or(around.background);
        }
        self.document.enter_pseudo(style);
        let span = self.document.tree.get(id).span;
        for part in generated::content(self.engine, self.document, id, style) {
            match part {
                Generated::Words(words) => {
                    let words = transformed(&words, style.text.transform);
                    self.raw(&words, text, span);
                }
                Generated::Folio(words, destination) => {
                    if self.link.is_some() {
                        self.raw(&words, text, span);
                    } else {
                        self.linked(Role::Link, destination, &words, span, |this| {
                            this.raw(&words, text, span);
                        });
                    }
                }
                Generated::Leader(pattern) => {
                    self.object(Object::Leader(pattern), text, span);
                }
            }
        }
    }

    /// Words of the text: white space collapsed, letters changed as the style says.
    fn words(&mut self, words: &str, style: &Style, text: TextStyle, span: Span) {
        let words = match style.text.white_space {
            WhiteSpace::Pre | WhiteSpace::PreWrap => {
                let tab = generated::tab_width(&style.text.tab_size, text.size);
                expand_tabs(words, tab, self.column())
            }
            WhiteSpace::PreLine => words.to_owned(),
            WhiteSpace::Normal | WhiteSpace::Nowrap => {
                let at_start = self.out.text.is_empty() || self.out.text.ends_with(' ');
                collapsed(words, at_start)
            }
        };
        let words = transformed(&words, style.text.transform);
        if letters::lacks_small_capitals(self.engine, style) {
            return self.made_small_capitals(&words, text, span);
        }
        self.raw(&words, text, span);
    }

    /// How many characters stand since the last line end.
    fn column(&self) -> usize {
        let text = &self.out.text;
        text[text.rfind('\n').map_or(0, |at| at + 1)..].chars().count()
    }

    fn made_small_capitals(&mut self, words: &str, text: TextStyle, span: Span) {
        let small = TextStyle { size: text.size * SMALL_CAPITAL, ..text };
        let characters: Vec<char> = words.chars().collect();
        for alike in characters.chunk_by(|a, b| a.is_lowercase() == b.is_lowercase()) {
            let part: String = alike.iter().collect();
            if alike[0].is_lowercase() {
                self.raw(&part.to_uppercase(), small, span);
            } else {
                self.raw(&part, text, span);
            }
        }
    }

    /// Words as they are.
    fn raw(&mut self, words: &str, style: TextStyle, span: Span) {
        if words.is_empty() {
            return;
        }
        let start = self.out.text.len();
        self.out.text.push_str(words);
        let node = self.node;
        let leaf = *self.leaf.get_or_insert_with(|| self.tags.leaf(node));
        self.out.runs.push(Run {
            range: start..self.out.text.len(),
            style,
            leaf,
            link: self.link.clone(),
            object: None,
            address: self.address,
            span,
        });
    }

    fn object(&mut self, object: Object, style: TextStyle, span: Span) {
        let stands = match object {
            Object::Formula(_) => FORMULA,
            Object::Ruby(_) => RUBY,
            Object::Picture(..) | Object::Leader(_) => OBJECT,
        };
        self.raw(stands.encode_utf8(&mut [0; 4]), style, span);
        if let Some(run) = self.out.runs.last_mut() {
            run.object = Some(object);
        }
    }

    /// Does something below a new node.
    fn within(&mut self, role: Role, act: impl FnOnce(&mut Self)) {
        let parent = self.node;
        self.node = self.tags.add(parent, role);
        self.leaf = None;
        act(self);
        self.leaf = None;
        self.node = parent;
    }

    fn link(
        &mut self,
        id: ElementId,
        target: Option<&Target>,
        style: &Style,
        text: TextStyle,
    ) {
        let Some(destination) = self.document.leads_to(id) else {
            return self.children(id, style, text);
        };
        let tree = self.document.tree;
        let page = matches!(tree.get(id).semantics, Semantics::PageNumber(_));
        let words = if page {
            self.engine.introspection.page_of(&destination).unwrap_or_default()
        } else {
            spoken(tree, id)
        };
        let address =
            matches!(target, Some(Target::Address(it)) if looks_like(it, &words));
        let mut inner = text;
        if address {
            inner.letters.hyphenation = None;
        }
        let span = tree.get(id).span;
        self.linked(Role::Link, destination, &words, span, |this| {
            let outer = std::mem::replace(&mut this.address, address);
            if page {
                this.raw(&words, inner, tree.get(id).span);
            } else {
                this.children(id, style, inner);
            }
            this.address = outer;
        });
    }

    /// Does something within a link. A link within a link is but its words.
    fn linked(
        &mut self,
        role: Role,
        destination: Destination,
        words: &str,
        span: Span,
        act: impl FnOnce(&mut Self),
    ) {
        if self.link.is_some() {
            return act(self);
        }
        if matches!(&destination, Destination::Address(it) if it.len() > MAX_ADDRESS_BYTES)
        {
            self.sink.report(
                Diagnostic::new(
                    Code::TextTooLong,
                    "an address is too long for a link of the PDF",
                )
                .at(span)
                .hint("its words stand there without the link"),
            );
            return act(self);
        }
        let words = structure::shortened(words).map_or(words.into(), Arc::from);
        self.within(role, |this| {
            let link = Link { destination, node: this.node, words };
            let outer = this.link.replace(Arc::new(link));
            act(this);
            this.link = outer;
        });
    }

    fn note_reference(
        &mut self,
        id: ElementId,
        reference: NoteReference,
        style: &Style,
        text: TextStyle,
    ) {
        let NoteReference { note, occurrence, .. } = reference;
        let at = self.out.text.len();
        self.out.anchors.push((at, Anchor::Reference(note, occurrence)));
        let destination = Destination::Anchor(Anchor::Note(note));
        let words = self.document.tree.words(id);
        let span = self.document.tree.get(id).span;
        self.within(Role::Reference, |this| {
            this.linked(Role::Link, destination, &words, span, |this| {
                this.children(id, style, text);
            });
        });
    }

    fn math(&mut self, id: ElementId, math: &Math, text: TextStyle) {
        let span = self.document.tree.get(id).span;
        let alt = math.spoken(&self.document.language_of(id)).into_owned();
        let alt = self.sink.attribute(alt, span);
        let mathml = math.mathml.as_deref();
        let beside = (text.letters.face, text.size, text.color);
        if let Some(set) = mathml.and_then(|it| self.engine.formula(it, beside, span)) {
            return self.within(Role::Formula { alt }, |this| {
                this.object(Object::Formula(set), text, span);
            });
        }
        // What could not be read was said to be so.
        if mathml.is_some() {
            self.sink.math_as_source(span);
        }
        let mono = self.engine.fonts.mono();
        let mut text = text;
        text.letters.face = mono;
        text.letters.hyphenation = None;
        text.space.0 = self.engine.fonts.space(mono);
        text.size = text.size * 0.8;
        self.within(Role::Formula { alt }, |this| {
            this.raw(&math.source, text, span);
        });
    }

    /// Bases, each with the reading after it above it; what has none, or more in it than words, as
    /// it stands.
    fn ruby(&mut self, id: ElementId, style: &Style, text: TextStyle) {
        let tree = self.document.tree;
        let mut children = tree.get(id).children.iter().peekable();
        while let Some(child) = children.next() {
            let reading = children.peek().and_then(|next| match next {
                Child::Element(next) if tree.get(*next).name == "rt" => Some(*next),
                _ => None,
            });
            let set = match (child, reading) {
                (Child::Text(base), Some(reading)) => {
                    let (base, reading) = (base.text.trim(), tree.words(reading));
                    let span = tree.get(id).span;
                    ruby::ruby(self.engine, base, reading.trim(), &text, span)
                }
                _ => None,
            };
            let Some(set) = set else {
                self.child(child, style, text);
                continue;
            };
            children.next();
            self.object(Object::Ruby(Arc::new(set)), text, tree.get(id).span);
        }
    }

    fn picture(
        &mut self,
        id: ElementId,
        picture: PictureId,
        style: &Style,
        text: TextStyle,
    ) {
        let element = self.document.tree.get(id);
        let alt = element.value("alt").filter(|alt| !alt.is_empty());
        let alt = alt.or_else(|| element.value("src")).unwrap_or_default().into_owned();
        let object = Object::Picture(picture, PictureSize::of(style));
        let span = element.span;
        let alt = self.sink.attribute(alt, span);
        self.within(Role::Figure { alt }, |this| this.object(object, text, span));
    }
}

/// Runs of white space as one space each; none where one stands already.
fn collapsed(words: &str, after_space: bool) -> String {
    let mut collapsed = String::with_capacity(words.len());
    let mut space = after_space;
    for character in words.chars() {
        let white = matches!(character, ' ' | '\n' | '\t' | '\r');
        if !white {
            collapsed.push(character);
        } else if !space {
            collapsed.push(' ');
        }
        space = white;
    }
    collapsed
}

/// Tabs go to the next stop.
fn expand_tabs(line: &str, tab: usize, mut column: usize) -> String {
    let mut expanded = String::with_capacity(line.len());
    for character in line.chars() {
        match character {
            '\t' => {
                let wide = tab - column % tab;
                expanded.extend(std::iter::repeat_n(' ', wide));
                column += wide;
            }
            '\n' => {
                expanded.push('\n');
                column = 0;
            }
            other => {
                expanded.push(other);
                column += 1;
            }
        }
    }
    expanded
}

/// `text-transform`.
pub(crate) fn transformed(words: &str, transform: Transform) -> String {
    match transform {
        Transform::None => words.to_owned(),
        Transform::Uppercase => words.to_uppercase(),
        Transform::Lowercase => words.to_lowercase(),
        Transform::Capitalize => {
            let mut within = false;
            let mut out = String::with_capacity(words.len());
            for character in words.chars() {
                if within {
                    out.push(character);
                } else {
                    out.extend(character.to_uppercase());
                }
                within = character.is_alphanumeric() || within && character == '’';
            }
            out
        }
    }
}

/// What a link says to those who cannot see it: its words, those of a picture in it, or where it
/// leads.
fn spoken(tree: &Tree, id: ElementId) -> String {
    let words = tree.words(id);
    if !words.trim().is_empty() {
        return words;
    }
    let alt = tree
        .children(id)
        .find_map(|child| tree.get(child).value("alt").filter(|alt| !alt.is_empty()));
    let element = tree.get(id);
    let said = alt.or_else(|| element.value("aria-label"));
    said.or_else(|| element.value("href")).unwrap_or_default().into_owned()
}

/// Whether the words of a link are its address.
fn looks_like(address: &str, words: &str) -> bool {
    let bare = |text: &str| {
        let text = text.split_once("://").map_or(text, |(_, rest)| rest);
        text.trim_start_matches("www.").trim_end_matches('/').to_lowercase()
    };
    let (address, words) = (bare(address), bare(words));
    address == words || words.contains('/') && address.starts_with(&words)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tabs_go_to_the_next_stop() {
        assert_eq!(expand_tabs("a\tb\t\tc", 4, 0), "a   b       c");
        assert_eq!(expand_tabs("\tb\n\tc", 4, 2), "  b\n    c");
    }

    #[test]
    fn white_space_collapses_across_elements() {
        assert_eq!(collapsed(" a \n b ", true), "a b ");
        assert_eq!(collapsed(" a", false), " a");
    }

    #[test]
    fn every_word_is_capitalized() {
        assert_eq!(
            transformed("the king’s man", Transform::Capitalize),
            "The King’s Man"
        );
    }
}
