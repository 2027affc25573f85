//! hayagriva's trees of text into ours.

use hayagriva::citationberg::{
    Display, FontStyle, FontVariant, FontWeight, TextDecoration, VerticalAlign,
};
use hayagriva::{ElemChild, ElemChildren, ElemMeta, Formatted};

use super::work::{MARKS, NUMBER_COMMA, SOFT_HYPHEN};
use crate::bibliography::markup::Style;
use crate::document::{Inline, InlineKind, PhraseRole, Target};
use crate::source::Span;

/// Words in one manner.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Piece {
    text: String,
    format: Format,
    address: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Format {
    /// In the order of [`MARKS`].
    styles: [bool; MARKS.len()],
    is_underlined: bool,
}

/// The words of a tree, flat.
pub(super) fn pieces(children: &ElemChildren) -> Vec<Piece> {
    let mut pieces = Vec::new();
    flatten(children, &mut pieces);
    pieces
}

fn flatten(children: &ElemChildren, pieces: &mut Vec<Piece>) {
    for child in &children.0 {
        match child {
            ElemChild::Text(text) => pieces.push(piece(text, None)),
            ElemChild::Link { text, url } => pieces.push(piece(text, Some(url))),
            ElemChild::Elem(elem) => {
                let apart =
                    matches!(elem.display, Some(Display::Block | Display::Indent));
                if apart && pieces.last().is_some_and(|last| !last.text.ends_with(' ')) {
                    pieces.push(plain(" "));
                }
                flatten(&elem.children, pieces);
            }
            ElemChild::Markup(text) => pieces.push(plain(text)),
            ElemChild::Transparent { .. } => {}
        }
    }
}

fn plain(text: &str) -> Piece {
    Piece { text: text.to_owned(), format: Format::default(), address: None }
}

fn piece(text: &Formatted, address: Option<&String>) -> Piece {
    let formatting = &text.formatting;
    let styles = MARKS.map(|(_, style)| match style {
        Style::Italic => formatting.font_style == FontStyle::Italic,
        Style::Bold => formatting.font_weight == FontWeight::Bold,
        Style::Superscript => formatting.vertical_align == VerticalAlign::Sup,
        Style::Subscript => formatting.vertical_align == VerticalAlign::Sub,
        Style::SmallCaps => formatting.font_variant == FontVariant::SmallCaps,
    });
    let is_underlined = formatting.text_decoration == TextDecoration::Underline;
    let format = Format { styles, is_underlined };
    let words = match address {
        Some(_) => text.text.clone(),
        None => text.text.replace(SOFT_HYPHEN, "-").replace(NUMBER_COMMA, ","),
    };
    Piece { text: words, format, address: address.cloned() }
}

/// The words of a tree but for its first names, and for the marks that followed them.
pub(super) fn without_names(mut children: ElemChildren) -> Vec<Piece> {
    if !remove_names(&mut children) {
        return pieces(&children);
    }
    let mut pieces = pieces(&children);
    while let Some(first) = pieces.first_mut() {
        let rest = first.text.trim_start_matches([' ', ',', ';', ':', '.', '\u{a0}']);
        first.text.drain(..first.text.len() - rest.len());
        if !first.text.is_empty() {
            break;
        }
        pieces.remove(0);
    }
    pieces
}

fn remove_names(children: &mut ElemChildren) -> bool {
    let is_names = |child: &ElemChild| matches!(child, ElemChild::Elem(elem) if matches!(elem.meta, Some(ElemMeta::Names(_))));
    if let Some(at) = children.0.iter().position(is_names) {
        children.0.remove(at);
        return true;
    }
    children.0.iter_mut().any(|child| match child {
        ElemChild::Elem(elem) => remove_names(&mut elem.children),
        _ => false,
    })
}

/// The first names of a tree; all of it if there are none.
pub(super) fn names(children: &ElemChildren) -> Vec<Piece> {
    pieces(children.find_names().map_or(children, |elem| &elem.children))
}

/// Puts one text in place of another.
pub(super) fn replace(pieces: &mut [Piece], from: &str, to: &str) {
    for piece in pieces {
        if piece.text.contains(from) {
            piece.text = piece.text.replace(from, to);
        }
    }
}

/// An entry of the bibliography: its label, if it has one, and its words.
pub(super) fn entry(
    label: Option<ElemChild>,
    content: ElemChildren,
    span: Span,
) -> Vec<Inline> {
    let mut all = label.map_or_else(Vec::new, |label| pieces(&ElemChildren(vec![label])));
    let words = pieces(&content);
    let ends = all.last().is_none_or(|label| label.text.ends_with(' '));
    if !ends && words.first().is_some_and(|first| !first.text.starts_with(' ')) {
        all.push(plain(" "));
    }
    all.extend(words);
    inlines(all, span)
}

/// The words as our text. The marks that stand for a title's tags turn styles on and off.
pub(super) fn inlines(pieces: Vec<Piece>, span: Span) -> Vec<Inline> {
    let mut runs: Vec<Piece> = Vec::new();
    let mut turned = [false; MARKS.len()];
    for Piece { text, format, address } in pieces {
        for part in text.split_inclusive(is_mark) {
            let words = part.trim_end_matches(is_mark);
            let mut format = format;
            for (style, turned) in format.styles.iter_mut().zip(turned) {
                *style ^= turned;
            }
            match runs.last_mut() {
                _ if words.is_empty() => {}
                Some(last) if last.format == format && last.address == address => {
                    last.text.push_str(words);
                }
                _ => runs.push(Piece {
                    text: words.to_owned(),
                    format,
                    address: address.clone(),
                }),
            }
            let mark = part.chars().next_back();
            if let Some(at) = MARKS.iter().position(|(it, _)| Some(*it) == mark) {
                turned[at] = !turned[at];
            }
        }
    }
    runs.into_iter().map(|run| inline(run, span)).collect()
}

fn is_mark(c: char) -> bool {
    MARKS.iter().any(|(mark, _)| *mark == c)
}

fn inline(Piece { text, format, address }: Piece, span: Span) -> Inline {
    let mut inline = Inline::text(text, span);
    if let Some(address) = address {
        let kind = InlineKind::Link {
            target: Target::Address(address),
            title: String::new(),
            content: vec![inline],
        };
        inline = Inline::new(kind, span);
    }
    if format.is_underlined {
        inline = Inline::phrase(PhraseRole::Underline, vec![inline], span);
    }
    for ((_, style), is_on) in MARKS.iter().zip(format.styles) {
        if is_on {
            inline = style.wrap(vec![inline], span);
        }
    }
    inline
}
