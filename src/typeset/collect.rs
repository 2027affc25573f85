//! Collecting: a paragraph's inlines as one string, with what applies to each part of it.

use std::ops::Range;
use std::sync::Arc;

use super::fonts::Family;
use super::frame::{Anchor, Color, Destination};
use super::setter::Setter;
use super::structure::{LeafId, NodeId, Role};
use super::words::{HyphenationLanguage, Letters};
use crate::book::note_label;
use crate::document::{
    ChapterId, Inline, InlineKind, NoteReference, Phrase, PhraseRole, Picture, PictureId,
    Target, plain_text,
};
use crate::source::Span;
use crate::units::Pt;

/// How a stretch of text is set.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TextStyle {
    /// The letters.
    pub letters: Letters,
    /// Their size.
    pub size: Pt,
    /// How far above the baseline they stand.
    pub rise: Pt,
    /// How black they are.
    pub color: Color,
    /// Whether a line runs below them.
    pub underline: bool,
    /// Whether a line runs through them.
    pub strike: bool,
    /// Whether they stand on grey.
    pub mark: bool,
}

/// Everything that one paragraph sets.
#[derive(Debug, Default)]
pub struct Collected {
    /// The text, [`OBJECT`] for each picture.
    pub text: String,
    /// What applies to it: runs that follow one another without a gap.
    pub runs: Vec<Run>,
    /// The links that runs refer to.
    pub links: Vec<Arc<Link>>,
    /// The places that links may lead to, by where they are in the text.
    pub anchors: Vec<(usize, Anchor)>,
}

/// Stands in the text for a picture (U+FFFC).
pub const OBJECT: char = '\u{fffc}';

/// Part of a paragraph to which one set of things applies.
#[derive(Debug, Clone)]
pub struct Run {
    /// Which part of the text.
    pub range: Range<usize>,
    /// How it is set.
    pub style: TextStyle,
    /// Its leaf in the structure.
    pub leaf: LeafId,
    /// Its link.
    pub link: Option<Arc<Link>>,
    /// The picture that its text stands for.
    pub picture: Option<PictureId>,
    /// Whether it is an address, and may break where an address may.
    pub address: bool,
    /// Where it was written.
    pub span: Span,
}

/// A link within a paragraph.
#[derive(Debug, PartialEq)]
pub struct Link {
    /// Where it leads.
    pub destination: Destination,
    /// Its node in the structure.
    pub node: NodeId,
    /// Its words.
    pub words: Arc<str>,
}

/// Collects the inlines of one paragraph below `node`.
pub fn collect(
    setter: &mut Setter,
    chapter: Option<ChapterId>,
    inlines: &[Inline],
    style: TextStyle,
    node: NodeId,
) -> Collected {
    let mut collector = Collector {
        setter,
        chapter,
        out: Collected::default(),
        node,
        leaf: None,
        link: None,
        address: false,
        mark_end: None,
    };
    collector.inlines(inlines, style);
    collector.out
}

/// Collects plain words.
pub fn words(
    setter: &mut Setter,
    text: &str,
    style: TextStyle,
    node: NodeId,
) -> Collected {
    let leaf = setter.structure.leaf(node);
    let run = Run {
        range: 0..text.len(),
        style,
        leaf,
        link: None,
        picture: None,
        address: false,
        span: setter.nowhere,
    };
    Collected { text: text.to_owned(), runs: vec![run], ..Collected::default() }
}

struct Collector<'a, 'w> {
    setter: &'a mut Setter<'w>,
    chapter: Option<ChapterId>,
    out: Collected,
    node: NodeId,
    /// The leaf that text goes into, as long as nothing else comes between.
    leaf: Option<LeafId>,
    link: Option<Arc<Link>>,
    address: bool,
    /// Where the last mark ends: one that begins there follows a comma.
    mark_end: Option<usize>,
}

impl Collector<'_, '_> {
    fn inlines(&mut self, inlines: &[Inline], style: TextStyle) {
        for inline in inlines {
            self.inline(inline, style);
        }
    }

