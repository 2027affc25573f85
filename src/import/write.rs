//! A post's file: its name, its header, its text.

use jiff::civil::DateTime;

use super::{ImportedComment, ImportedPost, Status};
use crate::characters::clean;
use crate::document::transliterated;

/// The name of a post's file, without extension: letters of other scripts are transliterated.
pub(crate) fn file_name(post: &ImportedPost) -> String {
    /// Bytes, well below the 255 that file systems allow.
    const MAX_NAME_BYTES: usize = 100;
    let named = [&post.slug, &post.title].into_iter().map(|it| transliterated(it));
    let mut name = named.into_iter().find(|name| !name.is_empty()).unwrap_or_default();
    if name.len() > MAX_NAME_BYTES {
        name.truncate(MAX_NAME_BYTES);
        // Not in the middle of a word.
        name.truncate(
            name.rfind('-').filter(|at| *at > MAX_NAME_BYTES / 2).unwrap_or(name.len()),
        );
    }
    let date = post.date.map(|date| date.date().to_string());
    match (date, name.is_empty()) {
        (Some(date), true) => date,
        (Some(date), false) => format!("{date}-{name}"),
        (None, true) => "post".to_owned(),
        (None, false) => name,
    }
}

/// The whole file.
pub(crate) fn file_text(post: &ImportedPost) -> String {
    let mut text = header(post);
    text.push_str(&clean(&post.body));
    text
}

/// The file of a post's comments, as the book reads it.
pub(crate) fn comments_text(comments: &[ImportedComment]) -> String {
    let mut text = String::new();
    for ImportedComment { id, reply_to, name, date, text: words } in comments {
        let date = date.map(|date| date.date().to_string()).unwrap_or_default();
        let scalar = |value: &str| {
            let is_number =
                !value.is_empty() && value.bytes().all(|b| b.is_ascii_digit());
            if is_number { value.to_owned() } else { quoted(value) }
        };
        let lines = [
            ("id", scalar(id)),
            ("reply-to", scalar(reply_to)),
            ("name", quoted(name)),
            ("date", date),
        ];
        let mut begins = "- ";
        for (key, value) in lines.iter().filter(|(_, it)| !it.is_empty() && it != "\"\"")
        {
            text.push_str(&format!("{begins}{key}: {value}\n"));
            begins = "  ";
        }
        // A block whose first line is indented must say where it begins (YAML 1.2, 8.1.1.1).
        let words = clean(words.trim_end()).into_owned();
        let mark = if words.starts_with(char::is_whitespace) { "|2-" } else { "|-" };
        text.push_str(&format!("{begins}text: {mark}\n"));
        for line in words.lines() {
            text.push_str(&if line.is_empty() {
                "\n".to_owned()
            } else {
                format!("    {line}\n")
            });
        }
    }
    text
}

fn header(post: &ImportedPost) -> String {
    let ImportedPost {
        title,
        slug,
        date,
        updated,
        authors,
        tags,
        categories,
        language,
        address,
        excerpt,
        picture,
        status,
        body: _,
        comments: _,
    } = post;
    let mut lines = vec!["---".to_owned()];
    let mut line = |key: &str, value: String| lines.push(format!("{key}: {value}"));
    let lone = |value: &str| Some(quoted(value)).filter(|_| !value.is_empty());
    line("title", quoted(title));
    let pairs = [
        ("date", date.map(moment)),
        ("updated", updated.filter(|it| Some(*it) != *date).map(moment)),
        ("authors", list(authors)),
        ("tags", list(tags)),
        ("categories", list(categories)),
        ("language", lone(language)),
        ("slug", lone(slug)),
        ("permalink", lone(address)),
        ("image", lone(picture)),
        ("excerpt", lone(excerpt)),
    ];
    for (key, value) in pairs {
        if let Some(value) = value {
            line(key, value);
        }
    }
    // Who asked for it wants it in the book, so that no key keeps it out.
    let status = match status {
        Status::Published => None,
        Status::Draft => Some("# On the blog this was a draft."),
        Status::Scheduled => Some("# On the blog this was to be published later."),
        Status::Private => Some("# On the blog this was private."),
        Status::Protected => Some("# On the blog this was behind a password."),
    };
    lines.extend(status.map(str::to_owned));
    lines.push("---\n\n".to_owned());
    lines.join("\n")
}

fn moment(date: DateTime) -> String {
    date.strftime("%Y-%m-%d %H:%M:%S").to_string()
}

fn list(values: &[String]) -> Option<String> {
    let values: Vec<String> = values.iter().map(|value| quoted(value)).collect();
    (!values.is_empty()).then(|| format!("[{}]", values.join(", ")))
}

/// Text as a scalar of YAML. JSON's quotes are YAML's, whatever is in the text.
fn quoted(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let line = line.replace(['\u{2028}', '\u{2029}', '\u{85}', '\u{feff}'], " ");
    serde_json::to_string(&clean(&line)).unwrap_or_default()
}
