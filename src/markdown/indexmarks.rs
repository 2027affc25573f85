//! Marks of the index in attribute lists: `[words]{.index term="China!trade" see="…"}`.

use crate::document::{IndexExtent, IndexMark};

/// The classes that make a list a mark of the index.
const CLASSES: [(&str, IndexExtent); 3] = [
    ("index", IndexExtent::Place),
    ("index-start", IndexExtent::Start),
    ("index-end", IndexExtent::End),
];

/// The keys of a list that only a mark of the index gives a meaning to.
#[derive(Default)]
pub(super) struct IndexKeys(Vec<(String, String)>);

impl IndexKeys {
    /// Takes a key that means nothing to other lists.
    pub(super) fn add(&mut self, key: &str, value: &str) {
        self.0.push((key.to_owned(), value.to_owned()));
    }

    /// The mark that a list is, if one of its classes says so, which is then taken away.
    pub(super) fn mark(self, classes: &mut Vec<String>) -> Option<IndexMark> {
        let is_mark = |class: &String| CLASSES.iter().any(|(name, _)| name == class);
        let class = classes.iter().find(|class| is_mark(class))?.clone();
        let extent = CLASSES.iter().find(|(name, _)| *name == class)?.1;
        classes.retain(|class| !is_mark(class));
        let mut mark = IndexMark { extent, ..IndexMark::default() };
        for (key, value) in self.0 {
            let text = Some(value.trim().to_owned()).filter(|text| !text.is_empty());
            match key.as_str() {
                "term" => mark.term = text,
                "sort" => mark.sort = text,
                "see" => mark.see = several(&value),
                "seealso" | "see-also" => mark.see_also = several(&value),
                "range" if value == "start" => mark.extent = IndexExtent::Start,
                "range" if value == "end" => mark.extent = IndexExtent::End,
                _ => mark.unknown.push(key),
            }
        }
        Some(mark)
    }
}

/// Terms with semicolons between them.
fn several(value: &str) -> Vec<String> {
    let terms = value.split(';').map(|term| term.trim().to_owned());
    terms.filter(|term| !term.is_empty()).collect()
}
