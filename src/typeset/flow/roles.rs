//! Roles: what elements are to assistive technology.

use crate::markup::{DocumentKind, ElementId, Semantics};
use crate::typeset::content::document::Document;
use crate::typeset::output::structure::{NodeId, Role, TagBuilder};
use crate::typeset::sink::Sink;

/// Adds the node of a block to the structure, and gives back what its content goes into: the
/// node itself, or that around it where the element is none.
pub(crate) fn open(
    sink: &mut Sink,
    tags: &mut TagBuilder,
    document: &Document,
    id: ElementId,
    parent: NodeId,
) -> NodeId {
    let element = document.tree.get(id);
    let role = role(document, id);
    let role = role.or_else(|| element.lang.is_some().then_some(Role::Division));
    let Some(mut role) = role else { return parent };
    if let Role::Heading { title, .. } = &mut role {
        *title = sink.attribute(std::mem::take(title), element.span);
    }
    let parent = match element.name {
        "dt" | "dd" => definition(tags, document, id, parent),
        _ => parent,
    };
    let node = tags.add(parent, role);
    if let Some(language) = &element.lang {
        tags.set_language(node, language);
    }
    node
}

/// The item that a term or its meaning belongs to: terms after a meaning begin another one.
fn definition(
    tags: &mut TagBuilder,
    document: &Document,
    id: ElementId,
    list: NodeId,
) -> NodeId {
    let name = |id: ElementId| document.tree.get(id).name;
    let siblings = document.tree.get(id).parent.map(|list| document.tree.children(list));
    let before = siblings.into_iter().flatten().take_while(|it| *it != id).last();
    match (name(id), before.map(name)) {
        (_, None) | ("dt", Some("dd")) => tags.add(list, Role::ListItem),
        _ => tags.last_child(list),
    }
}

/// The node that the content of an item goes into, which its mark stands beside.
pub(crate) fn body_of_item(
    tags: &mut TagBuilder,
    document: &Document,
    id: ElementId,
    node: NodeId,
) -> NodeId {
    match role(document, id) {
        Some(Role::ListItem) => tags.add(node, Role::ListBody),
        _ => node,
    }
}

/// Adds the node of text that stands in an element between its blocks.
pub(crate) fn of_text(
    tags: &mut TagBuilder,
    document: &Document,
    id: ElementId,
    node: NodeId,
) -> NodeId {
    let own = matches!(
        document.tree.get(id).name,
        "p" | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "li"
            | "dt"
            | "dd"
            | "td"
            | "th"
            | "figcaption"
            | "caption"
            | "pre"
    );
    if own || is_formula(document, id) || is_entry(document, id) {
        return node;
    }
    tags.add(node, Role::Paragraph)
}

/// Whether an element is a formula.
pub(crate) fn is_formula(document: &Document, id: ElementId) -> bool {
    matches!(document.tree.get(id).semantics, Semantics::Math(_))
}

/// Whether an element is part of the contents.
fn is_entry(document: &Document, id: ElementId) -> bool {
    in_contents(document, id) && document.tree.get(id).name == "li"
}

fn in_contents(document: &Document, id: ElementId) -> bool {
    let mut next = Some(id);
    while let Some(id) = next {
        let element = document.tree.get(id);
        if element.semantics == Semantics::Document(DocumentKind::Contents) {
            return true;
        }
        next = element.parent;
    }
    false
}

fn holds_notes(document: &Document, id: ElementId) -> bool {
    let note = |item| matches!(document.tree.get(item).semantics, Semantics::Note { .. });
    document.tree.children(id).any(note)
}

fn role(document: &Document, id: ElementId) -> Option<Role> {
    let element = document.tree.get(id);
    if let Semantics::Document(kind) = element.semantics {
        return Some(match kind {
            DocumentKind::Part(_) => Role::Part,
            _ => Role::Section,
        });
    }
    let contents = || in_contents(document, id);
    Some(match element.name {
        "p" => Role::Paragraph,
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
            let own = element.name.as_bytes()[1] - b'0';
            let level = own.saturating_add(document.depth);
            let title = document.tree.words_without_marks(id);
            match title.trim().is_empty() {
                true => Role::Paragraph,
                false => Role::Heading { level, title },
            }
        }
        "blockquote" => Role::Quotation,
        "ol" if contents() => Role::Contents,
        // Notes are no items to PDF: they stand for themselves.
        "ol" if holds_notes(document, id) => return None,
        "ol" | "ul" | "menu" => Role::List { numbered: element.name == "ol" },
        "dl" => Role::List { numbered: false },
        "li" if contents() => Role::ContentsItem,
        "li" if matches!(element.semantics, Semantics::Note { .. }) => Role::Note,
        "li" => Role::ListItem,
        "dt" => Role::Label,
        "dd" => Role::ListBody,
        "table" => Role::Table,
        "thead" => Role::TableHead,
        "tbody" | "tfoot" => Role::TableBody,
        "tr" => Role::TableRow,
        "pre" => Role::Code,
        "figcaption" | "caption" => Role::Caption,
        "figure" | "aside" | "details" => Role::Division,
        "section" => Role::Division,
        _ => return None,
    })
}
