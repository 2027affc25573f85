//! The source lock as YAML: an entry a page, in the order of the addresses, so that a version control
//! system shows what changed.

use super::{Entry, SourceLock};
use crate::config::yaml::scalar;

const HEAD: &str = "\
# What is known of the pages that the posts cite. `bindery sources` adds to this file and changes
# nothing that it says already: correct it by hand, and keep it with the posts.
";

/// The text of the file.
pub(crate) fn write(source_lock: &SourceLock) -> String {
    let mut text = HEAD.to_owned();
    text.push_str(if source_lock.entries.is_empty() {
        "sources: []\n"
    } else {
        "sources:\n"
    });
    for entry in source_lock.entries() {
        write_entry(entry, &mut text);
    }
    text
}

fn write_entry(entry: &Entry, text: &mut String) {
    let Entry {
        address,
        title,
        authors,
        outlet,
        date,
        accessed,
        archive,
        text: words,
        fetched,
        cited_by,
    } = entry;
    text.push_str(&format!("- address: {}\n", scalar(address)));
    let mut line = |key: &str, value: &str| {
        if !value.is_empty() {
            text.push_str(&format!("  {key}: {value}\n"));
        }
    };
    let list = |items: &[String]| match items {
        [] => String::new(),
        [one] => scalar(one),
        several => {
            let items: Vec<String> = several.iter().map(|item| scalar(item)).collect();
            format!("[{}]", items.join(", "))
        }
    };
    let said = |value: &str| if value.is_empty() { String::new() } else { scalar(value) };
    line("title", &said(title));
    line("author", &list(authors));
    line("outlet", &said(outlet));
    line("date", &said(date));
    line("accessed", &said(accessed));
    line("archive", &said(archive));
    line("text", &said(words));
    line("fetched", &said(fetched));
    if !cited_by.is_empty() {
        text.push_str("  cited-by:\n");
        for post in cited_by {
            text.push_str(&format!("  - {}\n", scalar(post)));
        }
    }
}
