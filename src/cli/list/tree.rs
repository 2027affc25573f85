//! The whole book as a tree: front matter, parts with their chapters, back matter.

use crate::book::{Book, Chapter, Division, DivisionNumber, Part};
use crate::cli::report::plural;
use crate::compile::Statistics;
use crate::document::plain_text;
use crate::manuscript::Manuscript;
use crate::markup::{Builder, Medium};

/// What is in the book, with what is below it.
struct Node {
    words: String,
    below: Vec<Node>,
}

/// The book as a tree.
pub(super) fn tree(book: &Book, manuscript: &Manuscript) -> String {
    let builder = Builder::new(book, Medium::Print);
    let lister = Lister { book, manuscript, builder };
    let front = lister.divisions("front matter", &book.front);
    let back = lister.divisions("back matter", &book.back);
    let parts = book.parts.iter().flat_map(|part| lister.part(part));
    let root = Node {
        words: book.title().to_owned(),
        below: front.into_iter().chain(parts).chain(back).collect(),
    };
    let mut text = format!("{}\n", root.words);
    draw(&root.below, "", &mut text);
    text
}

struct Lister<'a> {
    book: &'a Book,
    manuscript: &'a Manuscript,
    /// Knows which divisions have anything in them.
    builder: Builder<'a>,
}

impl Lister<'_> {
    fn divisions(&self, name: &str, divisions: &[Division]) -> Option<Node> {
        let are_there = divisions.iter().filter(|it| self.builder.division(it).is_some());
        let below = are_there.map(|division| {
            let words = match division {
                Division::Made(kind) => kind.name().to_owned(),
                Division::Written(section) => {
                    let kind = section.section.map_or("", |section| section.kind.name());
                    format!("{kind}: {}", self.path(section))
                }
            };
            Node { words, below: Vec::new() }
        });
        let below: Vec<Node> = below.collect();
        (!below.is_empty()).then(|| Node { words: name.to_owned(), below })
    }

    /// A part with its chapters; these alone where the book is not divided.
    fn part(&self, part: &Part) -> Vec<Node> {
        let chapters = part
            .chapters
            .iter()
            .map(|chapter| Node { words: self.chapter(chapter), below: Vec::new() });
        let Some(title) = &part.title else { return chapters.collect() };
        let introduction = part.introduction.as_deref().map(|text| Node {
            words: format!("introduction: {}", self.path(text)),
            below: Vec::new(),
        });
        let words = part.chapters.iter();
        let words = words.map(|it| Statistics::of_chapter(self.book, it).words).sum();
        let words = format!(
            "{}{title} ({}, {})",
            before_title(part.number.as_ref()),
            plural(part.chapters.len(), "chapter"),
            plural(words, "word"),
        );
        vec![Node { words, below: introduction.into_iter().chain(chapters).collect() }]
    }

    fn chapter(&self, chapter: &Chapter) -> String {
        let words = plural(Statistics::of_chapter(self.book, chapter).words, "word");
        let date = chapter.date.map(|date| format!("{date}, ")).unwrap_or_default();
        let number = before_title(chapter.number.as_ref());
        format!("{number}{} ({date}{words})", plain_text(&chapter.title))
    }

    fn path(&self, text: &Chapter) -> &str {
        let post = usize::try_from(text.id.0).ok();
        let post = post.and_then(|at| self.manuscript.posts.get(at));
        post.map_or("", |post| &post.path)
    }
}

fn before_title(number: Option<&DivisionNumber>) -> String {
    number.map(DivisionNumber::before_title).unwrap_or_default()
}

fn draw(nodes: &[Node], before: &str, text: &mut String) {
    for (at, node) in nodes.iter().enumerate() {
        let is_last = at + 1 == nodes.len();
        let (branch, below) =
            if is_last { ("└─ ", "   ") } else { ("├─ ", "│  ") };
        text.push_str(&format!("{before}{branch}{}\n", node.words));
        draw(&node.below, &format!("{before}{below}"), text);
    }
}
