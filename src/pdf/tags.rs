//! The structure tree.
//!
//! krilla wants each identifier once in the tree, and panics or aborts where that is not so. Here
//! it holds by construction: content belongs to a leaf, an annotation to a node, and each leaf and
//! node has one place in the tree.

use std::num::{NonZeroU16, NonZeroU32};

use krilla::tagging::{
    Artifact, ArtifactType, BBox, ContentTag, Identifier, ListNumbering, Node, SpanTag,
    TableHeaderScope, Tag, TagGroup, TagId, TagKind, TagTree,
};

use super::rect;
use crate::typeset::output::frame::{Item, ItemKind, MarkedContent, Rotated};
use crate::typeset::output::structure::{
    Child, ContentId, HeadScope, NodeId, Role, Structure,
};
use crate::units::Rect;

/// The tree, as far as pages have filled it.
pub(super) struct Tags<'a> {
    structure: &'a Structure,
    leaves: Vec<Vec<Identifier>>,
    annotations: Vec<Vec<Identifier>>,
    /// Where the picture of a leaf stands.
    areas: Vec<Option<(usize, Rect)>>,
}

impl<'a> Tags<'a> {
    pub(super) fn new(structure: &'a Structure) -> Self {
        Self {
            structure,
            leaves: vec![Vec::new(); structure.leaf_count()],
            annotations: vec![Vec::new(); structure.node_count()],
            areas: vec![None; structure.leaf_count()],
        }
    }

    /// Notes content of a leaf.
    pub(super) fn content(&mut self, leaf: ContentId, identifier: Identifier) {
        self.leaves[self.structure.leaf_index(leaf)].push(identifier);
    }

    /// Notes where the picture of a leaf stands.
    pub(super) fn pictures(&mut self, leaf: ContentId, page: usize, items: &[Item]) {
        for item in items {
            if let ItemKind::Picture { area, .. } | ItemKind::Qr { area, .. } =
                item.kind.upright()
            {
                let area = match &item.kind {
                    ItemKind::Rotated(rotated) => Rotated::place(rotated.corner, *area),
                    _ => *area,
                };
                self.areas[self.structure.leaf_index(leaf)] = Some((page, area));
            }
        }
    }

    /// Notes an annotation of a node.
    pub(super) fn annotation(&mut self, node: NodeId, identifier: Identifier) {
        self.annotations[self.structure.node_index(node)].push(identifier);
    }

    /// The whole tree.
    pub(super) fn into_tree(mut self, language: &str) -> TagTree {
        let mut tree = TagTree::new().with_lang(Some(language.to_owned()));
        let structure = self.structure;
        for child in &structure.node(Structure::ROOT).children {
            for node in self.child(*child) {
                tree.push(node);
            }
        }
        tree
    }

    fn child(&mut self, child: Child) -> Vec<Node> {
        match child {
            Child::Content(leaf) => {
                let leaf = self.structure.leaf_index(leaf);
                let identifiers = std::mem::take(&mut self.leaves[leaf]);
                identifiers.into_iter().map(Node::from).collect()
            }
            Child::Node(node) => self.group(node).map(Node::from).into_iter().collect(),
        }
    }

    /// A node with all that it holds; none if it holds nothing.
    fn group(&mut self, id: NodeId) -> Option<TagGroup> {
        let structure = self.structure;
        let node = structure.node(id);
        // The annotation of a link comes before its words.
        let index = structure.node_index(id);
        let annotations = std::mem::take(&mut self.annotations[index]);
        let linked = !annotations.is_empty();
        let mut children: Vec<Node> = annotations.into_iter().map(Node::from).collect();
        let area = self.area(&node.children);
        let is_node = |child: &Child| matches!(child, Child::Node(_));
        let mixed = node.children.iter().any(is_node);
        for child in &node.children {
            let content = self.child(*child);
            if mixed && !is_node(child) && !content.is_empty() {
                // Words between elements are one themselves: there are readers that take a
                // node's own words before all its elements.
                let mut words = TagGroup::new(Tag::Span);
                words.children = content;
                children.push(words.into());
            } else {
                children.extend(content);
            }
        }
        if children.is_empty() {
            return None;
        }
        let mut tag = kind(&node.role, index, linked, area);
        if let Some(language) = &node.language {
            tag.set_lang(Some(language.clone()));
        }
        let mut group = TagGroup::new(tag);
        group.children = children;
        Some(group)
    }

