//! Stylesheets: all that a book brings along, read for one medium.

use cssparser::Parser;

use super::media::Medium;
use super::page::PageRule;
use super::read::{Collected, Origin, read};
use super::rules::{Declaration, RuleIndex};
use crate::diag::{Code, Diagnostic, Warned};
use crate::source::{FileId, Sources, Span};
use crate::world::{World, normalize};

/// The rules of a book for one medium.
#[derive(Debug)]
pub struct Stylesheet {
    pub(super) rules: RuleIndex,
    pub(super) pages: Vec<PageRule>,
    faces: Vec<FontFace>,
    /// Whether any selector counts by type.
    pub(super) of_type: bool,
}

/// A font that a stylesheet brings along.
#[derive(Debug, Clone, PartialEq)]
pub struct FontFace {
    /// The name by which the stylesheet calls it.
    pub family: String,
    /// From 1 to 1000.
    pub weight: u16,
    /// Whether it is italic.
    pub italic: bool,
    /// In per cent.
    pub stretch: u16,
    /// The file.
    pub path: String,
    /// The place that names it.
    pub span: Span,
}

/// A stylesheet before it is read.
#[derive(Debug, Clone, Copy)]
pub struct SheetSource<'a> {
    /// The file, as diagnostics name it.
    pub file: FileId,
    /// Its path, which what it names is relative to.
    pub path: &'a str,
    /// Its text.
    pub text: &'a str,
    /// Whether it is one of this tool's own themes.
    pub own: bool,
}

/// What every element is before any theme.
const USER_AGENT: &str = include_str!("ua.css");

/// How deep stylesheets may import one another.
const DEEPEST: usize = 8;

impl Stylesheet {
    /// Reads stylesheets in the order of the cascade. Files that they import are read through
    /// `sources`.
    pub fn read(
        sheets: &[SheetSource],
        medium: Medium,
        world: &dyn World,
        sources: &mut Sources,
    ) -> Warned<Self> {
        let mut all = Collected::default();
        let nowhere = FileId::default();
        read(USER_AGENT, Origin { file: nowhere, rank: 0, medium }, &mut all);
        for sheet in sheets {
            let mut open = Vec::new();
            let at = (sheet.file, sheet.path);
            one(sheet.text, at, sheet.own, medium, world, sources, &mut all, &mut open);
        }
        let of_type = sheets.iter().any(|sheet| sheet.text.contains("of-type"));
        let Collected { rules, pages, faces, mut diagnostics, .. } = all;
        let faces =
            faces.into_iter().filter_map(|face| found(face, world, &mut diagnostics));
        let faces = faces.collect();
        Warned { value: Self { rules, pages, faces, of_type }, diagnostics }
    }

    /// The fonts that it brings along.
    pub fn font_faces(&self) -> &[FontFace] {
        &self.faces
    }
}

#[expect(clippy::too_many_arguments, reason = "a file is read with all around it")]
fn one(
    text: &str,
    (file, path): (FileId, &str),
    own: bool,
    medium: Medium,
    world: &dyn World,
    sources: &mut Sources,
    all: &mut Collected,
    open: &mut Vec<String>,
) {
    let origin = Origin { file, rank: 1, medium };
    let mut collected = Collected { order: all.order, ..Collected::default() };
    // What is imported stands before what imports it: it is looked for first.
    read(text, origin, &mut collected);
    let imports = std::mem::take(&mut collected.imports);
    open.push(normalize(path));
    for (address, span) in imports {
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        let beside = normalize(&format!("{folder}/{address}"));
        let known = [beside, normalize(&address)];
        let remote = address.contains("://") || address.starts_with("//");
        let wanted = known.into_iter().find(|path| !remote && world.exists(path));
        let wanted = wanted.filter(|path| !open.contains(path) && open.len() < DEEPEST);
        let text = wanted.as_ref().and_then(|path| world.read(path).ok());
        let text = text.and_then(|bytes| String::from_utf8(bytes.to_vec()).ok());
        let (Some(path), Some(text)) = (wanted, text) else {
            all.diagnostics.push(missing(&address, remote).at(span));
            continue;
        };
        let file = sources.add(&path, text.as_str());
        one(&text, (file, &path), own, medium, world, sources, all, open);
    }
    open.pop();
    let mut again = Collected { order: all.order, ..Collected::default() };
    std::mem::swap(all, &mut again);
    // Read once more, after what it imports: the order is that of the cascade.
    let diagnostics = std::mem::take(&mut again.diagnostics);
    *all = again;
    let before = all.diagnostics.len();
    read(text, origin, all);
    all.imports.clear();
    if own {
        all.diagnostics.truncate(before);
    }
    for face in &mut all.faces {
        if face.span.file == file && !face.path.starts_with("\0") {
            face.path = resolved(path, &face.path, world);
        }
    }
    all.diagnostics.splice(0..0, diagnostics);
}

/// A file that a stylesheet names, by its path from the book's folder, marked as found by NUL.
fn resolved(sheet: &str, address: &str, world: &dyn World) -> String {
    let folder = sheet.rsplit_once('/').map_or("", |(folder, _)| folder);
    let name = address.rsplit('/').next().unwrap_or(address);
    let places =
        [format!("{folder}/{address}"), address.to_owned(), format!("fonts/{name}")];
    let found = places.iter().map(|path| normalize(path)).find(|path| world.exists(path));
    found.map_or_else(|| address.to_owned(), |path| format!("\0{path}"))
}

fn found(
    mut face: FontFace,
    _: &dyn World,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<FontFace> {
    if let Some(path) = face.path.strip_prefix('\0') {
        face.path = path.to_owned();
        return Some(face);
    }
    let remote = face.path.contains("://");
    diagnostics.push(missing(&face.path, remote).at(face.span));
    None
}

fn missing(address: &str, remote: bool) -> Diagnostic {
    let say = Diagnostic::new(
        Code::CssMissingFile,
        format!("the stylesheet names `{address}`, which is not there"),
    );
    if remote {
        say.hint("nothing is read from the network: lay the file beside the book")
    } else {
        say.hint("paths are looked for beside the stylesheet, and beside book.yaml")
    }
}

/// What an `@font-face` declares, if it has a name and a file.
pub(super) fn face(declarations: &[Declaration]) -> Option<FontFace> {
    let get = |name: &str| declarations.iter().rev().find(|it| &*it.name == name);
    let family = get("font-family")?.value.trim_matches(['"', '\'']).to_owned();
    let source = get("src")?;
    let path = first_file(&source.value)?;
    let number = |name: &str| {
        let value = get(name)?.value.split_whitespace().next()?.to_owned();
        match value.as_str() {
            "normal" => Some(400),
            "bold" => Some(700),
            _ => value.trim_end_matches('%').parse::<u16>().ok(),
        }
    };
    let italic = get("font-style").is_some_and(|it| {
        it.value.starts_with("italic") || it.value.starts_with("oblique")
    });
    Some(FontFace {
        family,
        weight: number("font-weight").unwrap_or(400),
        italic,
        stretch: number("font-stretch").filter(|it| *it != 400).unwrap_or(100),
        path,
        span: source.span,
    })
}

fn first_file(value: &str) -> Option<String> {
    let mut input = Parser::new(value);
    while !input.is_exhausted() {
        if let Ok(url) = input.try_parse(Parser::expect_url) {
            let name = url.to_ascii_lowercase();
            let readable = [".ttf", ".otf", ".ttc", ".otc"];
            if readable.iter().any(|end| name.ends_with(end)) {
                return Some(url.to_string());
            }
            continue;
        }
        input.next().ok()?;
    }
    None
}
