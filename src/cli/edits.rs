//! `check --edits`: what each rule of `book.yaml` changed of the posts.

use super::findings::place;
use super::report::plural;
use super::table;
use crate::compile::Compiled;
use crate::config::ChapterEdit;
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
    let chapters = compiled.config.iter().flat_map(|config| &config.edits.chapters);
    let chapters: Vec<Vec<String>> =
        chapters.map(|chapter| said(compiled, chapter)).collect();
    if rules.is_empty() && chapters.is_empty() {
        return "book.yaml changes nothing of the posts.\n".to_owned();
    }
    let mut lists: Vec<String> =
        rules.iter().map(|rule| described(compiled, rule)).collect();
    if !chapters.is_empty() {
        lists.push(format!("Single chapters:\n{}", table::lay_out(&chapters, &[])));
    }
    lists.join("\n")
}

/// What is said of a single chapter: its post, where it was written, and which keys.
fn said(compiled: &Compiled, chapter: &ChapterEdit) -> Vec<String> {
    let ChapterEdit {
        post,
        title,
        short_title,
        date,
        authors,
        omit,
        intro,
        outro,
        lead_picture,
    } = chapter;
    let keys = [
        ("title", title.is_some()),
        ("short-title", short_title.is_some()),
        ("date", date.is_some()),
        ("author", authors.is_some()),
        ("omit", !omit.is_empty()),
        ("intro", intro.is_some()),
        ("outro", outro.is_some()),
        ("lead-picture", lead_picture.is_some()),
    ];
    let keys = keys.iter().filter(|(_, is_said)| *is_said).map(|(key, _)| *key);
    let keys = keys.collect::<Vec<_>>().join(", ");
    let written = post.span.map(|span| place(compiled, span)).unwrap_or_default();
    vec![post.name.clone(), written, keys]
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
