//! What a case expects: `messages.txt`, and the lines of `expect.txt`.

use std::collections::BTreeMap;
use std::fs;
use std::process::Command;

use bindery::Manuscript;

use crate::case::{Bound, Case, Editions, unpack};
use crate::{judge, notes, pages, properties};

/// Set, it writes each `messages.txt` anew; look at the difference before it is committed.
const ACCEPT: &str = "BINDERY_ACCEPT_MESSAGES";

/// Binds a case and compares all that it expects.
pub(crate) fn check(case: &Case) {
    if let Some(arguments) = case.read("arguments.txt") {
        return check_command(case, &arguments);
    }
    let bound = case.bind();
    check_messages(case, &bound.messages());
    for editions in bound.editions.iter().chain(&bound.volumes) {
        judge::epub(&editions.epub, &case.name);
        judge::epub(&editions.paged, &case.name);
        if let Some(pdf) = &editions.pdf {
            judge::pdf(pdf, editions.is_for_print, &case.name);
        }
        judge::frames(&editions.frames, &case.name);
        notes::epub(&editions.epub, &case.name);
        notes::frames(&editions.frames, editions.notes_at_foot, &case.name);
    }
    let expected = case.read("expect.txt").unwrap_or_default();
    if !expected.is_empty() {
        Found::new(case, &bound).check(&expected);
    }
    let has_any = !expected.is_empty() || case.folder.join("messages.txt").exists();
    assert!(has_any, "{} expects nothing", case.name);
    assert!(
        bound.failed()
            || bound.editions.iter().chain(&bound.volumes).any(|e| e.pdf.is_some()),
        "{}: neither a PDF nor an error",
        case.name
    );
}

/// What only the command line can come upon: its messages are those of the binary.
fn check_command(case: &Case, arguments: &str) {
    let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR"))
        .join("suite")
        .join(case.name.replace('/', "-"));
    let _ = fs::remove_dir_all(&folder);
    copy(&case.folder, &folder);
    let output = Command::new(env!("CARGO_BIN_EXE_bindery"))
        .args(arguments.split_whitespace())
        .current_dir(&folder)
        .output()
        .unwrap();
    check_messages(case, &String::from_utf8_lossy(&output.stderr));
}

fn copy(from: &std::path::Path, to: &std::path::Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let target = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy(&path, &target);
        } else {
            fs::copy(&path, target).unwrap();
        }
    }
}

fn check_messages(case: &Case, messages: &str) {
    let path = case.folder.join("messages.txt");
    if std::env::var_os(ACCEPT).is_some() {
        if messages.is_empty() {
            let _ = fs::remove_file(&path);
        } else {
            fs::write(&path, messages).unwrap();
        }
    }
    let expected = case.read("messages.txt").unwrap_or_default();
    assert!(
        messages == expected,
        "{}: messages differ\n--- expected\n{expected}--- found\n{messages}",
        case.name
    );
}

/// All that a line of `expect.txt` may ask for.
struct Found<'a> {
    case: &'a Case,
    manuscript: Option<&'a Manuscript>,
    /// The book, or its volumes.
    books: Vec<Unpacked<'a>>,
}

struct Unpacked<'a> {
    editions: &'a Editions,
    files: BTreeMap<String, String>,
    /// Those of the EPUB with marks of pages.
    paged: BTreeMap<String, String>,
}

impl<'a> Found<'a> {
    fn new(case: &'a Case, bound: &'a Bound) -> Self {
        let books =
            bound.editions.iter().chain(&bound.volumes).map(|editions| Unpacked {
                editions,
                files: unpack(&editions.epub),
                paged: unpack(&editions.paged),
            });
        let manuscript = bound.compiled.manuscript.as_ref();
        Self { case, manuscript, books: books.collect() }
    }

    fn check(&self, expected: &str) {
        for line in expected.lines() {
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            if let Some(name) = line.strip_prefix("snapshot ") {
                self.snapshot(name);
                continue;
            }
            let (subject, holds, words) = split(line);
            let text = self.text(subject);
            assert!(
                text.contains(words) == holds,
                "{}: not so: {line}\n--- {subject} is\n{text}",
                self.case.name
            );
        }
    }

    fn snapshot(&self, name: &str) {
        let mut text = self.text(name).replace(env!("CARGO_PKG_VERSION"), "[version]");
        if text.starts_with("<?xml") {
            text = text.replace("><", ">\n<");
        }
        let mut settings = insta::Settings::clone_current();
        settings.set_snapshot_path(&self.case.folder);
        settings.set_prepend_module_to_snapshot(false);
        settings.set_omit_expression(true);
        settings.bind(|| insta::assert_snapshot!(name.replace(' ', "-"), text));
    }

    /// `gathered`, `pdf`, `pdf page N`, `pdf pages`, `pdf outline`, or a file of the EPUB by
    /// its name or by the beginning of it, or after `paged` one of the EPUB with marks of pages;
    /// all but the first after `volume N` of one of several volumes.
    fn text(&self, subject: &str) -> String {
        if subject == "gathered" {
            return gathered(self.manuscript.expect("a manuscript"));
        }
        let (volume, subject) = match subject.strip_prefix("volume ") {
            Some(rest) => rest.split_once(' ').expect(subject),
            None => ("1", subject),
        };
        let number: usize = volume.parse().expect("the number of a volume");
        let Unpacked { editions, files, paged } = &self.books[number - 1];
        let frames = &editions.frames;
        match subject.strip_prefix("pdf").map(str::trim_start) {
            Some("") => pages::text(frames),
            Some("pages") => format!("{}\n", frames.pages.len()),
            Some("links") => pages::links(frames),
            Some("frames") => properties::dump(frames),
            Some("outline") => pages::outline(frames),
            Some("runs") => pages::running_text(frames),
            Some(page) => {
                let folio = page.strip_prefix("page ").expect(subject);
                let page = frames.pages.iter().find(|p| p.folio.to_string() == folio);
                pages::page_text(page.unwrap_or_else(|| panic!("no page {folio}")))
            }
            None => {
                let (files, subject) = match subject.strip_prefix("paged ") {
                    Some(subject) => (paged, subject),
                    None => (files, subject.trim_start_matches("epub ")),
                };
                let path = format!("EPUB/{subject}");
                let file = files.iter().find(|(name, _)| name.starts_with(&path));
                file.unwrap_or_else(|| {
                    panic!("no {path} among {:?}", files.keys().collect::<Vec<_>>())
                })
                .1
                .clone()
            }
        }
    }
}

/// `subject contains: words` or `subject lacks: words`.
fn split(line: &str) -> (&str, bool, &str) {
    for (verb, holds) in [(" contains: ", true), (" lacks: ", false)] {
        if let Some((subject, words)) = line.split_once(verb) {
            return (subject, holds, words);
        }
    }
    panic!("`{line}` is neither `snapshot …`, `… contains: …` nor `… lacks: …`");
}

/// The parts and posts in order, and why others were left out.
fn gathered(manuscript: &Manuscript) -> String {
    let mut text = String::new();
    for part in &manuscript.parts {
        text += &format!("part: {}\n", part.title.as_deref().unwrap_or("-"));
        for post in &manuscript.posts[part.posts.clone()] {
            let header = &post.header;
            let date = header.date.map_or_else(|| "-".to_owned(), |d| d.to_string());
            text += &format!(
                "  {date} {} ({}) [{}]\n",
                header.title,
                post.slug,
                header.tags.join(", ")
            );
        }
    }
    for post in &manuscript.left_out {
        text += &format!("left out: {} {}\n", post.path, post.reason);
    }
    text
}
