//! The shape of the sources: which module may use which, and how long a file may be.
#![expect(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    reason = "the sources are files on disk, and a test fails where they do"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// The longest that a file may be, and from where on it is named, in lines.
const LONGEST: usize = 900;
const LONG: usize = 600;

/// Modules whose uses are fewer than their place in `src/lib.rs` would allow.
const NARROW: &[(&str, &[&str])] = &[
    ("source", &[]),
    ("units", &[]),
    ("language", &[]),
    ("typefaces", &[]),
    ("diag", &["address", "source"]),
    ("world", &["source", "diag"]),
    ("pdf", &["source", "typeset", "units", "diag", "document", "typefaces"]),
];

/// What `pdf` may know of `typeset`.
const OF_TYPESET: &[&str] = &["output", "text"];

/// A source file, and the module that it belongs to.
struct Source {
    path: String,
    module: String,
    text: String,
}

fn sources() -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    walk(&root, &mut files);
    let source = |path: &PathBuf| {
        let relative = path.strip_prefix(&root).unwrap().to_string_lossy();
        let relative = relative.replace('\\', "/");
        let module = relative.split('/').next().unwrap();
        Source {
            module: module.trim_end_matches(".rs").to_owned(),
            text: fs::read_to_string(path).unwrap(),
            path: relative,
        }
    };
    files.iter().map(source).collect()
}

fn walk(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            walk(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
    files.sort();
}

/// The modules in the order of `src/lib.rs`.
fn order() -> Vec<String> {
    let lib = sources().into_iter().find(|source| source.path == "lib.rs").unwrap();
    let modules = lib.text.lines().filter_map(|line| {
        line.strip_prefix("mod ")?.strip_suffix(';').map(str::to_owned)
    });
    modules.collect()
}

/// The code of a file: without comments, and without its tests, which may use anything.
fn code(text: &str) -> String {
    let text = text.split("#[cfg(test)]\nmod tests").next().unwrap_or_default();
    let lines = text.lines().filter(|line| !line.trim_start().starts_with("//"));
    lines.collect::<Vec<_>>().join("\n")
}

/// The paths after each `crate::`, a list in braces taken apart: `crate::{a, b::c}` is
/// `a` and `b::c`.
fn uses(code: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for (at, _) in code.match_indices("crate::") {
        // `$crate::` and `other_crate::` are none of ours.
        if code[..at].ends_with(|c: char| c.is_alphanumeric() || "_$".contains(c)) {
            continue;
        }
        tree(&code[at + "crate::".len()..], "", &mut found);
    }
    found
}

/// Reads one use tree and gives back what follows it.
fn tree<'t>(text: &'t str, prefix: &str, found: &mut BTreeSet<String>) -> &'t str {
    let text = text.trim_start();
    if let Some(mut rest) = text.strip_prefix('{') {
        loop {
            rest = tree(rest, prefix, found).trim_start();
            match rest.strip_prefix(',') {
                Some(after) => rest = after,
                None => return rest.strip_prefix('}').unwrap_or(rest),
            }
        }
    }
    let is_name = |c: char| c.is_alphanumeric() || c == '_';
    let end = text.find(|c: char| !is_name(c)).unwrap_or(text.len());
    let (name, rest) = text.split_at(end);
    let path =
        if prefix.is_empty() { name.to_owned() } else { format!("{prefix}::{name}") };
    match rest.strip_prefix("::") {
        Some(rest) => tree(rest, &path, found),
        None => {
            if !name.is_empty() {
                found.insert(path);
            }
            rest
        }
    }
}

#[test]
fn trees_are_taken_apart() {
    let found = uses("use crate::{a, b::{self, C}};\nfn f() { crate::d::e() }");
    let expected = ["a", "b::C", "b::self", "d::e"].map(str::to_owned);
    assert_eq!(found, BTreeSet::from(expected));
}

