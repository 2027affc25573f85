//! `arrange`: a file with all chapters in order, for a person to edit.

use std::collections::BTreeMap;
use std::ops::Range;
use std::path::Path;

use super::args::ArrangeArgs;
use super::project::{self, Project};
use super::report::{Report, plural};
use super::{Exit, output};
use crate::book::{Book, Chapter};
use crate::compile::{Compiled, Goal, Request, Statistics};
use crate::config::arrangement::{self, Arrangement};
use crate::config::yaml::scalar;
use crate::config::{BookConfig, ListedPart, TagName};
use crate::document::plain_text;
use crate::manuscript::{Manuscript, Post};
use crate::world::{World, normalize};

/// Writes the chapters to the arrangement of the book. What is in it already stays as it is: posts
/// that it does not name are added after the post that would stand before them.
pub(super) fn run(args: &ArrangeArgs) -> Exit {
    let request = Request::default().up_to(Goal::Book).ignoring_arrangement();
    let (mut project, mut report) = project::open_with(&args.book, request);
    // What is wrong inside the posts is for `check` to report.
    project.compiled.diagnostics.truncate(project.compiled.gathering_diagnostics);
    project.report(&mut report);
    let done = write(&mut project, &mut report);
    report.finish();
    if done.is_none() || report.failed() { Exit::Errors } else { Exit::Done }
}

fn write(project: &mut Project, report: &mut Report) -> Option<()> {
    let Project { root, world, compiled } = project;
    let Compiled { config, manuscript, book, sources, .. } = compiled;
    let config = config.as_ref()?;
    let lines = Lines::new(manuscript.as_ref()?, book.as_ref()?, config);
    let named = config.gather.arrangement.as_ref();
    let name = normalize(named.map_or(arrangement::FILE, |file| &file.name));
    let (text, new) = match world.read(&name) {
        Err(_) => (lines.file(&[]), lines.count()),
        Ok(bytes) => {
            let span = named.and_then(|file| file.span);
            let read = arrangement::read(&name, span, world, sources);
            let known = match read {
                Ok(known) => known.value,
                Err(diagnostics) => {
                    report.tell(diagnostics, sources);
                    eprintln!("{name} was not written: correct it first");
                    return None;
                }
            };
            lines.added_to(&String::from_utf8_lossy(&bytes), &known)
        }
    };
    let path = root.join(Path::new(&name));
    if let Err(diagnostic) = output::replace(&path, text.as_bytes()) {
        report.tell(vec![diagnostic], sources);
        return None;
    }
    let all = plural(lines.count(), "chapter");
    eprintln!("{}: {all}, {new} of them new", path.display());
    if named.is_none() {
        eprintln!("To use it, write `arrangement: {name}` below `gather:` in book.yaml.");
    }
    Some(())
}

/// The names that the words behind them stand below one another for, in letters.
const MAX_WIDTH: usize = 40;

/// A line for each chapter.
struct Lines<'a> {
    title: &'a str,
    /// The parts in order, each with its chapters.
    parts: Vec<PartLines<'a>>,
}

struct PartLines<'a> {
    title: Option<&'a str>,
    subtitle: Option<&'a str>,
    intro: Option<&'a str>,
    /// The name of each chapter, and the whole line.
    chapters: Vec<(String, String)>,
}

