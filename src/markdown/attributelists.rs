//! Attribute lists, as kramdown, pandoc and others have them: `{.class #id width=50%}`, with a
//! colon first or without, after a part of a line or on a line of their own for a block.
//!
//! What else stands so that is only for a program, such as `[TOC]`, leaves no trace either.

use crate::diag::Diagnostic;
use crate::document::{
    Attributes, Block, BlockKind, Direction, Document, Inline, InlineKind, List, Phrase,
    PhraseRole, VisitMut, plain_text, walk_block_mut, walk_inline_mut,
};
use crate::language::Language;
use crate::manuscript::Post;
use crate::source::Span;

use super::attributelist::{MAX_LIST_BYTES, parse};
use super::element::{language_of, no_language};
use super::piece::is_blank;

/// Lines that ask a program for a table of contents, or a printer for a new page.
const ORDERS: [&str; 11] = [
    "[TOC]",
    "[[TOC]]",
    "[[_TOC_]]",
    "[toc]",
    "${toc}",
    "{{toc}}",
    "\\newpage",
    "\\pagebreak",
    "\\clearpage",
    "\\tableofcontents",
    "<!-- toc -->",
];

/// Gives each element what its list says.
pub(super) fn read(
    document: &mut Document,
    post: &Post,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let mut lists =
        AttributeLists { language: &post.language, text: &post.text, diagnostics };
    lists.blocks(&mut document.blocks);
    for footnote in &mut document.footnotes {
        lists.blocks(&mut footnote.blocks);
    }
}

struct AttributeLists<'a> {
    /// The language of the post.
    language: &'a Language,
    /// The post's text.
    text: &'a str,
    diagnostics: &'a mut Vec<Diagnostic>,
}

impl AttributeLists<'_> {
    /// Whether what stands at a place is behind a backslash, and so is text.
    fn is_escaped(&self, span: Span) -> bool {
        self.text.get(..span.range().start).is_some_and(|before| before.ends_with('\\'))
    }

    /// A list whose language is one, with the direction of that where it says none itself.
    fn settled(&mut self, list: Attributes, span: Span) -> Attributes {
        let Some(written) = list.lang else { return list };
        let Some(language) = Language::parse(&written) else {
            self.diagnostics.push(no_language(&written, span));
            return Attributes { lang: None, ..list };
        };
        let dir = match (language.is_right_to_left(), self.language.is_right_to_left()) {
            (own, around) if own == around => None,
            (true, _) => Some(Direction::RightToLeft),
            (false, _) => Some(Direction::LeftToRight),
        };
        let lang = Some(language.tag().to_owned());
        Attributes { lang, dir: list.dir.or(dir), ..list }
    }

    /// Whether a list on a line of its own stands hard above what follows it, and apart from what
    /// comes before.
    fn stands_above(&self, list: Span) -> bool {
        let is_blank =
            |line: Option<&str>| line.is_none_or(|line| line.trim().is_empty());
        let range = list.range();
        let (Some(before), Some(after)) =
            (self.text.get(..range.start), self.text.get(range.end..))
        else {
            return false;
        };
        let mut above = before.split('\n').rev();
        let mut below = after.split('\n');
        is_blank(above.next())
            && is_blank(above.next())
            && is_blank(below.next())
            && !is_blank(below.next())
    }

    /// Gives items, terms and meanings the list with which their words begin: `* {:.x} an item`, as
    /// kramdown has it.
    fn leading(&mut self, block: &mut Block) {
        match &mut block.kind {
            BlockKind::List(list) => {
                for item in &mut list.items {
                    let list = self.of_first(&mut item.blocks);
                    list.into_iter().for_each(|list| merge(&mut item.attributes, list));
                }
            }
            BlockKind::Definitions(definitions) => {
                for definition in definitions {
                    for term in &mut definition.terms {
                        let list = self.of_beginning(term);
                        if let (Some(list), Some(first)) = (list, term.first_mut()) {
                            give_inline(first, list);
                        }
                    }
                    for blocks in &mut definition.descriptions {
                        let list = self.of_first(blocks);
                        if let (Some(list), Some(first)) = (list, blocks.first_mut()) {
                            give(first, list);
                        }
                    }
                }
            }
            _ => {}
        }
    }

    /// Gives a table the list with which its caption ends: `: Heights {#heights}`.
    fn of_caption(&mut self, block: &mut Block) {
        let BlockKind::Table(table) = &mut block.kind else { return };
        let Some(Inline { kind: InlineKind::Text(words), span }) =
            table.caption.last_mut()
        else {
            return;
        };
        let span = *span;
        let Some(open) = words.rfind('{') else { return };
        let Some((list, rest)) = parse(&words[open..]) else { return };
        if rest.trim().is_empty() && !words[..open].ends_with('\\') {
            words.truncate(words[..open].trim_end().len());
            let list = self.settled(list, span);
            merge(&mut block.attributes, list);
        }
    }

    fn of_first(&mut self, blocks: &mut [Block]) -> Option<Attributes> {
        match &mut blocks.first_mut()?.kind {
            BlockKind::Paragraph(content) => self.of_beginning(content),
            _ => None,
        }
    }

    /// Takes the list with which a run begins.
    fn of_beginning(&mut self, run: &mut [Inline]) -> Option<Attributes> {
        let first = run.first()?;
        let span = first.span;
        let InlineKind::Text(words) = &first.kind else { return None };
        if !words.starts_with("{:") || self.is_escaped(span) {
            return None;
        }
        let list = take(run, 0)?;
        if let Some(InlineKind::Text(words)) = run
            .iter_mut()
            .map(|it| &mut it.kind)
            .find(|kind| !matches!(kind, InlineKind::Text(words) if words.is_empty()))
        {
            *words = words.trim_start().to_owned();
        }
        Some(self.settled(list, span))
    }
}

