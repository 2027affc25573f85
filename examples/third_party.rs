//! Writes `THIRD-PARTY.md`: what is in the program that is not ours, and under which terms.
//!
//! `cargo run --example third_party` writes the file; with `-- --check` it writes nothing, and
//! fails if the file is not what it would write. The crates are those of every platform, so that
//! the file is the same wherever it is made.
#![expect(
    clippy::disallowed_methods,
    clippy::print_stderr,
    clippy::unwrap_used,
    reason = "a program for us, which reads the disk and stops where something is amiss"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use serde_json::Value;

/// Fonts in the binary: the folder, the name, and where it comes from.
const FONTS: [(&str, &str, &str); 4] = [
    (
        "dejavu-sans-mono/LICENSE.txt",
        "DejaVu Sans Mono 2.37",
        "https://dejavu-fonts.github.io",
    ),
    (
        "libertinus-serif/OFL.txt",
        "Libertinus Serif 7.051",
        "https://github.com/alerque/libertinus",
    ),
    (
        "source-sans/LICENSE.md",
        "Source Sans 3.052",
        "https://github.com/adobe-fonts/source-sans",
    ),
    (
        "stix-two-math/OFL.txt",
        "STIX Two Math 2.13",
        "https://github.com/stipub/stixfonts",
    ),
];

/// How the names of files with terms begin.
const TERMS: [&str; 6] =
    ["LICENSE", "LICENCE", "COPYING", "NOTICE", "COPYRIGHT", "UNLICENSE"];

/// Which terms are chosen where a crate offers several: the first of these.
const CHOICES: [&str; 3] = ["Apache-2.0", "MIT", "0BSD"];

fn main() -> ExitCode {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let text = document(root);
    let path = root.join("THIRD-PARTY.md");
    if !std::env::args().any(|argument| argument == "--check") {
        fs::write(path, text).unwrap();
        return ExitCode::SUCCESS;
    }
    if fs::read_to_string(path).is_ok_and(|written| written == text) {
        return ExitCode::SUCCESS;
    }
    eprintln!("error: THIRD-PARTY.md is not up to date");
    eprintln!("  = help: write it anew with `cargo run --example third_party`");
    ExitCode::FAILURE
}

/// The whole file.
fn document(root: &Path) -> String {
    let mut text = String::from(
        "# What is in bindery that is not ours\n\n\
         `examples/third_party.rs` writes this file, and `bindery licenses` prints it. Our own work is under the MIT or\n\
         the Apache-2.0 licence, as you like.\n",
    );
    fonts(root, &mut text);
    citations(&mut text);
    grammars(&mut text);
    hyphenation(root, &mut text);
    text.push_str(
        "\n## Data of Unicode and ICU\n\n\
         The crates `icu_*_data`, `unicode-*` and `hypher` hold tables made from the Unicode Character Database, from CLDR\n\
         and from ICU's dictionaries of words, under Unicode-3.0 and the terms that `icu_segmenter_data` names.\n\n\
         ## Colour profiles and certificates\n\n\
         `krilla` holds sRGB and grey profiles of the Compact ICC Profiles (<https://github.com/saucecontrol/Compact-ICC-Profiles>)\n\
         under CC0-1.0. `webpki-roots` holds the certificates that Mozilla trusts, under CDLA-Permissive-2.0.\n",
    );
    crates(root, &mut text);
    text
}

fn fonts(root: &Path, text: &mut String) {
    text.push_str("\n## Fonts\n");
    for (file, name, address) in FONTS {
        let terms = fs::read_to_string(root.join("src/typefaces").join(file)).unwrap();
        let _ = write!(text, "\n### {name}\n\n<{address}>\n\n{}", fenced(&terms));
    }
}

/// The styles and locales of CSL, which `hayagriva` brings.
fn citations(text: &mut String) {
    text.push_str(
        "\n## Citation styles and locales\n\n\
         Styles of <https://github.com/citation-style-language/styles> and locales of\n\
         <https://github.com/citation-style-language/locales>, under CC BY-SA 3.0\n\
         (<https://creativecommons.org/licenses/by-sa/3.0/>), by way of the crate `hayagriva`, which turned them into another\n\
         form and left their content as it was. The authors of each stand in the style itself.\n\n",
    );
    let styles = hayagriva::archive::ArchivedStyle::all().iter();
    let names: BTreeSet<&str> = styles.map(|style| style.display_name()).collect();
    for name in names {
        let _ = writeln!(text, "- {name}");
    }
}

