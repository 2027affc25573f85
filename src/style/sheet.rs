//! Stylesheets: all those of a book, parsed for one medium.

use super::cascade::Origin;
use super::font_face::FontFace;
use super::imports::{self, Sheet, file_path, missing};
use super::media::Medium;
use super::page::PageRule;
use super::read::{ParsedRules, Source, read};
use super::rules::RuleIndex;
use crate::diag::{Code, Diagnostic, Warned};
use crate::source::{FileId, Sources};
use crate::world::World;

/// A stylesheet: the rules of a book for one medium.
#[derive(Debug)]
pub(crate) struct Stylesheet {
    pub(super) rules: RuleIndex,
    pub(super) pages: Vec<PageRule>,
    faces: Vec<FontFace>,
}

/// The user agent's stylesheet: what every element is before any theme.
const USER_AGENT: &str = include_str!("ua.css");

impl Stylesheet {
    /// Parses stylesheets in the order of the cascade. Files that they import are read through
    /// `sources`.
    pub(crate) fn read(
        sheets: &[Sheet],
        medium: Medium,
        world: &dyn World,
        sources: &mut Sources,
    ) -> Warned<Self> {
        let mut diagnostics = Vec::new();
        let mut all = ParsedRules::default();
        let file = FileId::default();
        let user_agent = Source { file, origin: Origin::UserAgent, medium };
        read(USER_AGENT, user_agent, &mut all);
        let sheets = imports::with_imports(sheets, medium, world, sources);
        let mut faces = Vec::new();
        for sheet in sheets.into_value(&mut diagnostics) {
            let source = Source { file: sheet.file, origin: Origin::Author, medium };
            read(&sheet.text, source, &mut all);
            let found = all.diagnostics.drain(..).filter(|_| !sheet.own);
            diagnostics.extend(found);
            for face in all.faces.drain(..) {
                match font_file(&sheet.path, &face.path, world) {
                    Some(path) => match unreadable_font(&path, world) {
                        Some(unreadable) => diagnostics.push(unreadable.at(face.span)),
                        None => faces.push(FontFace { path, ..face }),
                    },
                    None => diagnostics.push(missing(&face.path).at(face.span)),
                }
            }
        }
        let ParsedRules { rules, pages, .. } = all;
        Warned { value: Self { rules, pages, faces }, diagnostics }
    }

    /// The fonts that it declares.
    pub(crate) fn font_faces(&self) -> &[FontFace] {
        &self.faces
    }
}

/// The file of a font that a stylesheet names, by its path from the book's folder: where other
/// files are looked for, or in `fonts/`.
pub(super) fn font_file(sheet: &str, address: &str, world: &dyn World) -> Option<String> {
    let name = address.rsplit('/').next().unwrap_or(address);
    let in_fonts = || Some(format!("fonts/{name}")).filter(|path| world.exists(path));
    file_path(sheet, address, world).or_else(in_fonts)
}

/// The diagnostic of a file that is no font that can be read, by how it begins (OpenType 1.9,
/// "Table directory"; WOFF 2.0, section 4).
fn unreadable_font(path: &str, world: &dyn World) -> Option<Diagnostic> {
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