impl VisitMut for AttributeLists<'_> {
    fn blocks(&mut self, blocks: &mut Vec<Block>) {
        blocks.retain(|block| !is_order(block));
        for block in blocks.iter_mut() {
            self.leading(block);
            self.of_caption(block);
            walk_block_mut(self, block);
        }
        let mut kept: Vec<Block> = Vec::with_capacity(blocks.len());
        let mut for_next: Option<Attributes> = None;
        for mut block in blocks.drain(..) {
            let settled = |list, at| match self.is_escaped(at) {
                true => None,
                false => Some(self.settled(list, at)),
            };
            if let Some(list) = of_block(&mut block, settled) {
                let before = kept.last_mut().filter(|_| !self.stands_above(block.span));
                match before {
                    Some(before) => give(before, list),
                    None => for_next = Some(list),
                }
                continue;
            }
            if let Some(list) = for_next.take() {
                give(&mut block, list);
            }
            kept.push(block);
        }
        *blocks = kept;
    }

    fn inlines(&mut self, run: &mut Vec<Inline>) {
        for inline in run.iter_mut() {
            walk_inline_mut(self, inline);
        }
        let mut at = 1;
        while at < run.len() {
            let takes = !matches!(
                run[at - 1].kind,
                InlineKind::Text(_)
                    | InlineKind::LineBreak
                    | InlineKind::FootnoteReference(_)
            );
            let span = run[at].span;
            if takes
                && !self.is_escaped(span)
                && let Some(list) = take(run, at)
            {
                let list = self.settled(list, span);
                give_inline(&mut run[at - 1], list);
            }
            at += 1;
        }
        run.retain(|it| !matches!(&it.kind, InlineKind::Text(text) if text.is_empty()));
    }
}

/// Whether a block is nothing but an order to a program.
fn is_order(block: &Block) -> bool {
    match &block.kind {
        BlockKind::Paragraph(content) => {
            let words = content.iter().all(|it| matches!(it.kind, InlineKind::Text(_)));
            words && ORDERS.contains(&plain_text(content).trim())
        }
        // kramdown: `* toc`, and on the next line `{:toc}`.
        BlockKind::List(List { items, .. }) => match items.as_slice() {
            [item] => match item.blocks.as_slice() {
                [Block { kind: BlockKind::Paragraph(content), .. }] => {
                    let words = plain_text(content).to_lowercase();
                    let list = words.split_once('{').map(|(_, list)| list);
                    list.is_some_and(|it| {
                        it.trim_start_matches(':').trim().starts_with("toc")
                    })
                }
                _ => false,
            },
            _ => false,
        },
        _ => false,
    }
}