#[test]
fn every_module_uses_only_those_above_it() {
    let order = order();
    assert!(order.len() > 10, "src/lib.rs lists {order:?}");
    let mut wrong = Vec::new();
    for source in sources() {
        let module = source.module.as_str();
        if ["lib", "main"].contains(&module) || source.path.ends_with("tests.rs") {
            continue;
        }
        let place = order.iter().position(|name| name == module);
        let place = place.unwrap_or_else(|| panic!("lib.rs does not list {module}"));
        let narrow = NARROW.iter().find(|(name, _)| *name == module);
        for used in uses(&code(&source.text)) {
            let other = used.split("::").next().unwrap_or_default();
            let Some(at) = order.iter().position(|name| name == other) else { continue };
            let apart = [("epub", "typeset"), ("typeset", "epub")];
            let allowed = other == module
                || at < place
                    && !apart.contains(&(module, other))
                    && narrow.is_none_or(|(_, uses)| uses.contains(&other));
            if !allowed {
                wrong.push(format!("{} uses crate::{used}", source.path));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// The stages of typesetting: each imports only from those before it.
const STAGES: &[&str] =
    &["text", "output", "content", "inline", "flow", "table", "pages"];

#[test]
fn every_stage_of_typesetting_uses_only_those_before_it() {
    let mut wrong = Vec::new();
    for source in sources().iter().filter(|source| source.module == "typeset") {
        let own = source.path.split('/').nth(1).unwrap_or_default();
        let Some(place) = STAGES.iter().position(|stage| *stage == own) else { continue };
        if source.path.ends_with("tests.rs") {
            continue;
        }
        for used in uses(&code(&source.text)) {
            let other = used.strip_prefix("typeset::").unwrap_or_default();
            let other = other.split("::").next().unwrap_or_default();
            if STAGES[place + 1..].contains(&other) {
                wrong.push(format!("{} uses crate::{used}", source.path));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// The module of a file, as `a::b`.
fn module_of(path: &str) -> String {
    let path = path.trim_end_matches(".rs");
    path.trim_end_matches("/mod").replace('/', "::")
}

/// Which modules each module imports from, its ancestors and descendants aside.
fn imports() -> BTreeMap<String, BTreeSet<String>> {
    let sources = sources();
    let modules: BTreeSet<String> =
        sources.iter().map(|source| module_of(&source.path)).collect();
    let mut imports = BTreeMap::new();
    for source in sources.iter().filter(|source| !source.path.ends_with("tests.rs")) {
        let own = module_of(&source.path);
        let code = code(&source.text);
        let mut found = uses(&code);
        for (at, _) in code.match_indices("super::") {
            if code[..at].ends_with(|c: char| c.is_alphanumeric() || "_:".contains(c)) {
                continue;
            }
            let (mut rest, mut base) = (&code[at..], own.as_str());
            while let Some(after) = rest.strip_prefix("super::") {
                rest = after;
                base = base.rsplit_once("::").map_or("", |(parent, _)| parent);
            }
            tree(rest, base, &mut found);
        }
        let used = found.iter().filter_map(|path| {
            let mut path = path.as_str();
            while !modules.contains(path) {
                path = path.rsplit_once("::")?.0;
            }
            let related = format!("{path}::").starts_with(&format!("{own}::"))
                || format!("{own}::").starts_with(&format!("{path}::"));
            (!related).then(|| path.to_owned())
        });
        let used: BTreeSet<String> = used.collect();
        imports.insert(own, used);
    }
    imports
}

#[test]
fn no_circle_of_files_is_longer_than_two() {
    let imports = imports();
    let reached = |from: &String| {
        let mut reached = BTreeSet::new();
        let mut open = vec![from];
        while let Some(next) = open.pop() {
            for used in imports.get(next).into_iter().flatten() {
                if reached.insert(used) {
                    open.push(used);
                }
            }
        }
        reached
    };
    let reached: BTreeMap<&String, BTreeSet<&String>> =
        imports.keys().map(|module| (module, reached(module))).collect();
    let empty = BTreeSet::new();
    let of = |module: &String| reached.get(module).unwrap_or(&empty);
    for (module, after) in &reached {
        let circle: Vec<&&String> =
            after.iter().filter(|other| of(other).contains(module)).collect();
        assert!(circle.len() <= 2, "a circle of files: {circle:?}");
    }
}

#[test]
fn a_module_with_parts_is_a_folder_with_a_map() {
    let paths: BTreeSet<String> = sources().into_iter().map(|it| it.path).collect();
    let beside = paths.iter().filter(|path| {
        let folder = format!("{}/", path.trim_end_matches(".rs"));
        !path.ends_with("mod.rs") && paths.iter().any(|other| other.starts_with(&folder))
    });
    let beside: Vec<&String> = beside.collect();
    assert!(beside.is_empty(), "these become `NAME/mod.rs`: {beside:#?}");
}

#[test]
fn the_pdf_knows_frames_and_not_how_they_were_made() {
    for source in sources().iter().filter(|source| source.module == "pdf") {
        for used in uses(&code(&source.text)) {
            if let Some(used) = used.strip_prefix("typeset::") {
                let inner = used.split("::").next().unwrap_or_default();
                assert!(OF_TYPESET.contains(&inner), "{}: {used}", source.path);
            }
        }
    }
}

/// The crates that only one module may name.
#[test]
fn a_crate_is_named_where_it_belongs() {
    const HOMES: &[(&str, &[&str])] = &[
        ("hayagriva", &["bibliography"]),
        ("biblatex", &["bibliography"]),
        ("pulldown_cmark", &["markdown"]),
        (
            "html5gum",
            &["html", "html_to_markdown", "manuscript", "markdown", "source_lock"],
        ),
        ("ureq", &["cli"]),
        ("encoding_rs", &["cli", "import", "manuscript"]),
        ("qrcode", &["typeset"]),
        ("krilla", &["pdf"]),
        ("zip", &["epub"]),
        ("harfrust", &["typeset"]),
        ("hypher", &["typeset"]),
        ("formulary", &["typeset"]),
        ("deunicode", &["document"]),
        ("emojis", &["dialect"]),
        ("fast_glob", &["manuscript"]),
        ("percent_encoding", &["address"]),
        ("icu_collator", &["language"]),
        ("icu_locale", &["language"]),
        ("icu_segmenter", &["typeset"]),
        ("unicode_bidi", &["markdown", "typeset"]),
        ("syntect", &["highlight"]),
        ("two_face", &["highlight"]),
        ("clap", &["cli"]),
        ("regex_lite", &["edits"]),
        ("selectors", &["selector"]),
        ("serde_saphyr", &["config"]),
        ("annotate_snippets", &["cli"]),
    ];
    for source in sources() {
        let code = code(&source.text);
        for (name, homes) in HOMES {
            let named = code.contains(&format!("{name}::"));
            assert!(
                !named || homes.contains(&source.module.as_str()),
                "{} names {name}",
                source.path
            );
        }
    }
}

#[test]
#[expect(clippy::print_stderr, reason = "long files are named, and pass")]
fn no_file_is_too_long() {
    for source in sources() {
        let lines = source.text.lines().count();
        assert!(lines <= LONGEST, "{} has {lines} lines", source.path);
        if lines > LONG {
            eprintln!("{} has {lines} lines: {LONG} is long", source.path);
        }
    }
}