/// What code is highlighted by.
fn grammars(text: &mut String) {
    text.push_str(
        "\n## Grammars of programming languages\n\n\
         Grammars for Sublime Text, gathered by bat (<https://github.com/sharkdp/bat>) and brought by the crate `two-face`.\n\
         Those of Sublime HQ's Packages may be used, changed and passed on by anyone.\n",
    );
    let listing = two_face::acknowledgement::listing();
    let mut by_terms: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for grammar in listing.for_syntaxes() {
        let path = grammar.rel_path.display().to_string().replace('\\', "/");
        by_terms.entry(grammar.text.clone()).or_default().push(path);
    }
    let mut found: Vec<(Vec<String>, String)> =
        by_terms.into_iter().map(|(terms, paths)| (paths, terms)).collect();
    for (paths, _) in &mut found {
        paths.sort_unstable();
    }
    found.sort_unstable();
    for (paths, terms) in found {
        let _ = write!(text, "\n{}\n\n{}", list(&paths), fenced(&terms));
    }
}

fn hyphenation(root: &Path, text: &mut String) {
    let known = fs::read_to_string(root.join("licenses/hyphenation.md")).unwrap();
    let _ = write!(text, "\n## Hyphenation patterns\n\n{known}");
}

/// A crate that is compiled into the program.
struct Dependency {
    name: String,
    version: String,
    license: String,
    folder: PathBuf,
    /// Whether it brings a library in another language, with terms of its own.
    foreign: bool,
}

fn crates(root: &Path, text: &mut String) {
    let dependencies = dependencies(root);
    text.push_str("\n## Crates\n\n| crate | terms |\n|---|---|\n");
    for it in &dependencies {
        let Dependency { name, version, license, .. } = it;
        let address = format!("https://crates.io/crates/{name}/{version}");
        let _ = writeln!(text, "| [{name} {version}]({address}) | {license} |");
    }
    text.push_str(
        "\nWhere there is a choice, the first of these is chosen: Apache-2.0, MIT, 0BSD.\n",
    );
    let mut by_terms: BTreeMap<String, (String, Vec<String>)> = BTreeMap::new();
    for dependency in &dependencies {
        for terms in terms(root, dependency) {
            let key: String = terms.split_whitespace().collect::<Vec<_>>().join(" ");
            let known = by_terms.entry(key).or_insert_with(|| (terms, Vec::new()));
            let named = format!("{} {}", dependency.name, dependency.version);
            if !known.1.contains(&named) {
                known.1.push(named);
            }
        }
    }
    let mut found: Vec<(Vec<String>, String)> =
        by_terms.into_values().map(|(terms, names)| (names, terms)).collect();
    found.sort_unstable();
    for (names, terms) in found {
        let _ = write!(text, "\n{}\n\n{}", list(&names), fenced(&terms));
    }
}

/// The terms of a crate, in the words of its own files.
fn terms(root: &Path, dependency: &Dependency) -> Vec<String> {
    let Dependency { name, license, folder, foreign, .. } = dependency;
    let alternatives: Vec<&str> = license.split(" OR ").map(str::trim).collect();
    let chosen = CHOICES.into_iter().find(|it| alternatives.contains(it));
    let chosen = chosen.filter(|_| !license.contains(" AND "));
    let mut files = Vec::new();
    collect(folder, if *foreign { 3 } else { 0 }, &mut files);
    let own = |path: &&PathBuf| path.parent() == Some(folder);
    let upper =
        |path: &PathBuf| path.file_name().unwrap().to_string_lossy().to_ascii_uppercase();
    let of = |words: &'static [&'static str]| {
        move |path: &&PathBuf| words.iter().any(|word| upper(path).contains(word))
    };
    // The terms of another library count whatever is chosen of the crate's.
    let mut read: Vec<PathBuf> = files.iter().filter(|it| !own(it)).cloned().collect();
    match chosen {
        Some("Apache-2.0") => {
            read.extend(files.iter().filter(own).filter(of(&["NOTICE"])).cloned());
            read.push(root.join("LICENSE-APACHE"));
        }
        Some(_) if files.iter().filter(own).any(|it| of(&["MIT"])(&it)) => {
            read.extend(files.iter().filter(own).filter(of(&["MIT"])).cloned());
        }
        _ => read.extend(files.iter().filter(own).cloned()),
    }
    if read.is_empty() {
        // The crate leaves its terms out of its package: those of that name, kept beside.
        let name_of = chosen.unwrap_or(license);
        let kept = root.join("licenses").join(format!("{name_of}.txt"));
        assert!(
            kept.exists(),
            "{name} has no terms, and {} is not there",
            kept.display()
        );
        read.push(kept);
    }
    read.iter().map(|path| fs::read_to_string(path).unwrap()).collect()
}

