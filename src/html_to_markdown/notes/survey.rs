//! Which links are marks of notes, and which blocks the notes.

use std::collections::{BTreeMap, BTreeSet};

use super::super::tree::{Element, Node, plain_text};
use crate::address::percent_decode;

/// What was found. Elements are named by how many come before them.
#[derive(Debug, Default)]
pub(super) struct Survey {
    /// The marks, each with the name of its note's place.
    pub(super) marks: BTreeMap<usize, String>,
    /// The notes.
    pub(super) notes: BTreeMap<usize, NotePlace>,
    /// The names of the places of marks, to which notes lead back.
    pub(super) ways_back: BTreeSet<String>,
}

/// A block that is a note.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct NotePlace {
    /// The name by which marks lead there.
    pub(super) id: String,
    /// What stands before its text.
    pub(super) label: String,
}

/// A link within the text.
struct Reference {
    /// The element that is replaced: the link, or the `sup` around it.
    sequence: usize,
    target: String,
    /// The names of the places where it is.
    names: Vec<String>,
    label: String,
    /// The block that it stands in.
    block: usize,
    is_named_so: bool,
}

/// A block that may be a note.
#[derive(Debug, Default)]
struct Block {
    /// The first words in it.
    beginning: String,
    /// The names to which it leads.
    links: BTreeSet<String>,
    /// Where it ends, as the number of the first element after it.
    end: usize,
}

/// How many elements there are below some nodes.
pub(super) fn count(nodes: &[Node]) -> usize {
    nodes.iter().filter_map(Node::element).map(|it| 1 + count(&it.children)).sum()
}

/// A mark's words without what stands around them.
pub(super) fn label(words: &str) -> String {
    let around = |c: char| c.is_whitespace() || "[]().:^↑↩\u{fe0e}".contains(c);
    words.trim_matches(around).to_owned()
}

impl Survey {
    pub(super) fn of(nodes: &[Node], apart: &[(String, String)]) -> Self {
        let mut surveyor = Surveyor::default();
        surveyor.nodes(nodes, None, None);
        surveyor.finish(apart)
    }
}

#[derive(Default)]
struct Surveyor {
    sequence: usize,
    references: Vec<Reference>,
    /// The block that each name leads to.
    places: BTreeMap<String, usize>,
    blocks: BTreeMap<usize, Block>,
    /// The blocks that are open, innermost last.
    open: Vec<usize>,
    /// Those that are items, or called notes.
    note_like: BTreeSet<usize>,
    /// Marks whose texts stand elsewhere.
    apart: BTreeMap<usize, String>,
}

/// A `sup`, or another element that holds nothing but a link.
#[derive(Clone, Copy)]
struct Shell<'a> {
    sequence: usize,
    element: &'a Element,
}

impl Surveyor {
    fn nodes(
        &mut self,
        nodes: &[Node],
        shell: Option<Shell<'_>>,
        parent: Option<&Element>,
    ) {
        for node in nodes {
            match node {
                Node::Text(text) => self.text(text),
                Node::Element(element) => self.element(element, shell, parent),
                Node::Comment(_) | Node::NoteMark(_) => {}
            }
        }
    }

    fn text(&mut self, text: &str) {
        const MAX_BYTES: usize = 24;
        for block in self.open.iter().rev().take(3) {
            if let Some(block) = self.blocks.get_mut(block)
                && block.beginning.len() < MAX_BYTES
            {
                let text = text.trim_start();
                let end = text.floor_char_boundary(MAX_BYTES);
                block.beginning.push_str(&text[..end]);
                block.beginning.push(' ');
            }
        }
    }

    fn element(
        &mut self,
        element: &Element,
        shell: Option<Shell<'_>>,
        parent: Option<&Element>,
    ) {
        let sequence = self.sequence;
        self.sequence += 1;
        let is_candidate = matches!(
            element.name.as_str(),
            "li" | "p" | "div" | "dd" | "aside" | "section" | "blockquote" | "td"
        );
        if is_candidate {
            self.blocks.insert(sequence, Block::default());
            self.open.push(sequence);
            if is_note_like(element) {
                self.note_like.insert(sequence);
            }
        }
        if let Some(id) = element.get("data-fn") {
            self.apart.insert(sequence, id.to_owned());
        }
        self.names(element, parent);
        if element.name == "a" {
            self.link(element, sequence, shell);
        }
        let holds_one = element.children.iter().filter(|it| !it.is_blank()).count() == 1;
        let is_shell = matches!(element.name.as_str(), "sup" | "span" | "small");
        let shell = match shell {
            Some(outer) if is_shell && holds_one => Some(outer),
            _ if is_shell && holds_one => Some(Shell { sequence, element }),
            _ => None,
        };
        self.nodes(&element.children, shell, Some(element));
        if is_candidate {
            self.open.pop();
            let end = self.sequence;
            if let Some(block) = self.blocks.get_mut(&sequence) {
                block.end = end;
            }
        }
    }

