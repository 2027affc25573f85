//! The structure of the text, as PDF calls it: what assistive technology reads.
//!
//! A tree whose leaves are pieces of pages. A leaf may be torn over several lines and pages; the
//! tree keeps the order in which it is read, whatever the order in which it is drawn.

/// How long a text may be that the PDF holds beside its pages, in characters: PDF/A allows strings of
/// 32,767 bytes (ISO 19005-2, 6.1.13), and UTF-16 takes up to four for a character.
const MAX_ATTRIBUTE_CHARS: usize = 8000;

/// How long the address of a link may be, in bytes.
pub(crate) const MAX_ADDRESS_BYTES: usize = 32_000;

/// A text as the PDF can hold it beside its pages; none if it can hold it whole.
pub(crate) fn shortened(text: &str) -> Option<String> {
    let (end, _) = text.char_indices().nth(MAX_ATTRIBUTE_CHARS)?;
    let cut = text[..end].char_indices().nth_back(0).map_or(0, |(at, _)| at);
    Some(format!("{}…", &text[..cut]))
}

/// The structure of a whole book: the trunk, and a subtree for each of its documents.
#[derive(Debug, Clone, PartialEq)]
pub struct Structure {
    /// By number, the trunk first.
    subtrees: Vec<Subtree>,
    nodes: usize,
    leaves: usize,
}

/// The structure of one document, made by itself: documents are set side by side.
#[derive(Debug, Clone, PartialEq)]
pub struct Subtree {
    number: u32,
    nodes: Vec<Node>,
    leaves: u32,
    /// How many nodes and leaves the book has before these.
    before: (usize, usize),
}

/// Builds the structure of one document. Only what becomes part of the book is given one: what is
/// measured, and what stands in the margins, is built with [`TagBuilder::scratch`].
#[derive(Debug)]
pub(crate) struct TagBuilder(Subtree);

/// Names a node of the structure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NodeId {
    subtree: u32,
    node: u32,
}

/// Names a leaf of the structure: content that one node holds in one piece.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ContentId {
    subtree: u32,
    leaf: u32,
}

/// A node.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    /// What it is.
    pub role: Role,
    /// Its language, where that differs from its parent's.
    pub language: Option<String>,
    /// What it holds, in reading order.
    pub children: Vec<Child>,
}

/// What a node holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Child {
    /// Another node.
    Node(NodeId),
    /// Content.
    Content(ContentId),
}

/// What a node is, by the standard structure types of PDF 1.7 (ISO 32000-1, 14.8.4).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Role {
    /// The book.
    Document,
    /// A part of the book, front matter and back matter too.
    Part,
    /// A chapter.
    Section,
    /// Blocks held together.
    Division,
    /// A paragraph.
    Paragraph,
    /// A heading.
    Heading {
        /// Its level, from 1, none skipped on the way down.
        level: u8,
        /// Its words.
        title: String,
    },
    /// A quotation.
    Quotation,
    /// A list.
    List {
        /// Whether it is numbered.
        numbered: bool,
    },
    /// An item of a list.
    ListItem,
    /// An item's number or bullet, or a note's number.
    Label,
    /// What an item holds.
    ListBody,
    /// A table.
    Table,
    /// Its rows at the head.
    TableHead,
    /// Its other rows.
    TableBody,
    /// A row.
    TableRow,
    /// A cell.
    Cell {
        /// Whether it is a head, and then of what.
        head: Option<HeadScope>,
        /// How many columns it takes.
        columns: u16,
        /// How many rows it takes.
        rows: u16,
    },
    /// A picture.
    Figure {
        /// The words that stand for it.
        alt: String,
    },
    /// A caption.
    Caption,
    /// Code.
    Code,
    /// A note.
    Note,
    /// A reference to a note.
    Reference,
    /// A link.
    Link,
    /// Words in another language.
    Span,
    /// The table of contents.
    Contents,
    /// An entry of the contents.
    ContentsItem,
    /// A formula.
    Formula {
        /// The words that stand for it.
        alt: String,
    },
}

/// What the head of a table is the head of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HeadScope {
    /// A row.
    Row,
    /// A column.
    Column,
}

impl Structure {
    /// A structure that holds a book and nothing in it.
    pub fn new() -> Self {
        Self { subtrees: vec![Subtree::new(0)], nodes: 1, leaves: 0 }
    }

    /// The book.
    pub const ROOT: NodeId = NodeId { subtree: 0, node: 0 };

    /// The node that `id` names.
    pub fn node(&self, id: NodeId) -> &Node {
        &self.subtrees[id.subtree as usize].nodes[id.node as usize]
    }

