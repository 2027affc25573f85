//! Open elements, and the nodes that they become when they close.

use crate::diag::{Code, Diagnostic};
use crate::document::{
    Alignment, Attributes, Block, BlockKind, Cell, Division, Figure, Inline, InlineKind,
    List, ListItem, Phrase, PhraseRole, Picture, Target, plain_text,
};
use crate::source::Span;

use super::code;
use super::piece::{Piece, into_blocks, into_inlines, list};
use super::stack::Frame;
use super::table::{TableBuilder, row};

/// What an open element will become.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Element {
    /// Nothing: its parts are its parent's.
    Transparent,
    /// Nothing, and its parts vanish with it.
    Vanishing,
    Footnote(String),
    Paragraph,
    Heading(u8),
    Quotation {
        cite: Option<String>,
    },
    Division(Division),
    List {
        start: Option<i64>,
        reversed: bool,
    },
    Item {
        task: Option<bool>,
        value: Option<i64>,
    },
    Definitions,
    Term,
    Description,
    /// Preformatted text.
    Code {
        language: Option<String>,
    },
    Table {
        columns: Vec<Alignment>,
    },
    RowGroup {
        head: bool,
    },
    Row {
        head: bool,
    },
    Cell {
        head: bool,
        columns: u16,
        rows: u16,
        alignment: Option<Alignment>,
    },
    Caption,
    Figure,
    Phrase {
        role: PhraseRole,
        title: String,
    },
    InlineCode,
    Link {
        address: String,
        title: String,
    },
    Picture {
        address: String,
        title: String,
    },
    Ruby,
    Reading,
}

impl Element {
    /// Whether it stands on lines of its own.
    pub(super) fn is_block(&self) -> bool {
        !matches!(
            self,
            Self::Transparent
                | Self::Vanishing
                | Self::Phrase { .. }
                | Self::InlineCode
                | Self::Link { .. }
                | Self::Picture { .. }
                | Self::Ruby
                | Self::Reading
        )
    }

    /// Whether it is a part of a line.
    pub(super) fn is_within_line(&self) -> bool {
        !self.is_block() && !matches!(self, Self::Transparent | Self::Vanishing)
    }

    /// Whether spaces and line ends in it are kept.
    pub(super) fn is_verbatim(&self) -> bool {
        matches!(self, Self::Code { .. })
    }
}

/// What a frame leaves to its parent.
pub(super) fn finish(frame: Frame) -> Vec<Piece> {
    let Frame { element, attributes, span, pieces, origin } = frame;
    let whole =
        |kind| vec![Piece::Block(Block { kind, attributes: attributes.clone(), span })];
    match element {
        Element::Transparent => pieces,
        Element::Vanishing | Element::Footnote(_) => Vec::new(),
        Element::Paragraph => paragraph(pieces, attributes, span),
        Element::Heading(level) => {
            let content = into_inlines(pieces, span);
            if content.iter().all(super::piece::is_blank) {
                return Vec::new();
            }
            whole(BlockKind::Heading { level, content })
        }
        Element::Quotation { cite } => {
            let blocks = into_blocks(pieces, span);
            whole(BlockKind::Quotation { blocks, source: None, cite })
        }
        Element::Division(role) => {
            whole(BlockKind::Division { role, blocks: into_blocks(pieces, span) })
        }
        Element::List { start, reversed } => {
            let list = List { reversed, ..list(start, pieces, span) };
            if list.items.is_empty() { Vec::new() } else { whole(BlockKind::List(list)) }
        }
        Element::Item { task, value } => {
            let mut item = item(task, pieces, attributes, span);
            if let Piece::Item { item, .. } = &mut item {
                item.value = value;
            }
            vec![item]
        }
        Element::Definitions => into_blocks(pieces, span)
            .into_iter()
            .map(|block| Piece::Block(Block { attributes: attributes.clone(), ..block }))
            .collect(),
        Element::Term => vec![Piece::Term(into_inlines(pieces, span))],
        Element::Description => {
            let mut blocks = into_blocks(pieces, span);
            let attributes = name_first(&mut blocks, attributes);
            if attributes != Attributes::default() {
                let kind = BlockKind::Division { role: Division::Plain, blocks };
                blocks = vec![Block { kind, attributes, span }];
            }
            vec![Piece::Description(blocks)]
        }
        Element::Code { language } => {
            let in_html = matches!(origin, super::stack::Origin::Html(_));
            let (text, runs) = code::read(pieces, span, in_html);
            let language = language.or_else(|| language_of(&attributes));
            whole(BlockKind::Code { language, text, runs })
        }
        Element::Table { columns } => table(columns, pieces, attributes, span),
        Element::RowGroup { head } => row_group(head, pieces),
        Element::Row { head } => vec![row(pieces, head)],
        Element::Cell { head, columns, rows, alignment } => {
            let mut blocks = into_blocks(pieces, span);
            let attributes = name_first(&mut blocks, attributes);
            let cell = Cell { head, columns, rows, attributes, blocks };
            vec![Piece::Cell { cell, alignment }]
        }
        Element::Caption => vec![Piece::Caption(caption(pieces, span))],
        Element::Figure => figure(pieces, attributes, span),
        Element::Phrase { role, title } => spread(pieces, |content| {
            let (attributes, title) = (attributes.clone(), title.clone());
            let phrase = Phrase { role, content, attributes, title };
            vec![Inline::new(InlineKind::Phrase(phrase), span)]
        }),
        Element::InlineCode => spread(pieces, code_inlines),
        Element::Link { address, title } => {
            named(link(address, &title, pieces, span), attributes, span)
        }
        Element::Picture { address, title } => {
            let alt = plain_text(&into_inlines(pieces, span));
            let alt = alt.split_whitespace().collect::<Vec<_>>().join(" ");
            let picture =
                Picture { address, alt, title, attributes, id: None, unreadable: false };
            vec![Piece::Inline(Inline::new(InlineKind::Picture(picture), span))]
        }
        Element::Ruby => ruby(pieces, span),
        Element::Reading => vec![Piece::Reading(into_inlines(pieces, span))],
    }
}

