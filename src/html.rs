//! What HTML says of its elements, for all that reads or writes it.

use html5gum::State;

/// Whether an element holds nothing, and so has no end tag (HTML, section 13.1.2).
pub(crate) fn is_void(name: &str) -> bool {
    matches!(
        name,
        "area"
            | "base"
            | "br"
            | "col"
            | "embed"
            | "hr"
            | "img"
            | "input"
            | "link"
            | "meta"
            | "param"
            | "source"
            | "track"
            | "wbr"
    )
}

/// How the tokenizer reads on after a start tag (HTML, section 13.2.6): in some elements it finds no
/// tags but their own end.
pub(crate) fn state_within(name: &[u8]) -> Option<State> {
    match name {
        b"script" => Some(State::ScriptData),
        b"style" | b"xmp" | b"iframe" | b"noembed" | b"noframes" => Some(State::RawText),
        b"textarea" | b"title" => Some(State::RcData),
        _ => None,
    }
}