/// The files with terms in a folder, and in those below it as deep as is said.
fn collect(folder: &Path, depth: usize, files: &mut Vec<PathBuf>) {
    let mut entries: Vec<PathBuf> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    for path in entries {
        let name = path.file_name().unwrap().to_string_lossy().to_ascii_uppercase();
        if path.is_dir() {
            if depth > 0 {
                collect(&path, depth - 1, files);
            }
        } else if TERMS.iter().any(|word| name.starts_with(word))
            && !name.ends_with(".RS")
        {
            files.push(path);
        }
    }
}

/// The crates that are compiled into the program on any platform, by name; macros are not.
fn dependencies(root: &Path) -> Vec<Dependency> {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--locked"])
        .current_dir(root)
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let metadata: Value = serde_json::from_slice(&output.stdout).unwrap();
    let packages: BTreeMap<&str, &Value> = metadata["packages"]
        .as_array()
        .unwrap()
        .iter()
        .map(|package| (package["id"].as_str().unwrap(), package))
        .collect();
    let nodes: BTreeMap<&str, &Value> = metadata["resolve"]["nodes"]
        .as_array()
        .unwrap()
        .iter()
        .map(|node| (node["id"].as_str().unwrap(), node))
        .collect();
    let ours = metadata["resolve"]["root"].as_str().unwrap();
    let mut seen = BTreeSet::from([ours]);
    let mut left = vec![ours];
    while let Some(id) = left.pop() {
        for dependency in nodes[id]["deps"].as_array().unwrap() {
            let kinds = dependency["dep_kinds"].as_array().unwrap();
            let pkg = dependency["pkg"].as_str().unwrap();
            let linked = kinds.iter().any(|kind| kind["kind"].is_null());
            if linked && !is_macro(packages[pkg]) && seen.insert(pkg) {
                left.push(pkg);
            }
        }
    }
    let mut found: Vec<Dependency> = seen
        .into_iter()
        .filter(|id| *id != ours)
        .map(|id| described(packages[id]))
        .collect();
    found.sort_by(|a, b| (&a.name, &a.version).cmp(&(&b.name, &b.version)));
    found
}

fn is_macro(package: &Value) -> bool {
    let targets = package["targets"].as_array().unwrap().iter();
    targets.flat_map(|it| it["kind"].as_array().unwrap()).any(|kind| kind == "proc-macro")
}

fn described(package: &Value) -> Dependency {
    let text = |key: &str| package[key].as_str().unwrap_or_default().to_owned();
    let manifest = PathBuf::from(text("manifest_path"));
    Dependency {
        name: text("name"),
        version: text("version"),
        license: text("license").replace('/', " OR "),
        folder: manifest.parent().unwrap().to_owned(),
        foreign: !package["links"].is_null(),
    }
}

/// Names, in one line each as long as they are.
fn list(names: &[String]) -> String {
    names.iter().map(|name| format!("- {name}")).collect::<Vec<_>>().join("\n")
}

/// Words of others as they are.
fn fenced(terms: &str) -> String {
    let lines: Vec<&str> = terms.lines().map(str::trim_end).collect();
    format!("````text\n{}\n````\n", lines.join("\n").trim_matches('\n'))
}