fn paragraph(pieces: Vec<Piece>, attributes: Attributes, span: Span) -> Vec<Piece> {
    let mut blocks = into_blocks(pieces, span);
    if let [only] = blocks.as_mut_slice()
        && matches!(only.kind, BlockKind::Paragraph(_))
    {
        only.attributes = attributes;
    } else if attributes != Attributes::default() && !blocks.is_empty() {
        let kind = BlockKind::Division { role: Division::Plain, blocks };
        return vec![Piece::Block(Block { kind, attributes, span })];
    }
    blocks.into_iter().map(Piece::Block).collect()
}

/// Gives the id of an element whose node cannot be a place to its first block; the rest is left.
fn name_first(blocks: &mut [Block], mut attributes: Attributes) -> Attributes {
    let id = attributes.id.take();
    if let Some(first) = blocks.first_mut() {
        first.attributes.id = first.attributes.id.take().or(id);
    }
    attributes
}

/// A link that is also a place gets an anchor before it, and one with classes a phrase around it.
fn named(mut pieces: Vec<Piece>, mut attributes: Attributes, span: Span) -> Vec<Piece> {
    let classes = std::mem::take(&mut attributes.classes);
    if !classes.is_empty() {
        for piece in &mut pieces {
            if let Piece::Inline(inline) = piece
                && !plain_text(std::slice::from_ref(inline)).trim().is_empty()
            {
                let attributes =
                    Attributes { classes: classes.clone(), ..Attributes::default() };
                let (role, title) = (PhraseRole::Span, String::new());
                let content = vec![inline.clone()];
                let phrase = Phrase { role, content, attributes, title };
                inline.kind = InlineKind::Phrase(phrase);
            }
        }
    }
    if attributes.id.is_some() {
        let (role, title) = (PhraseRole::Span, String::new());
        let phrase = Phrase { role, content: Vec::new(), attributes, title };
        pieces.insert(0, Piece::Inline(Inline::new(InlineKind::Phrase(phrase), span)));
    }
    pieces
}

fn item(
    task: Option<bool>,
    pieces: Vec<Piece>,
    attributes: Attributes,
    span: Span,
) -> Piece {
    let loose = pieces.iter().any(|piece| {
        matches!(piece, Piece::Block(Block { kind: BlockKind::Paragraph(_), .. }))
    });
    let mut blocks = into_blocks(pieces, span);
    let attributes = name_first(&mut blocks, attributes);
    let item = ListItem { task, value: None, attributes, blocks, span };
    Piece::Item { item, loose }
}

/// What to say of a `lang` that is no language tag.
pub(super) fn no_language(written: &str, span: Span) -> Diagnostic {
    let message = format!("`{written}` is no BCP 47 tag, and was left out");
    let hint = "write a tag such as `en`, `pt-BR` or `zh-Hant`";
    Diagnostic::new(Code::LanguageTag, message).at(span).hint(hint)
}

/// The language that a class such as `language-rust` names.
pub(super) fn language_of(attributes: &Attributes) -> Option<String> {
    let class = attributes.classes.iter().find_map(|class| {
        class.strip_prefix("language-").or_else(|| class.strip_prefix("lang-"))
    });
    class.map(str::to_owned)
}

fn table(
    columns: Vec<Alignment>,
    pieces: Vec<Piece>,
    attributes: Attributes,
    span: Span,
) -> Vec<Piece> {
    let mut table = TableBuilder::with_columns(columns);
    for piece in pieces {
        table.take(piece);
    }
    let mut blocks = table.finish(span);
    if let Some(Block { attributes: place, .. }) = blocks.last_mut() {
        *place = attributes;
    }
    blocks.into_iter().map(Piece::Block).collect()
}

