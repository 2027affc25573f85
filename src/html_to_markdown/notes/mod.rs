//! Footnotes, in the forms that blogs have them, taken out of the text as notes.
//!
//! A mark is a link within the post, and its note the block that it leads to, if that leads back
//! (`survey`). Word, Markdown Extra, Substack, Ghost and most plugins write them so. WordPress's own
//! block keeps the texts apart; plugins' shortcodes became `bindery-note` elements before.

mod survey;

use std::collections::BTreeMap;

use super::markdown::Body;
use super::tree::{Element, Node, is_block, is_space, parse, plain_text};
use survey::{Survey, label};

/// Finds the notes of a text. `apart` has the texts that stand elsewhere, by id.
pub(crate) fn find(nodes: Vec<Node>, apart: &[(String, String)]) -> Body {
    let survey = Survey::of(&nodes, apart);
    let mut extractor = Extractor {
        survey: &survey,
        apart,
        sequence: 0,
        numbers: BTreeMap::new(),
        notes: Vec::new(),
    };
    let (nodes, _) = extractor.nodes(nodes);
    Body {
        nodes,
        notes: extractor.notes.into_iter().map(Option::unwrap_or_default).collect(),
    }
}

struct Extractor<'a> {
    survey: &'a Survey,
    apart: &'a [(String, String)],
    /// How many elements were passed, which names them as the survey does.
    sequence: usize,
    /// The number of each note, by the name of its place.
    numbers: BTreeMap<String, usize>,
    notes: Vec<Option<Vec<Node>>>,
}

impl Extractor<'_> {
    /// The nodes without the notes among them, and whether there were some.
    fn nodes(&mut self, nodes: Vec<Node>) -> (Vec<Node>, bool) {
        let mut out: Vec<Node> = Vec::with_capacity(nodes.len());
        // Where the first note stood, as long as nothing else came after it.
        let mut removed_at: Option<usize> = None;
        let mut any = false;
        for node in nodes {
            let Node::Element(element) = node else {
                if !node.is_blank() {
                    removed_at = None;
                }
                let node = after_mark(&mut out, node);
                out.push(node);
                continue;
            };
            match self.element(element) {
                Taken::Kept(element) => {
                    removed_at = None;
                    out.push(Node::Element(element));
                }
                Taken::Mark(number) => {
                    removed_at = None;
                    trim_before_mark(&mut out);
                    out.push(Node::NoteMark(number));
                }
                Taken::Note => {
                    any = true;
                    removed_at.get_or_insert(out.len());
                }
            }
        }
        if let Some(at) = removed_at {
            out.truncate(at);
            trim_heading(&mut out);
        }
        (out, any)
    }

    fn element(&mut self, mut element: Element) -> Taken {
        let sequence = self.sequence;
        self.sequence += 1;
        if element.name == "bindery-note" {
            let (children, _) = self.nodes(std::mem::take(&mut element.children));
            self.notes.push(Some(children));
            return Taken::Mark(self.notes.len() - 1);
        }
        if let Some(id) = self.survey.marks.get(&sequence) {
            self.sequence += survey::count(&element.children);
            let number = self.number(id);
            return Taken::Mark(number);
        }
        if let Some(place) = self.survey.notes.get(&sequence) {
            let (children, _) = self.nodes(std::mem::take(&mut element.children));
            let number = self.number(&place.id);
            let text = self.note_text(children, &place.label);
            self.notes[number] = Some(text);
            return Taken::Note;
        }
        let (children, any) = self.nodes(std::mem::take(&mut element.children));
        element.children = children;
        let is_empty = element.children.iter().all(Node::is_blank);
        if any && is_empty && is_block(&element.name) {
            return Taken::Note;
        }
        Taken::Kept(element)
    }

    /// The number of the note that a name leads to.
    fn number(&mut self, id: &str) -> usize {
        if let Some(number) = self.numbers.get(id) {
            return *number;
        }
        let apart = self.apart.iter().find(|(known, _)| known == id);
        self.notes.push(apart.map(|(_, text)| parse(text)));
        self.numbers.insert(id.to_owned(), self.notes.len() - 1);
        self.notes.len() - 1
    }

    /// A note's text without its label and without the way back.
    fn note_text(&self, nodes: Vec<Node>, label: &str) -> Vec<Node> {
        let mut nodes = self.without_way_back(nodes);
        strip_label(&mut nodes, label);
        nodes
    }

    fn without_way_back(&self, nodes: Vec<Node>) -> Vec<Node> {
        let kept = nodes.into_iter().filter_map(|node| {
            let Node::Element(mut element) = node else { return Some(node) };
            if self.is_way_back(&element) {
                return None;
            }
            let had_children = !element.children.is_empty();
            element.children =
                self.without_way_back(std::mem::take(&mut element.children));
            let is_empty = element.children.iter().all(Node::is_blank);
            (!had_children || !is_empty).then_some(Node::Element(element))
        });
        kept.collect()
    }

    fn is_way_back(&self, element: &Element) -> bool {
        if element.name != "a" {
            return false;
        }
        let target = element.get("href").unwrap_or_default();
        let target = target.rsplit_once('#').map_or("", |(_, id)| id);
        let classes = element.get("class").unwrap_or_default();
        let is_named =
            ["backref", "backlink", "footnote-number", "footnote-back", "fn-back"]
                .iter()
                .any(|name| classes.contains(name));
        let is_anchor = element.get("href").is_none()
            && plain_text(&element.children).trim().is_empty();
        is_named || is_anchor || self.survey.ways_back.contains(target)
    }
}

