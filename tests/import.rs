//! Imports, run as their users run them. A case is a folder of `tests/import`: `arguments.txt`, what
//! is imported, and in `expected.md` all that comes of it, messages first. Each must bind without
//! an error. `BINDERY_ACCEPT_IMPORTS=1` writes what is expected anew.
#![expect(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    reason = "tests make folders, and fail where that fails"
)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// A folder that an import writes to and that is bound then.
const INTO: &str = "posts";

fn bindery(folder: &Path, args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_bindery"))
        .args(args)
        .current_dir(folder)
        .env_remove("SOURCE_DATE_EPOCH")
        .output()
        .unwrap()
}

fn copy(from: &Path, to: &Path) {
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

/// A copy of a case's folder.
fn workplace(case: &Path, name: &str) -> PathBuf {
    let name = format!("{}-{name}", case.file_name().unwrap().to_string_lossy());
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("import").join(name);
    let _ = fs::remove_dir_all(&folder);
    copy(case, &folder);
    folder
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut files: Vec<PathBuf> = entries.filter(|path| path.is_file()).collect();
    files.sort();
    files
}

fn check(case: &Path) {
    let folder = workplace(case, "check");
    let arguments = fs::read_to_string(case.join("arguments.txt")).unwrap();
    let arguments: Vec<&str> = arguments.split_whitespace().collect();
    let output = bindery(&folder, &arguments);
    let mut found = String::from_utf8_lossy(&output.stderr).into_owned();
    for file in files(&folder.join(INTO)) {
        let name = file.file_name().unwrap().to_string_lossy();
        found.push_str(&format!(
            "\n======== {name}\n{}",
            fs::read_to_string(&file).unwrap()
        ));
    }
    let expected = case.join("expected.md");
    if std::env::var_os("BINDERY_ACCEPT_IMPORTS").is_some() {
        fs::write(&expected, &found).unwrap();
    }
    let expected = fs::read_to_string(expected).unwrap_or_default();
    assert!(found == expected, "{}:\n{found}", case.display());
    let bound = bindery(&folder, &["compile", "--book", INTO]);
    let said = String::from_utf8_lossy(&bound.stderr);
    assert!(bound.status.success(), "{}: {said}", case.display());
    assert!(!said.contains("unclosed-element"), "{}: {said}", case.display());
}

#[test]
fn every_import_gives_what_is_expected_and_is_bound() {
    let cases = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/import");
    let entries = fs::read_dir(cases).unwrap().map(|entry| entry.unwrap().path());
    let mut cases: Vec<PathBuf> = entries.collect();
    cases.sort();
    for case in cases {
        check(&case);
    }
}

#[test]
fn what_is_there_is_not_written_over() {
    let case = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/import/wordpress");
    let folder = workplace(&case, "again");
    let arguments = ["import", "wordpress", "export.xml", "--into", INTO];
    assert!(bindery(&folder, &arguments).status.success());
    let files = files(&folder.join(INTO));
    let post = files.iter().find(|file| file.extension().is_some_and(|it| it == "md"));
    let post = post.unwrap();
    let first = fs::read_to_string(post).unwrap();
    fs::write(post, "mine").unwrap();
    let again = bindery(&folder, &arguments);
    assert!(String::from_utf8_lossy(&again.stderr).contains("import-kept"));
    assert_eq!(fs::read_to_string(post).unwrap(), "mine");
    let forced = bindery(&folder, &[&arguments[..], &["--force"]].concat());
    assert!(forced.status.success());
    assert_eq!(fs::read_to_string(post).unwrap(), first);
}