fn row_group(head: bool, pieces: Vec<Piece>) -> Vec<Piece> {
    let mark = |piece| match piece {
        Piece::Row { row, alignments, .. } => Piece::Row { row, head, alignments },
        other => other,
    };
    pieces.into_iter().map(mark).collect()
}

/// A caption may be of several paragraphs; each begins on a new line.
fn caption(pieces: Vec<Piece>, span: Span) -> Vec<Inline> {
    let mut caption = Vec::new();
    for block in into_blocks(pieces, span) {
        if !caption.is_empty() {
            caption.push(Inline::new(InlineKind::LineBreak, block.span));
        }
        caption.extend(super::piece::flatten(vec![block]));
    }
    caption
}

fn figure(pieces: Vec<Piece>, attributes: Attributes, span: Span) -> Vec<Piece> {
    let mut figure =
        Figure { blocks: Vec::new(), caption: Vec::new(), credit: Vec::new() };
    let mut shown = Vec::new();
    for piece in pieces {
        match piece {
            Piece::Caption(caption) => figure.caption.extend(caption),
            other => shown.push(other),
        }
    }
    figure.blocks = into_blocks(shown, span);
    if figure.blocks.is_empty() && figure.caption.is_empty() {
        return Vec::new();
    }
    vec![Piece::Block(Block { kind: BlockKind::Figure(figure), attributes, span })]
}

fn link(address: String, title: &str, pieces: Vec<Piece>, span: Span) -> Vec<Piece> {
    let wrap = |content: Vec<Inline>| {
        let target = Target::Unresolved(address.clone());
        let kind = InlineKind::Link { target, title: title.to_owned(), content };
        vec![Inline::new(kind, span)]
    };
    let empty = pieces.iter().all(|piece| match piece {
        Piece::Inline(inline) => super::piece::is_blank(inline),
        _ => false,
    });
    match (empty, address.contains("://")) {
        // A link without words can be followed by nobody; its address is all that it says.
        (true, true) => wrap(vec![Inline::text(address.clone(), span)])
            .into_iter()
            .map(Piece::Inline)
            .collect(),
        (true, false) => pieces,
        (false, _) => spread(pieces, wrap),
    }
}

/// Sets inlines apart; where blocks stand among them, within each of the blocks, as browsers
/// show it.
fn spread(pieces: Vec<Piece>, wrap: impl Fn(Vec<Inline>) -> Vec<Inline>) -> Vec<Piece> {
    let mut spread = Vec::new();
    let mut run = Vec::new();
    let end = |run: &mut Vec<Inline>, spread: &mut Vec<Piece>| {
        if !run.is_empty() {
            spread.extend(wrap(std::mem::take(run)).into_iter().map(Piece::Inline));
        }
    };
    let empty = pieces.is_empty();
    for piece in pieces {
        match piece {
            Piece::Inline(inline) => run.push(inline),
            Piece::Block(mut block) => {
                end(&mut run, &mut spread);
                if let BlockKind::Paragraph(content)
                | BlockKind::Heading { content, .. } = &mut block.kind
                {
                    *content = wrap(std::mem::take(content));
                }
                spread.push(Piece::Block(block));
            }
            other => {
                end(&mut run, &mut spread);
                spread.push(other);
            }
        }
    }
    end(&mut run, &mut spread);
    if empty {
        // `<span id="place"></span>` is a place to link to.
        spread.extend(wrap(Vec::new()).into_iter().map(Piece::Inline));
    }
    spread
}

/// Makes every word of these inlines code, whatever sets it apart.
fn code_inlines(inlines: Vec<Inline>) -> Vec<Inline> {
    let mut code: Vec<Inline> = Vec::new();
    for mut inline in inlines {
        match &mut inline.kind {
            InlineKind::Text(text) => {
                let text = std::mem::take(text);
                if let Some(Inline { kind: InlineKind::Code(before), .. }) =
                    code.last_mut()
                {
                    before.push_str(&text);
                    continue;
                }
                inline.kind = InlineKind::Code(text);
            }
            InlineKind::Phrase(Phrase { content, .. })
            | InlineKind::Link { content, .. } => {
                *content = code_inlines(std::mem::take(content));
            }
            _ => {}
        }
        code.push(inline);
    }
    code
}

fn ruby(pieces: Vec<Piece>, span: Span) -> Vec<Piece> {
    let mut parts = Vec::new();
    let mut base = Vec::new();
    for piece in pieces {
        match piece {
            Piece::Reading(reading) => {
                let base = std::mem::take(&mut base);
                let kind = InlineKind::Ruby { base, reading };
                parts.push(Piece::Inline(Inline::new(kind, span)));
            }
            Piece::Inline(inline) => base.push(inline),
            other => base.extend(into_inlines(vec![other], span)),
        }
    }
    parts.extend(base.into_iter().map(Piece::Inline));
    parts
}
