//! The kinds of text that is set apart.

/// The class that the stylesheet knows for a kind of aside.
pub(super) fn class_of(kind: &str) -> Option<&'static str> {
    Some(match kind.to_ascii_lowercase().as_str() {
        "note" | "notice" | "primary" | "default" | "abstract" | "summary" | "tldr"
        | "todo" | "secondary" | "memo" | "message" => "note",
        "info" | "information" | "question" | "help" | "faq" | "example" | "light" => {
            "info"
        }
        "tip" | "hint" | "success" | "check" | "done" | "green" => "tip",
        "warning" | "warn" | "attention" | "orange" | "yellow" => "warning",
        "danger" | "error" | "failure" | "fail" | "missing" | "bug" | "red" => "danger",
        "caution" => "caution",
        "important" => "important",
        "seealso" => "seealso",
        "quote" | "cite" => "quote",
        _ => return None,
    })
}
