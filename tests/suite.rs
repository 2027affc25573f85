//! Whole books, one a folder below `tests/suite/`.
//!
//! A case holds `book.yaml`, its posts, and what is expected of them in plain files; how those
//! are written is told in `CONTRIBUTING.md`. Adding a case needs no Rust.
#![expect(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    reason = "cases are folders on disk, and a test fails where they do"
)]

#[path = "suite/case.rs"]
mod case;
#[path = "suite/expect.rs"]
mod expect;
#[path = "suite/invariants.rs"]
mod invariants;
#[path = "suite/judge.rs"]
mod judge;
#[path = "suite/notes.rs"]
mod notes;
#[path = "suite/pages.rs"]
mod pages;
#[path = "suite/properties.rs"]
mod properties;
#[path = "suite/reference.rs"]
mod reference;

use std::panic::{AssertUnwindSafe, catch_unwind};

use bindery::Code;
use case::Case;

/// Codes that no case provokes, each with the reason.
const WITHOUT_CASE: &[(Code, &str)] = &[
    (
        Code::UnsettledPages,
        "no book is known whose page numbers swing; the limit of rounds is a safeguard",
    ),
    (
        Code::PdfNonconforming,
        "what the standards forbid is kept off the pages; the writer's own checks are a safeguard",
    ),
    (
        Code::TextMissing,
        "no loss is known that nothing else reports; `comparison` has its own tests",
    ),
    (Code::InternalError, "no panic is known; `diag::catch` has its own test"),
    (Code::PageUnreachable, "only the network provokes it: see `tests/fetch.rs`"),
];

#[test]
fn every_case_is_as_expected() {
    let cases = Case::all();
    assert!(!cases.is_empty());
    let half = cases.len().div_ceil(2);
    let failed: Vec<String> = std::thread::scope(|scope| {
        let run = |cases: &[Case]| -> Vec<String> {
            let failed = cases.iter().filter(|case| {
                catch_unwind(AssertUnwindSafe(|| expect::check(case))).is_err()
            });
            failed.map(|case| case.name.clone()).collect()
        };
        let workers: Vec<_> =
            cases.chunks(half).map(|part| scope.spawn(move || run(part))).collect();
        workers.into_iter().flat_map(|worker| worker.join().unwrap()).collect()
    });
    assert!(failed.is_empty(), "{} of {}: {failed:#?}", failed.len(), cases.len());
}

#[test]
fn every_code_has_a_case_that_provokes_it() {
    for code in Code::ALL {
        let folder = case::root().join("diagnostics").join(code.name());
        if let Some((_, reason)) = WITHOUT_CASE.iter().find(|(known, _)| known == code) {
            assert!(!folder.exists(), "`{}` has a case after all: {reason}", code.name());
            continue;
        }
        let messages = std::fs::read_to_string(folder.join("messages.txt"));
        let messages = messages.unwrap_or_else(|_| panic!("{} lacks", code.name()));
        let named = format!("[{}]", code.name());
        assert!(messages.contains(&named), "{} is not in {messages}", code.name());
    }
}

#[test]
fn every_folder_of_a_diagnostic_is_named_after_a_code() {
    for case in Case::all() {
        if let Some(name) = case.name.strip_prefix("diagnostics/") {
            assert!(Code::ALL.iter().any(|code| code.name() == name), "{name}");
        }
    }
}

#[test]
fn the_table_of_diagnostics_is_that_of_the_code() {
    let table = include_str!("../docs/diagnostics.md");
    let rows: Vec<&str> = table.lines().filter(|line| line.starts_with("| `")).collect();
    let expected: Vec<String> = Code::ALL
        .iter()
        .map(|code| {
            let severity = format!("{:?}", code.severity()).to_lowercase();
            format!("| `{}` | {severity} | {} |", code.name(), code.about())
        })
        .collect();
    assert_eq!(rows, expected, "docs/diagnostics.md differs from diag::Code");
}