    fn area(&self, children: &[Child]) -> Option<BBox> {
        children.iter().find_map(|child| match child {
            Child::Content(leaf) => {
                let (page, area) = self.areas[self.structure.leaf_index(*leaf)]?;
                Some(BBox::new(page, rect(area)?))
            }
            Child::Node(_) => None,
        })
    }
}

/// How content is marked on the page.
pub(super) fn content(mark: MarkedContent) -> ContentTag<'static> {
    let artifact = |kind| ContentTag::Artifact(Artifact::with_kind(kind));
    match mark {
        MarkedContent::Tagged(_) => ContentTag::Span(SpanTag::empty()),
        MarkedContent::Decoration => artifact(ArtifactType::Layout),
        MarkedContent::RunningHead => artifact(ArtifactType::Header),
        MarkedContent::Folio => artifact(ArtifactType::PageNumber),
    }
}

fn kind(role: &Role, index: usize, linked: bool, area: Option<BBox>) -> TagKind {
    match role {
        Role::Document | Role::Part => Tag::Part.into(),
        Role::Section => Tag::Section.into(),
        Role::Division => Tag::Div.into(),
        Role::Paragraph => Tag::P.into(),
        Role::Heading { level, title } => {
            let level = NonZeroU16::new(u16::from(*level)).unwrap_or(NonZeroU16::MIN);
            Tag::Hn(level, Some(title.clone())).into()
        }
        Role::Quotation => Tag::BlockQuote.into(),
        Role::List { numbered: true } => Tag::L(ListNumbering::Decimal).into(),
        Role::List { numbered: false } => Tag::L(ListNumbering::Disc).into(),
        Role::ListItem => Tag::LI.into(),
        Role::Label => Tag::Lbl.into(),
        Role::ListBody => Tag::LBody.into(),
        Role::Table => Tag::Table.into(),
        Role::TableHead => Tag::THead.into(),
        Role::TableBody => Tag::TBody.into(),
        Role::TableRow => Tag::TR.into(),
        Role::Cell { head, columns, rows } => cell(*head, *columns, *rows),
        Role::Figure { alt } => Tag::Figure(Some(alt.clone())).with_bbox(area).into(),
        Role::Caption => Tag::Caption.into(),
        Role::Code => Tag::Code.into(),
        Role::Note => {
            let name = format!("note-{index}");
            Tag::Note.with_id(Some(TagId::from(name.into_bytes()))).into()
        }
        Role::Reference => Tag::Reference.into(),
        // Without an annotation a link is but words.
        Role::Link if linked => Tag::Link.into(),
        Role::Link | Role::Span => Tag::Span.into(),
        Role::Contents => Tag::TOC.into(),
        Role::ContentsItem => Tag::TOCI.into(),
        Role::Formula { alt } => Tag::Formula(Some(alt.clone())).into(),
    }
}

fn cell(head: Option<HeadScope>, columns: u16, rows: u16) -> TagKind {
    let span =
        |count: u16| NonZeroU32::new(u32::from(count)).filter(|count| count.get() > 1);
    match head {
        Some(scope) => {
            let scope = match scope {
                HeadScope::Row => TableHeaderScope::Row,
                HeadScope::Column => TableHeaderScope::Column,
            };
            Tag::TH(scope).with_col_span(span(columns)).with_row_span(span(rows)).into()
        }
        None => Tag::TD.with_col_span(span(columns)).with_row_span(span(rows)).into(),
    }
}
