//! A case: its folder laid into memory, and the books that are bound from it.

use std::collections::BTreeMap;
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

use bindery::{Compiled, Formats, Frames, Goal, MemoryWorld, Request, World, compile};
use jiff::civil::date;

/// A folder below `tests/suite/` that holds a `book.yaml`.
pub(crate) struct Case {
    /// `area/name`.
    pub(crate) name: String,
    pub(crate) folder: PathBuf,
}

/// All that binding a case gives.
pub(crate) struct Bound {
    pub(crate) compiled: Compiled,
    /// None where the book is bound in volumes, or not at all.
    pub(crate) editions: Option<Editions>,
    pub(crate) volumes: Vec<Editions>,
}

/// Both editions, and the pages that the PDF was drawn from.
pub(crate) struct Editions {
    /// The EPUB as it is when no PDF is made,
    pub(crate) epub: Vec<u8>,
    /// and with marks where the PDF's pages begin.
    pub(crate) paged: Vec<u8>,
    pub(crate) pdf: Option<Vec<u8>>,
    pub(crate) frames: Frames,
    /// Whether the PDF is for print, and promises no standard.
    pub(crate) is_for_print: bool,
    pub(crate) notes_at_foot: bool,
}

/// The folder of all cases.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/suite")
}

impl Case {
    /// Every case, by name; with `BINDERY_CASES`, only those whose names begin with it.
    pub(crate) fn all() -> Vec<Self> {
        let asked = std::env::var("BINDERY_CASES").unwrap_or_default();
        let mut cases = Vec::new();
        for area in folders(&root()) {
            for folder in folders(&area) {
                let parts = [&area, &folder].map(|path| file_name(path));
                cases.push(Self { name: parts.join("/"), folder });
            }
        }
        cases.retain(|case| case.name.starts_with(&asked));
        cases
    }

    /// A file of expectations, if the case has it.
    pub(crate) fn read(&self, name: &str) -> Option<String> {
        fs::read_to_string(self.folder.join(name)).ok()
    }

    /// Binds the case's book.
    pub(crate) fn bind(&self) -> Bound {
        let mut world = MemoryWorld::new(date(2026, 1, 1));
        lay_in(&mut world, &self.folder, "");
        bind(&world)
    }
}

/// Binds the book of a world into both editions.
pub(crate) fn bind(world: &MemoryWorld) -> Bound {
    let mut compiled = compile(
        world,
        "book.yaml",
        &Request::default().keeping_pages().comparing_text(true),
    );
    let alone = Goal::Editions(Formats { epub: true, pdf: false });
    let alone = compile(world, "book.yaml", &Request::default().up_to(alone));
    let settings = world.read("book.yaml").unwrap_or_default();
    let settings = String::from_utf8_lossy(&settings);
    let says = |setting: &str| settings.contains(setting);
    let (is_for_print, notes_at_foot) = (says("edition: print"), says("place: page"));
    let editions =
        |epub, paged: &mut Option<_>, pages: &mut Option<_>, pdf: &mut Option<_>| {
            let (epub, paged, frames, pdf) =
                (epub?, paged.take()?, pages.take()?, pdf.take());
            Some(Editions { epub, paged, pdf, frames, is_for_print, notes_at_foot })
        };
    let Compiled { epub, pages, pdf, .. } = &mut compiled;
    let book = editions(alone.epub, epub, pages, pdf);
    let volumes = compiled.volumes.iter_mut().zip(alone.volumes);
    let volumes = volumes.filter_map(|(volume, alone)| {
        editions(alone.epub, &mut volume.epub, &mut volume.pages, &mut volume.pdf)
    });
    let volumes = volumes.collect();
    Bound { compiled, editions: book, volumes }
}

impl Bound {
    /// Whether a user would get no book.
    pub(crate) fn failed(&self) -> bool {
        self.compiled.failed()
    }

    /// Every diagnostic: `warning[code] place: message`, its hints below it.
    pub(crate) fn messages(&self) -> String {
        let mut text = String::new();
        let Compiled { diagnostics, sources, .. } = &self.compiled;
        for diagnostic in diagnostics {
            let severity = format!("{:?}", diagnostic.severity).to_lowercase();
            text += &format!("{severity}[{}]", diagnostic.code.name());
            let place = |span| {
                let place = sources.line_column(span);
                let path = &sources.get(span.file).path;
                format!(" {path}:{}:{}", place.line, place.column)
            };
            text += &diagnostic.span.map(place).unwrap_or_default();
            text += &format!(": {}\n", diagnostic.message);
            for span in &diagnostic.also {
                text += &format!("  also{}\n", place(*span));
            }
            for hint in &diagnostic.hints {
                text += &format!("  = {hint}\n");
            }
        }
        text
    }
}

/// The files of an EPUB that are text, by their path in it.
pub(crate) fn unpack(epub: &[u8]) -> BTreeMap<String, String> {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(epub)).unwrap();
    let mut files = BTreeMap::new();
    for index in 0..archive.len() {
        let mut file = archive.by_index(index).unwrap();
        let path = file.name().unwrap().into_owned();
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).unwrap();
        files.insert(path, String::from_utf8(bytes).unwrap_or_default());
    }
    files
}

/// Lays a folder into a world, all but what is expected of it.
fn lay_in(world: &mut MemoryWorld, folder: &Path, prefix: &str) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = format!("{prefix}{}", file_name(&path));
        if path.is_dir() {
            lay_in(world, &path, &format!("{name}/"));
        } else if !is_expectation(&name) {
            world.insert(name, fs::read(&path).unwrap());
        }
    }
}

fn is_expectation(name: &str) -> bool {
    ["messages.txt", "expect.txt", "arguments.txt"].contains(&name)
        || name.starts_with("page-") && name.ends_with(".png")
        || name.ends_with(".snap")
        || name.ends_with(".snap.new")
}

fn folders(of: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(of).unwrap().map(|entry| entry.unwrap().path());
    let mut folders: Vec<PathBuf> = entries.filter(|path| path.is_dir()).collect();
    folders.sort();
    folders
}

fn file_name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}
