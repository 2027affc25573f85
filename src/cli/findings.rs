//! `check --sources`: what was taken for a source, what was not, and what was left out.

use std::collections::{BTreeMap, BTreeSet};

use super::report::plural;
use super::table;
use crate::book::Book;
use crate::compile::Compiled;
use crate::document::NoteId;
use crate::resolve::{Findings, SourceForm};
use crate::source::Span;

/// The sources, the brackets that were left, and a line of totals.
pub(super) fn list(compiled: &Compiled, book: &Book, csv: bool) -> Vec<String> {
    let numbers = numbers(book);
    let place = |span| place(compiled, span);
    let found = || compiled.findings.iter().flat_map(|findings| &findings.sources);
    let mut rows = vec![row(["Place", "Note", "Form", "Source", "Address"])];
    rows.extend(found().map(|found| {
        let note = found.note.and_then(|note| numbers.get(&note));
        let note = note.map_or_else(|| "–".to_owned(), ToString::to_string);
        let form = found.form.name().to_owned();
        vec![place(found.span), note, form, found.name.clone(), found.address.clone()]
    }));
    if csv {
        return vec![table::csv(&rows)];
    }
    let mut lists = vec![table::lay_out(&rows, &[1])];
    let left = compiled.findings.iter().flat_map(|findings| &findings.left);
    let left: Vec<Vec<String>> = left
        .map(|left| {
            vec![place(left.span), format!("[{}]", left.text), left.reason.to_owned()]
        })
        .collect();
    if !left.is_empty() {
        lists.push(format!("Left in their brackets:\n{}", table::lay_out(&left, &[])));
    }
    lists.push(totals(&compiled.findings));
    lists
}

/// The sentences that were left out of the book, if any were.
pub(super) fn dropped(compiled: &Compiled) -> Option<String> {
    let dropped = compiled.findings.iter().flat_map(|findings| &findings.dropped);
    let rows: Vec<Vec<String>> = dropped
        .map(|dropped| vec![place(compiled, dropped.span), dropped.text.clone()])
        .collect();
    (!rows.is_empty()).then(|| format!("Left out:\n{}", table::lay_out(&rows, &[])))
}

/// `posts/a.md:3:1`.
pub(super) fn place(compiled: &Compiled, span: Span) -> String {
    let place = compiled.sources.line_column(span);
    format!("{}:{}:{}", compiled.sources.get(span.file).path, place.line, place.column)
}

fn row(cells: [&str; 5]) -> Vec<String> {
    cells.map(str::to_owned).to_vec()
}

fn numbers(book: &Book) -> BTreeMap<NoteId, u32> {
    let notes = book.endnotes.iter().flat_map(|group| &group.notes);
    notes.map(|note| (note.id, note.number)).collect()
}

/// `14 sources in 9 notes: 5 brackets, 9 link`.
fn totals(findings: &[Findings]) -> String {
    let mut forms: BTreeMap<SourceForm, usize> = BTreeMap::new();
    let mut notes: BTreeSet<NoteId> = BTreeSet::new();
    for found in findings.iter().flat_map(|findings| &findings.sources) {
        *forms.entry(found.form).or_default() += 1;
        notes.extend(found.note);
    }
    let forms: Vec<String> =
        forms.iter().map(|(form, count)| format!("{count} {}", form.name())).collect();
    let found = findings.iter().map(|findings| findings.sources.len()).sum();
    let (sources, notes) = (plural(found, "reference"), plural(notes.len(), "note"));
    format!("{sources} to {notes}: {}\n", forms.join(", "))
}