    /// Where an element's names lead: to the block that it is, or stands in.
    fn names(&mut self, element: &Element, parent: Option<&Element>) {
        let name =
            element.get("name").filter(|_| element.name == "a" || element.name == "p");
        for id in [element.get("id"), name].into_iter().flatten() {
            let mut block = self.open.last().copied();
            // A paragraph in an item, or in a block that is called a note, is all of that.
            let outer = self.open.len().checked_sub(2).map(|at| self.open[at]);
            if element.name == "a"
                && parent.is_some_and(|it| it.name == "p")
                && let Some(outer) = outer.filter(|outer| self.note_like.contains(outer))
            {
                block = Some(outer);
            }
            if let Some(block) = block {
                self.places.entry(id.to_owned()).or_insert(block);
            }
        }
    }

    fn link(&mut self, element: &Element, sequence: usize, shell: Option<Shell<'_>>) {
        let Some(href) = element.get("href") else { return };
        // An address with a fragment may be that of the post itself.
        let Some((before, target)) = href.rsplit_once('#') else { return };
        if target.is_empty() || !(before.is_empty() || before.contains('/')) {
            return;
        }
        let target = percent_decode(target);
        for block in &self.open {
            if let Some(block) = self.blocks.get_mut(block) {
                block.links.insert(target.clone());
            }
        }
        let names = [Some(element), shell.map(|it| it.element)];
        let names =
            names.into_iter().flatten().flat_map(|it| [it.get("id"), it.get("name")]);
        let mut names: Vec<String> = names.flatten().map(str::to_owned).collect();
        let inner = element.elements().flat_map(|it| [it.get("id"), it.get("name")]);
        names.extend(inner.flatten().map(str::to_owned));
        let classes = element.get("class").unwrap_or_default();
        self.references.push(Reference {
            sequence: shell.map_or(sequence, |it| it.sequence),
            target,
            names,
            label: label(&plain_text(&element.children)),
            block: self.open.last().copied().unwrap_or(usize::MAX),
            is_named_so: classes.contains("footnote") || classes.contains("noteref"),
        });
    }

    fn finish(self, apart: &[(String, String)]) -> Survey {
        let mut survey = Survey::default();
        for (sequence, id) in self.apart {
            if apart.iter().any(|(known, _)| *known == id) {
                survey.marks.insert(sequence, id);
            }
        }
        for reference in &self.references {
            let Some(place) = self.places.get(&reference.target) else { continue };
            let Some(block) = self.blocks.get(place) else { continue };
            let is_within = (*place..block.end).contains(&reference.sequence);
            let in_note = survey.notes.range(..=reference.sequence).next_back();
            let in_note = in_note.is_some_and(|(note, _)| {
                self.blocks.get(note).is_some_and(|it| it.end > reference.sequence)
            });
            if is_within || in_note || *place == reference.block {
                continue;
            }
            if !is_mark(reference, block) {
                continue;
            }
            let note = NotePlace {
                id: reference.target.clone(),
                label: reference.label.clone(),
            };
            let known = survey.notes.entry(*place).or_insert(note);
            survey.marks.insert(reference.sequence, known.id.clone());
            survey.ways_back.extend(reference.names.iter().cloned());
        }
        survey
    }
}

fn is_note_like(element: &Element) -> bool {
    let is_named = |key: &str| {
        let name = element.get(key).unwrap_or_default();
        // `footnotes` is what all of them stand in.
        (name.contains("ftn") || name.contains("edn") || name.contains("footnote"))
            && !name.contains("footnotes")
    };
    element.name == "li" || element.name == "div" && (is_named("id") || is_named("class"))
}

fn is_mark(reference: &Reference, block: &Block) -> bool {
    const MAX_LABEL_CHARS: usize = 5;
    let label = &reference.label;
    let is_short = !label.is_empty() && label.chars().count() <= MAX_LABEL_CHARS;
    let leads_back = reference.names.iter().any(|name| block.links.contains(name));
    let is_number = label.chars().all(|c| c.is_ascii_digit() || "*†‡§¶".contains(c));
    let beginning = block.beginning.trim_start_matches(['[', '(', ' ', '^', '↑']);
    let same = beginning
        .strip_prefix(label.as_str())
        .is_some_and(|rest| !rest.starts_with(|c: char| c.is_alphanumeric()));
    is_short && (leads_back || is_number && (same || is_note_name(&reference.target)))
        || leads_back && reference.is_named_so
}

/// Whether a name is one that programs give to notes.
fn is_note_name(name: &str) -> bool {
    const NAMES: [&str; 9] =
        ["fn", "_ftn", "ftn", "_edn", "edn", "footnote", "note", "endnote", "cite_note"];
    let stem = name.trim_end_matches(|c: char| c.is_ascii_digit() || "-_:.".contains(c));
    name.ends_with(|c: char| c.is_ascii_digit())
        && NAMES.iter().any(|known| stem.eq_ignore_ascii_case(known))
        || name.starts_with("fn:")
        || name.starts_with("footnote_plugin_tooltip")
}