    fn inline(&mut self, inline: &Inline, style: TextStyle) {
        match &inline.kind {
            InlineKind::Text(text) => self.text(text, style, inline.span),
            InlineKind::Code(code) => self.text(code, code_style(style), inline.span),
            InlineKind::Phrase(phrase) => self.phrase(phrase, style, inline.span),
            InlineKind::Link { target, content, .. } => {
                self.link(target, content, style, inline.span);
            }
            InlineKind::Picture(picture) => self.picture(picture, style, inline.span),
            InlineKind::NoteReference(reference) => {
                self.note_reference(*reference, style, inline.span);
            }
            InlineKind::FootnoteReference(label) => {
                self.text(&format!("[^{label}]"), style, inline.span);
            }
            // `book` has put all of them into words.
            InlineKind::Citation(_) => {}
            InlineKind::Math(math) => {
                self.setter.math_as_source(inline.span);
                let formula = Role::Formula { alt: math.source.clone() };
                self.within(formula, |this| {
                    this.text(&math.source, code_style(style), inline.span);
                });
            }
            InlineKind::LineBreak => self.text("\n", style, inline.span),
            InlineKind::Ruby { base, reading } => {
                self.inlines(base, style);
                self.text(" (", style, inline.span);
                self.inlines(reading, style);
                self.text(")", style, inline.span);
            }
        }
    }

    fn text(&mut self, text: &str, style: TextStyle, span: Span) {
        if text.is_empty() {
            return;
        }
        let start = self.out.text.len();
        self.out.text.push_str(text);
        let node = self.node;
        let leaf = *self.leaf.get_or_insert_with(|| self.setter.structure.leaf(node));
        self.out.runs.push(Run {
            range: start..self.out.text.len(),
            style,
            leaf,
            link: self.link.clone(),
            picture: None,
            address: self.address,
            span,
        });
    }

    /// Does something below a new node.
    fn within(&mut self, role: Role, act: impl FnOnce(&mut Self)) {
        let parent = self.node;
        self.node = self.setter.structure.add(parent, role);
        self.leaf = None;
        act(self);
        self.leaf = None;
        self.node = parent;
    }

    fn phrase(&mut self, phrase: &Phrase, style: TextStyle, span: Span) {
        self.anchor(phrase.attributes.id.as_deref());
        let inner = phrase_style(phrase.role, style);
        match &phrase.attributes.lang {
            Some(language) => {
                let letters = Letters {
                    hyphenation: HyphenationLanguage::of(language),
                    ..inner.letters
                };
                let inner = TextStyle { letters, ..inner };
                self.within(Role::Span, |this| {
                    let node = this.node;
                    this.setter.structure.set_language(node, language);
                    this.phrase_content(phrase, inner, span);
                });
            }
            None => self.phrase_content(phrase, inner, span),
        }
    }

    fn phrase_content(&mut self, phrase: &Phrase, style: TextStyle, span: Span) {
        if phrase.role == PhraseRole::Quote {
            let [open, close, ..] = self.setter.language.quotation_marks();
            self.text(open, style, span);
            self.inlines(&phrase.content, style);
            self.text(close, style, span);
        } else {
            self.inlines(&phrase.content, style);
        }
    }

    fn anchor(&mut self, id: Option<&str>) {
        if let (Some(id), Some(chapter)) = (id, self.chapter) {
            self.out.anchors.push((self.out.text.len(), Anchor::Id(chapter, id.into())));
        }
    }

    fn link(
        &mut self,
        target: &Target,
        content: &[Inline],
        style: TextStyle,
        span: Span,
    ) {
        let words = plain_text(content);
        let destination = match target {
            Target::Address(address) => Destination::Address(address.as_str().into()),
            Target::Chapter { chapter, id: None } => {
                Destination::Anchor(Anchor::Chapter(*chapter))
            }
            Target::Chapter { chapter, id: Some(id) } => {
                Destination::Anchor(Anchor::Id(*chapter, id.as_str().into()))
            }
            Target::Note(note) => Destination::Anchor(Anchor::Note(*note)),
            Target::Reference(note, occurrence) => {
                Destination::Anchor(Anchor::Reference(*note, *occurrence))
            }
            Target::Written(_) => return self.inlines(content, style),
        };
        let address =
            matches!(target, Target::Address(address) if looks_like(address, &words));
        // Within a chapter the reader is on the spot, or nearly.
        let page = match target {
            Target::Chapter { chapter, .. } if Some(*chapter) != self.chapter => {
                self.setter.page_of(&destination)
            }
            _ => None,
        };
        let mut inner = style;
        if address {
            inner.letters.hyphenation = None;
        }
        self.linked(Role::Link, destination, &words, |this| {
            let outer = std::mem::replace(&mut this.address, address);
            this.inlines(content, inner);
            this.address = outer;
        });
        if let Some(page) = page {
            let see = self.setter.language.words().see_page;
            self.text(&format!(" ({see}\u{a0}{page})"), style, span);
        }
    }

