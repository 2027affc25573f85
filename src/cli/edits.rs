//! `check --edits`: what each rule of `book.yaml` changed of the posts.

use super::findings::place;
use super::report::plural;
use super::table;
use crate::compile::Compiled;
use crate::edits::RuleAccount;

/// The rules, each with the places that it changed.
pub(super) fn list(compiled: &Compiled, csv: bool) -> String {
    let rules = &compiled.edits.rules;
    if csv {
        let head = ["Rule", "Written", "Place"].map(str::to_owned).to_vec();
        let rows = rules.iter().flat_map(|rule| {
            let written = place(compiled, rule.span);
            let row = move |hit| vec![rule.name.clone(), written.clone(), hit];
            rule.hits.iter().map(|hit| place(compiled, *hit)).map(row)
        });
        return table::csv(&std::iter::once(head).chain(rows).collect::<Vec<_>>());
    }
    if rules.is_empty() {
        return "book.yaml changes nothing of the posts.\n".to_owned();
    }
    let rules = rules.iter().map(|rule| described(compiled, rule));
    rules.collect::<Vec<_>>().join("\n")
}

/// A rule: what it does, where it was written, how often, and each place.
fn described(compiled: &Compiled, rule: &RuleAccount) -> String {
    let RuleAccount { name, span, hits } = rule;
    let mut rows: Vec<(String, usize)> = Vec::new();
    for hit in hits {
        let place = place(compiled, *hit);
        match rows.last_mut() {
            Some((last, count)) if *last == place => *count += 1,
            _ => rows.push((place, 1)),
        }
    }
    let written = place(compiled, *span);
    let mut text = format!("{name} ({written}): {}\n", plural(hits.len(), "place"));
    for (place, count) in rows {
        let times = if count > 1 { format!(" ({count} times)") } else { String::new() };
        text.push_str(&format!("  {place}{times}\n"));
    }
    text
}