/// What became of an element.
enum Taken {
    Kept(Element),
    Mark(usize),
    Note,
}

/// `[1]`: the brackets around a mark go with it.
fn trim_before_mark(out: &mut [Node]) {
    if let Some(Node::Text(text)) = out.last_mut() {
        let kept = text.strip_suffix('[').or_else(|| text.strip_suffix('('));
        if let Some(kept) = kept {
            *text = kept.to_owned();
            text.push(OPEN);
        }
        // A mark stands at its word.
        let open = text.ends_with(OPEN);
        let kept = text.trim_end_matches(OPEN).trim_end_matches(is_space).len();
        text.truncate(kept);
        if open {
            text.push(OPEN);
        }
    }
}

/// Stands for the bracket before a mark until it is known whether one comes after it.
const OPEN: char = '\u{fdd0}';

/// What comes after a mark, without the bracket that closes the one before it.
fn after_mark(out: &mut [Node], node: Node) -> Node {
    let Node::Text(text) = node else { return node };
    let [.., Node::Text(before), Node::NoteMark(_)] = out else {
        return Node::Text(text);
    };
    if !before.ends_with(OPEN) {
        return Node::Text(text);
    }
    before.pop();
    match text.strip_prefix([']', ')']) {
        Some(rest) => Node::Text(rest.to_owned()),
        None => {
            before.push('[');
            Node::Text(text)
        }
    }
}

/// Takes away the heading, and the rule, that stood over notes.
fn trim_heading(out: &mut Vec<Node>) {
    const WORDS: [&str; 18] = [
        "notes",
        "note",
        "footnotes",
        "endnotes",
        "references",
        "anmerkungen",
        "fußnoten",
        "notas",
        "notes de bas de page",
        "remarques",
        "note a piè di pagina",
        "voetnoten",
        "przypisy",
        "примечания",
        "сноски",
        "注",
        "注釈",
        "각주",
    ];
    loop {
        let Some(last) = out.last() else { return };
        let is_over = match last {
            node if node.is_blank() => true,
            Node::Element(element) => {
                let words = plain_text(&element.children).trim().to_lowercase();
                let words = words.trim_end_matches(':');
                let is_rule = element.name == "hr"
                    || element.name == "br"
                    || element.name == "p"
                        && words.chars().count() > 2
                        && words
                            .chars()
                            .all(|c| matches!(c, '_' | '-' | '*' | '—' | ' '));
                let is_line = is_block(&element.name) && WORDS.contains(&words);
                is_rule || is_line
            }
            _ => false,
        };
        if !is_over {
            return;
        }
        out.pop();
    }
}