/// Takes a list that stands on the last line of a paragraph or at the end of a heading: for the
/// block itself, or given back if there is nothing else in it.
fn of_block(
    block: &mut Block,
    settled: impl FnOnce(Attributes, Span) -> Option<Attributes>,
) -> Option<Attributes> {
    let (content, heading) = match &mut block.kind {
        BlockKind::Paragraph(content) => (content, false),
        BlockKind::Heading { content, .. } => (content, true),
        _ => return None,
    };
    let start = content.iter().rposition(|it| !matches!(it.kind, InlineKind::Text(_)));
    let start = start.map_or(0, |at| at + 1);
    let words = plain_text(&content[start..]);
    let open = words.rfind('{')?;
    let (list, rest) = parse(&words[open..])?;
    // On a line of its own: a line end in the text is a space by itself.
    let mut length = 0;
    let own = content[start..].iter().position(|inline| {
        let begins = length == open;
        length += plain_text(std::slice::from_ref(inline)).len();
        begins
    })?;
    let own = start + own;
    let colon = words[open..].starts_with("{:");
    let separate = own == 0
        || matches!(&content[own - 1].kind, InlineKind::Text(text) if text == " ")
        || matches!(content[own - 1].kind, InlineKind::LineBreak);
    if !rest.trim().is_empty() || !(separate || heading && colon) {
        return None;
    }
    let list = settled(list, content[own].span)?;
    content.truncate(own);
    while content.last().is_some_and(is_blank) {
        content.pop();
    }
    if content.is_empty() {
        return Some(list);
    }
    give(block, list);
    None
}

/// Takes the list that the text at `at` begins with; it may be in pieces.
fn take(run: &mut [Inline], at: usize) -> Option<Attributes> {
    let mut words = String::new();
    for (index, inline) in run[at..].iter().enumerate() {
        let InlineKind::Text(text) = &inline.kind else { return None };
        words.push_str(text);
        if !words.starts_with('{') || words.len() > MAX_LIST_BYTES {
            return None;
        }
        if !words.contains('}') {
            continue;
        }
        let (list, rest) = parse(&words)?;
        let rest = rest.to_owned();
        let last = at + index;
        for inline in &mut run[at..last] {
            inline.kind = InlineKind::Text(String::new());
        }
        run[last].kind = InlineKind::Text(rest);
        return Some(list);
    }
    None
}

/// Gives a block what a list says.
fn give(block: &mut Block, list: Attributes) {
    let mut list = list;
    if let BlockKind::Code { language, .. } = &mut block.kind
        && language.is_none()
    {
        *language = language_of(&list);
    }
    let style = list.style.take();
    if let (BlockKind::Paragraph(content), Some(style)) = (&mut block.kind, style) {
        let picture = content.iter_mut().find_map(|inline| match &mut inline.kind {
            InlineKind::Picture(picture) => Some(picture),
            _ => None,
        });
        if let Some(picture) = picture {
            picture.attributes.add_style(&style);
        }
    }
    merge(&mut block.attributes, list);
}

fn give_inline(inline: &mut Inline, list: Attributes) {
    match &mut inline.kind {
        InlineKind::Picture(picture) => merge(&mut picture.attributes, list),
        InlineKind::Phrase(phrase) => {
            merge(&mut phrase.attributes, Attributes { style: None, ..list });
        }
        _ => {
            let attributes = Attributes { style: None, ..list };
            if attributes != Attributes::default() {
                let content = vec![inline.clone()];
                let (role, title) = (PhraseRole::Span, String::new());
                inline.kind =
                    InlineKind::Phrase(Phrase { role, content, attributes, title });
            }
        }
    }
}

fn merge(into: &mut Attributes, list: Attributes) {
    let Attributes { id, classes, lang, dir, style, index } = list;
    into.id = into.id.take().or(id);
    classes.iter().for_each(|class| into.add_class(class));
    into.lang = lang.or(into.lang.take());
    into.dir = dir.or(into.dir);
    into.index = into.index.take().or(index);
    if let Some(style) = style {
        into.add_style(&style);
    }
}