impl<'a> Lines<'a> {
    fn new(manuscript: &'a Manuscript, book: &'a Book, config: &'a BookConfig) -> Self {
        let mut slugs: BTreeMap<&str, usize> = BTreeMap::new();
        for post in manuscript.chapters() {
            *slugs.entry(&post.slug).or_default() += 1;
        }
        let name = |post: &Post| {
            let is_unique = slugs.get(post.slug.as_str()) == Some(&1);
            if is_unique { post.slug.clone() } else { post.path.clone() }
        };
        let widths =
            manuscript.chapters().map(|post| scalar(&name(post)).chars().count());
        let width = widths.filter(|&width| width <= MAX_WIDTH).max().unwrap_or(0);
        let line = |(post, chapter): (&Post, &Chapter)| {
            let name = name(post);
            let date = chapter.date.map(|date| format!("{date}, ")).unwrap_or_default();
            let words = plural(Statistics::of_chapter(book, chapter).words, "word");
            let title = plain_text(&chapter.title);
            let line =
                format!("- {:width$}  # {date}{words}: {}", scalar(&name), title.trim());
            (name, line)
        };
        let parts = manuscript.parts.iter().zip(&book.parts).map(|(posts, part)| {
            let posts = manuscript.posts.get(posts.posts.clone()).unwrap_or_default();
            let title = part.title.as_deref();
            let listed = config.listed_parts().iter();
            let listed = listed
                .filter(|it: &&ListedPart| Some(it.title.as_str()) == title)
                .find_map(|it| it.intro.as_ref());
            PartLines {
                title,
                subtitle: part.subtitle.as_deref(),
                intro: listed.map(|intro| intro.name.as_str()),
                chapters: posts.iter().zip(&part.chapters).map(line).collect(),
            }
        });
        Self { title: book.title(), parts: parts.collect() }
    }

    fn count(&self) -> usize {
        self.parts.iter().map(|part| part.chapters.len()).sum()
    }

    /// A whole file, without posts that are left out.
    fn file(&self, left_out: &[TagName]) -> String {
        let mut text = format!(
            "# The chapters of “{}” in order. `bindery arrange` wrote this file; it is yours to edit:\n\
             # move lines, retitle the parts, take posts out of the book by moving them to `left-out`.\n\
             # `bindery arrange` adds posts that are new to it, and leaves all else as it is.\n",
            self.title
        );
        let is_divided = self.parts.iter().any(|part| part.title.is_some());
        text.push_str(if is_divided { "parts:\n" } else { "chapters:\n" });
        for part in &self.parts {
            if is_divided {
                // Posts that fell into no part of their own have one without a name.
                let title = scalar(part.title.unwrap_or("…"));
                text.push_str(&format!("- title: {title}\n"));
                for (key, said) in [("subtitle", part.subtitle), ("intro", part.intro)] {
                    if let Some(said) = said {
                        text.push_str(&format!("  {key}: {}\n", scalar(said)));
                    }
                }
                text.push_str("  chapters:\n");
            }
            let indent = if is_divided { "  " } else { "" };
            let is_left_out = |name: &str| left_out.iter().any(|it| it.name == name);
            for (_, line) in part.chapters.iter().filter(|(name, _)| !is_left_out(name)) {
                text.push_str(&format!("{indent}{line}\n"));
            }
        }
        let names: Vec<String> = left_out.iter().map(|it| scalar(&it.name)).collect();
        text.push_str(&format!("left-out: [{}]\n", names.join(", ")));
        text
    }

    /// A file that is there with the chapters that it does not name, and how many these are.
    fn added_to(&self, text: &str, known: &Arrangement) -> (String, usize) {
        let listed: BTreeMap<&str, Range<usize>> = ranges(known.in_order()).collect();
        let left_out: BTreeMap<&str, _> = ranges(known.left_out.iter()).collect();
        let is_new = |(name, _): &&(String, String)| {
            !listed.contains_key(name.as_str()) && !left_out.contains_key(name.as_str())
        };
        let new =
            self.parts.iter().flat_map(|part| &part.chapters).filter(is_new).count();
        let Some(first) = listed.values().min_by_key(|range| range.start) else {
            return (self.file(&known.left_out), new);
        };
        let mut added: BTreeMap<usize, String> = BTreeMap::new();
        let mut before = None;
        for part in &self.parts {
            let place = |(name, _): &(String, String)| listed.get(name.as_str());
            let next = part.chapters.iter().find_map(place);
            let mut is_head = true;
            for chapter in &part.chapters {
                if let Some(range) = place(chapter) {
                    (before, is_head) = (Some(range), false);
                } else if is_new(&chapter) {
                    // Those at the head of a part stand before the next one that is known.
                    let (offset, addition) = match (next.filter(|_| is_head), before) {
                        (Some(next), _) => beside(text, next, Side::Before, chapter),
                        (None, Some(before)) => {
                            beside(text, before, Side::After, chapter)
                        }
                        (None, None) => beside(text, first, Side::Before, chapter),
                    };
                    added.entry(offset).or_default().push_str(&addition);
                }
            }
        }
        let mut whole = String::with_capacity(text.len());
        let mut copied = 0;
        for (offset, addition) in added {
            whole.push_str(&text[copied..offset]);
            let is_line = addition.ends_with('\n');
            if is_line && !whole.is_empty() && !whole.ends_with('\n') {
                whole.push('\n');
            }
            whole.push_str(&addition);
            copied = offset;
        }
        whole.push_str(&text[copied..]);
        (whole, new)
    }
}