/// Takes the label from the beginning of a note.
fn strip_label(nodes: &mut Vec<Node>, of: &str) {
    while nodes.first().is_some_and(Node::is_blank) {
        nodes.remove(0);
    }
    match nodes.first_mut() {
        Some(Node::Element(element)) => {
            let words = plain_text(&element.children);
            let is_label = !of.is_empty() && label(&words) == of;
            if is_label && words.trim().chars().count() <= of.chars().count() + 3 {
                nodes.remove(0);
                if let Some(Node::Text(text)) = nodes.first_mut() {
                    *text = text.trim_start_matches(LABEL_ENDS).to_owned();
                }
                return;
            }
            if !matches!(element.name.as_str(), "pre" | "table" | "img") {
                strip_label(&mut element.children, of);
            }
        }
        Some(Node::Text(text)) => {
            let rest = text.trim_start();
            let rest = rest.strip_prefix(['[', '(']).unwrap_or(rest);
            let rest = if of.is_empty() { None } else { rest.strip_prefix(of) };
            let ends = |rest: &&str| rest.is_empty() || rest.starts_with(LABEL_ENDS);
            if let Some(rest) = rest.filter(ends) {
                *text = rest.trim_start_matches(LABEL_ENDS).to_owned();
            } else {
                *text = text.trim_start().to_owned();
            }
        }
        _ => {}
    }
}

/// What stands behind the label of a note.
const LABEL_ENDS: [char; 8] = [']', ')', '.', ':', ' ', '\n', '\t', '\u{a0}'];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::html_to_markdown::markdown::write;

    fn written(html: &str) -> String {
        write(&find(parse(html), &[]))
    }

    #[test]
    fn notes_of_word() {
        let html = "<p>Rain<a href=\"#_ftn1\" name=\"_ftnref1\">[1]</a> fell.</p>\
            <hr><div id=\"ftn1\"><p><a href=\"#_ftnref1\" name=\"_ftn1\">[1]</a> All day.</p>\
            <p>And night.</p></div>";
        assert_eq!(written(html), "Rain[^1] fell.\n\n[^1]: All day.\n\n    And night.\n");
    }

    #[test]
    fn notes_of_markdown_extra() {
        let html = "<p>Rain<sup id=\"fnref:1\"><a href=\"#fn:1\" class=\"footnote-ref\">1</a></sup>.</p>\
            <div class=\"footnotes\"><hr><ol><li id=\"fn:1\"><p>All day.&#160;<a \
            href=\"#fnref:1\" class=\"footnote-backref\">&#8617;</a></p></li></ol></div>";
        assert_eq!(written(html), "Rain[^1].\n\n[^1]: All day.\u{a0}\n");
    }

    #[test]
    fn notes_of_substack() {
        let html = "<p>Rain<a class=\"footnote-anchor\" id=\"footnote-anchor-1\" \
            href=\"#footnote-1\">1</a> fell.</p><div class=\"footnote\"><a id=\"footnote-1\" \
            href=\"#footnote-anchor-1\" class=\"footnote-number\">1</a><div \
            class=\"footnote-content\"><p>All day.</p></div></div>";
        assert_eq!(written(html), "Rain[^1] fell.\n\n[^1]: All day.\n");
    }

    #[test]
    fn notes_by_their_labels() {
        let html = "<p>Rain [<a href=\"#d4f8\">2</a>] fell.</p><h3>Notes</h3>\
            <p id=\"d4f8\">2. All day.</p>";
        assert_eq!(written(html), "Rain[^1] fell.\n\n[^1]: All day.\n");
    }

    #[test]
    fn links_that_are_no_marks_stay() {
        let html =
            "<p><a href=\"#harbour\">The harbour</a></p><h2 id=\"harbour\">Harbour</h2>";
        assert_eq!(written(html), "[The harbour](#harbour)\n\n## Harbour {#harbour}\n");
    }
}
