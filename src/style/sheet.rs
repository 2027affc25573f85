//! Stylesheets: all that a book brings along, read for one medium.

use cssparser::Parser;

use super::imports::{self, Sheet, found, missing};
use super::media::Medium;
use super::page::PageRule;
use super::read::{Collected, Origin, read};
use super::rules::{Declaration, RuleIndex};
use crate::diag::{Code, Diagnostic, Warned};
use crate::source::{FileId, Sources, Span};
use crate::world::World;

/// The rules of a book for one medium.
#[derive(Debug)]
pub struct Stylesheet {
    pub(super) rules: RuleIndex,
    pub(super) pages: Vec<PageRule>,
    faces: Vec<FontFace>,
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

/// What every element is before any theme.
const USER_AGENT: &str = include_str!("ua.css");

impl Stylesheet {
    /// Reads stylesheets in the order of the cascade. Files that they import are read through
    /// `sources`.
    pub fn read(
        sheets: &[Sheet],
        medium: Medium,
        world: &dyn World,
        sources: &mut Sources,
    ) -> Warned<Self> {
        let mut diagnostics = Vec::new();
        let mut all = Collected::default();
        let agent = Origin { file: FileId::default(), rank: 0, medium };
        read(USER_AGENT, agent, &mut all);
        let unfolded = imports::unfolded(sheets, medium, world, sources);
        let mut faces = Vec::new();
        for sheet in unfolded.into_value(&mut diagnostics) {
            read(&sheet.text, Origin { file: sheet.file, rank: 1, medium }, &mut all);
            let said = all.diagnostics.drain(..).filter(|_| !sheet.own);
            diagnostics.extend(said);
            for face in all.faces.drain(..) {
                match font_file(&sheet.path, &face.path, world) {
                    Some(path) => match no_font(&path, world) {
                        Some(said) => diagnostics.push(said.at(face.span)),
                        None => faces.push(FontFace { path, ..face }),
                    },
                    None => diagnostics.push(missing(&face.path).at(face.span)),
                }
            }
        }
        let Collected { rules, pages, .. } = all;
        Warned { value: Self { rules, pages, faces }, diagnostics }
    }

    /// The fonts that it brings along.
    pub fn font_faces(&self) -> &[FontFace] {
        &self.faces
    }
}

/// The file of a font that a stylesheet names, by its path from the book's folder: where other
/// files are looked for, or in `fonts/`.
pub(super) fn font_file(sheet: &str, address: &str, world: &dyn World) -> Option<String> {
    let name = address.rsplit('/').next().unwrap_or(address);
    let in_fonts = || Some(format!("fonts/{name}")).filter(|path| world.exists(path));
    found(sheet, address, world).or_else(in_fonts)
}

/// What is said of a file that is no font that can be read, by how it begins (OpenType 1.9,
/// "Table directory"; WOFF 2.0, section 4).
fn no_font(path: &str, world: &dyn World) -> Option<Diagnostic> {
    let bytes = world.read(path).ok()?;
    let begin = bytes.get(..4).unwrap_or_default();
    let (what, hint) = match begin {
        b"OTTO" | b"true" | b"ttcf" | b"\0\x01\0\0" => return None,
        b"wOFF" | b"wOF2" => (
            "is compressed for the web, and is not read",
            "name the same font as `.otf` or `.ttf`",
        ),
        _ => ("is no font", "it takes `.otf`, `.ttf`, `.otc` or `.ttc`"),
    };
    let message = format!("the stylesheet names `{path}`, which {what}");
    Some(Diagnostic::new(Code::FontUnreadable, message).hint(hint))
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

/// The first file that can be read, by its ending; else the first of all, which is then told of.
fn first_file(value: &str) -> Option<String> {
    let mut input = Parser::new(value);
    let mut first = None;
    while !input.is_exhausted() {
        if let Ok(url) = input.try_parse(Parser::expect_url) {
            let name = url.to_ascii_lowercase();
            let readable = [".ttf", ".otf", ".ttc", ".otc"];
            if readable.iter().any(|end| name.ends_with(end)) {
                return Some(url.to_string());
            }
            first.get_or_insert_with(|| url.to_string());
        } else if input.next().is_err() {
            break;
        }
    }
    first
}