    /// The words that stand for pictures and formulas.
    pub(crate) fn alternatives(&self) -> impl Iterator<Item = &str> {
        let nodes = self.subtrees.iter().flat_map(|subtree| &subtree.nodes);
        nodes.filter_map(|node| match &node.role {
            Role::Figure { alt, .. } | Role::Formula { alt, .. } => Some(alt.as_str()),
            _ => None,
        })
    }

    /// How many leaves there are; each [`Self::leaf_index`] is below this.
    pub fn leaf_count(&self) -> usize {
        self.leaves
    }

    /// How many nodes there are; each [`Self::node_index`] is below this.
    pub fn node_count(&self) -> usize {
        self.nodes
    }

    /// The place of a node among all nodes.
    pub fn node_index(&self, id: NodeId) -> usize {
        self.subtrees[id.subtree as usize].before.0 + id.node as usize
    }

    /// The place of a leaf among all leaves.
    pub fn leaf_index(&self, id: ContentId) -> usize {
        self.subtrees[id.subtree as usize].before.1 + id.leaf as usize
    }

    /// Puts a node last into `parent`, before any subtree is appended.
    pub fn add(&mut self, parent: NodeId, role: Role) -> NodeId {
        self.nodes += 1;
        self.subtrees[0].add(parent, role)
    }

    /// Says in which language the book is.
    pub fn set_language(&mut self, language: &str) {
        self.subtrees[0].set_language(Self::ROOT, language);
    }

    /// Puts all that a subtree holds last into `parent`, and says which node of it comes last.
    pub fn append(&mut self, parent: NodeId, mut subtree: Subtree) -> Option<NodeId> {
        subtree.before = (self.nodes, self.leaves);
        self.nodes += subtree.nodes.len();
        self.leaves += subtree.leaves as usize;
        let number = subtree.number as usize;
        let root = subtree.root();
        let last = Some(subtree.last_child(root)).filter(|last| *last != root);
        let children = subtree.nodes[0].children.clone();
        let missing =
            (self.subtrees.len()..=number).map(|_| Subtree::new(subtree.number));
        self.subtrees.extend(missing.collect::<Vec<_>>());
        self.subtrees[number] = subtree;
        let parent_subtree = &mut self.subtrees[parent.subtree as usize];
        parent_subtree.nodes[parent.node as usize].children.extend(children);
        last
    }
}

impl TagBuilder {
    /// Builds the structure of the document of a number, from one.
    pub(crate) fn new(number: u32) -> Self {
        Self(Subtree::new(number))
    }

    /// Builds what is thrown away.
    pub(crate) fn scratch() -> Self {
        Self::new(0)
    }

    /// What was built.
    pub(crate) fn finish(self) -> Subtree {
        self.0
    }

    /// What holds all that a document has.
    pub(crate) fn root(&self) -> NodeId {
        self.0.root()
    }

    /// Puts a node last into `parent`.
    pub(crate) fn add(&mut self, parent: NodeId, role: Role) -> NodeId {
        self.0.add(parent, role)
    }

    /// Puts content last into `parent`.
    pub(crate) fn leaf(&mut self, parent: NodeId) -> ContentId {
        let Subtree { number, nodes, leaves, .. } = &mut self.0;
        let id = ContentId { subtree: *number, leaf: *leaves };
        *leaves += 1;
        nodes[parent.node as usize].children.push(Child::Content(id));
        id
    }

    /// The node that was put into `parent` last, or `parent` itself.
    pub(crate) fn last_child(&self, parent: NodeId) -> NodeId {
        self.0.last_child(parent)
    }

    /// Says in which language a node is.
    pub(crate) fn set_language(&mut self, node: NodeId, language: &str) {
        self.0.set_language(node, language);
    }
}

impl Subtree {
    fn new(number: u32) -> Self {
        let root = Node { role: Role::Document, language: None, children: Vec::new() };
        Self { number, nodes: vec![root], leaves: 0, before: (0, 0) }
    }

    fn root(&self) -> NodeId {
        NodeId { subtree: self.number, node: 0 }
    }

    fn add(&mut self, parent: NodeId, role: Role) -> NodeId {
        let node = u32::try_from(self.nodes.len()).unwrap_or(u32::MAX);
        let id = NodeId { subtree: self.number, node };
        self.nodes.push(Node { role, language: None, children: Vec::new() });
        self.nodes[parent.node as usize].children.push(Child::Node(id));
        id
    }

    fn last_child(&self, parent: NodeId) -> NodeId {
        let children = self.nodes[parent.node as usize].children.iter().rev();
        let mut nodes = children.filter_map(|child| match child {
            Child::Node(node) => Some(*node),
            Child::Content(_) => None,
        });
        nodes.next().unwrap_or(parent)
    }

    fn set_language(&mut self, node: NodeId, language: &str) {
        self.nodes[node.node as usize].language = Some(language.to_owned());
    }
}

impl Default for Structure {
    fn default() -> Self {
        Self::new()
    }
}