/// Names by where they are written.
fn ranges<'a>(
    names: impl Iterator<Item = &'a TagName>,
) -> impl Iterator<Item = (&'a str, Range<usize>)> {
    names.filter_map(|it| Some((it.name.as_str(), it.span?.range())))
}

/// On which side of a name something is added.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Before,
    After,
}

/// What is to be added to a file to have a chapter beside a name that stands there, and where: a line
/// of its own, or in a list in brackets the name alone.
fn beside(
    text: &str,
    name: &Range<usize>,
    side: Side,
    (new, line): &(String, String),
) -> (usize, String) {
    let start = text[..name.start].rfind('\n').map_or(0, |at| at + 1);
    let before = &text[start..name.start];
    let indent = before.strip_suffix("- ").filter(|indent| indent.trim().is_empty());
    match (indent, side) {
        (Some(indent), Side::Before) => (start, format!("{indent}{line}\n")),
        (Some(indent), Side::After) => {
            let end = text[name.end..].find('\n').map(|at| name.end + at + 1);
            (end.unwrap_or(text.len()), format!("{indent}{line}\n"))
        }
        (None, Side::Before) => (name.start, format!("{}, ", scalar(new))),
        (None, Side::After) => (name.end, format!(", {}", scalar(new))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{FileId, Sources};

    fn lines(parts: &[(&'static str, &[&str])]) -> Lines<'static> {
        let part = |(title, chapters): &(&'static str, &[&str])| PartLines {
            title: Some(*title).filter(|it| !it.is_empty()),
            subtitle: None,
            intro: None,
            chapters: chapters
                .iter()
                .map(|name| ((*name).to_owned(), format!("- {name}  # words")))
                .collect(),
        };
        Lines { title: "A book", parts: parts.iter().map(part).collect() }
    }

    fn added(text: &str, parts: &[(&'static str, &[&str])]) -> String {
        let mut sources = Sources::default();
        let file: FileId = sources.add("arrangement.yaml", text);
        let known = arrangement::parse(text, file).expect("an arrangement").value;
        lines(parts).added_to(text, &known).0
    }

    #[test]
    fn what_is_new_follows_what_stands_before_it() {
        let text = "chapters:\n- c  # mine\n- a\nleft-out: [d]\n";
        assert_eq!(
            added(text, &[("", &["a", "b", "c", "d", "e"])]),
            "chapters:\n- c  # mine\n- e  # words\n- a\n- b  # words\nleft-out: [d]\n"
        );
    }

    #[test]
    fn what_is_new_at_the_head_of_a_part_stands_in_that_part() {
        let text =
            "parts:\n- title: One\n  chapters: [a]\n- title: Two\n  chapters:\n  - d";
        assert_eq!(
            added(text, &[("One", &["a", "b"]), ("Two", &["c", "d", "e"])]),
            "parts:\n- title: One\n  chapters: [a, b]\n- title: Two\n  chapters:\n  \
             - c  # words\n  - d\n  - e  # words\n"
        );
    }

    #[test]
    fn an_empty_file_is_written_anew() {
        let text = "chapters: []\nleft-out: [b]\n";
        let written = added(text, &[("", &["a", "b"])]);
        assert!(
            written.ends_with("chapters:\n- a  # words\nleft-out: [b]\n"),
            "{written}"
        );
    }
}