    /// Does something within a link.
    fn linked(
        &mut self,
        role: Role,
        destination: Destination,
        words: &str,
        act: impl FnOnce(&mut Self),
    ) {
        self.within(role, |this| {
            let link = Link { destination, node: this.node, words: words.into() };
            let outer = this.link.replace(Arc::new(link));
            act(this);
            this.link = outer;
        });
    }

    fn note_reference(&mut self, reference: NoteReference, style: TextStyle, span: Span) {
        let NoteReference { note, number, occurrence } = reference;
        let words = note_label(self.setter.marks, number);
        if self.mark_end == Some(self.out.text.len()) {
            self.text(&format!("{JOINER},"), raised(",", style), span);
        }
        // The place is behind the joiner: what stands there begins with the mark itself.
        let at = self.out.text.len() + JOINER.len_utf8();
        self.out.anchors.push((at, Anchor::Reference(note, occurrence)));
        let destination = Destination::Anchor(Anchor::Note(note));
        self.within(Role::Reference, |this| {
            this.linked(Role::Link, destination, &words, |this| {
                // A reference stays on the line of what it refers from.
                this.text(&format!("{JOINER}{words}"), raised(&words, style), span);
            });
        });
        self.mark_end = Some(self.out.text.len());
    }

    fn picture(&mut self, picture: &Picture, style: TextStyle, span: Span) {
        let Some(id) = picture.id else {
            let words = self.setter.language.words().missing_picture;
            let text = format!("[{words}: {}]", picture.alt);
            return self.text(&text, style, span);
        };
        let alt = if picture.alt.is_empty() {
            picture.address.clone()
        } else {
            picture.alt.clone()
        };
        self.within(Role::Figure { alt }, |this| {
            this.text(OBJECT.encode_utf8(&mut [0; 4]), style, span);
            if let Some(run) = this.out.runs.last_mut() {
                run.picture = Some(id);
            }
        });
    }
}

/// Word joiner: no line breaks at it.
const JOINER: char = '\u{2060}';

/// Whether the words of a link are its address.
fn looks_like(address: &str, words: &str) -> bool {
    let bare = |text: &str| {
        let text = text.split_once("://").map_or(text, |(_, rest)| rest);
        text.trim_start_matches("www.").trim_end_matches('/').to_lowercase()
    };
    let (address, words) = (bare(address), bare(words));
    address == words || words.contains('/') && address.starts_with(&words)
}

/// How the mark of a note is set: figures are superior ones, an asterisk is high by nature, and
/// what has no such forms is made smaller and raised.
fn raised(words: &str, style: TextStyle) -> TextStyle {
    let mut style = style;
    style.letters.features.old_style = false;
    style.letters.face.italic = false;
    style.letters.hyphenation = None;
    if words.starts_with(|first: char| first.is_ascii_digit()) {
        style.letters.features.superior = true;
    } else if !words.starts_with('*') {
        style.rise += style.size * 0.3;
        style.size = style.size * 0.7;
    }
    style
}

/// Code within text: mono, at the text's x-height.
fn code_style(style: TextStyle) -> TextStyle {
    let mut letters = style.letters;
    letters.face.family = Family::Mono;
    letters.features = super::shape::Features::default();
    letters.hyphenation = None;
    let size = if style.letters.face.family == Family::Mono {
        style.size
    } else {
        style.size * 0.8
    };
    TextStyle { letters, size, ..style }
}

fn phrase_style(role: PhraseRole, style: TextStyle) -> TextStyle {
    let mut style = style;
    match role {
        PhraseRole::Emphasis | PhraseRole::Italic | PhraseRole::Cite => {
            style.letters.face.italic = !style.letters.face.italic;
        }
        PhraseRole::Strong | PhraseRole::Bold => style.letters.face.bold = true,
        PhraseRole::Underline | PhraseRole::Inserted => style.underline = true,
        PhraseRole::Strike | PhraseRole::Deleted => style.strike = true,
        PhraseRole::Superscript => {
            style.rise += style.size * 0.34;
            style.size = style.size * 0.68;
        }
        PhraseRole::Subscript => {
            style.rise -= style.size * 0.14;
            style.size = style.size * 0.68;
        }
        PhraseRole::Small => style.size = style.size * 0.85,
        PhraseRole::Mark => style.mark = true,
        PhraseRole::Keyboard => style = code_style(style),
        PhraseRole::Abbreviation
        | PhraseRole::Quote
        | PhraseRole::Time
        | PhraseRole::Span => {}
    }
    style
}
