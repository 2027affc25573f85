//! What a start tag says of how its element looks, as declarations of CSS: its `style`, as far as a
//! book can honour it, and the attributes that HTML maps to such (section 15.3).

use html5gum::StartTag;

use super::super::attributelist::length;
use super::attributes::{attribute, name};

/// The properties that are kept of a `style`, beside those of sizes.
const PROPERTIES: [&str; 4] = ["text-align", "list-style-type", "float", "clear"];

/// The declarations of a tag.
pub(super) fn of(tag: &StartTag<usize>) -> Option<String> {
    let element = name(&tag.name);
    let sized =
        matches!(element.as_str(), "img" | "image" | "figure") || is_picture(&element);
    let mut declarations = attribute(tag, "style").map_or_else(Vec::new, |style| {
        let pair = |rule: &str| {
            let (property, value) = rule.split_once(':')?;
            let value = value.trim().trim_end_matches("!important").trim();
            Some((property.trim().to_ascii_lowercase(), value.to_ascii_lowercase()))
        };
        style.split(';').filter_map(pair).collect()
    });
    declarations.retain(|(property, value)| match property.as_str() {
        "width" | "height" | "max-width" => sized && length(value).is_some(),
        "float" => sized && matches!(value.as_str(), "left" | "right" | "none"),
        property => PROPERTIES.contains(&property) && is_word(value),
    });
    // What HTML says of centred words, the tree says by itself.
    declarations.retain(|(property, value)| {
        property != "text-align" || value != "center" || is_heading(&element)
    });
    let mut hint = |property: &str, value: String| {
        if !declarations.iter().any(|(known, _)| known == property) {
            declarations.push((property.to_owned(), value));
        }
    };
    match attribute(tag, "align").map(|align| align.trim().to_ascii_lowercase()) {
        Some(side) if sized && matches!(side.as_str(), "left" | "right") => {
            hint("float", side)
        }
        Some(side)
            if !sized
                && (matches!(side.as_str(), "right" | "justify")
                    || side == "center" && is_heading(&element))
                && !matches!(element.as_str(), "td" | "th" | "tr" | "table" | "col") =>
        {
            hint("text-align", side);
        }
        _ => {}
    }
    if sized {
        for property in ["width", "height"] {
            let value = attribute(tag, property).and_then(|value| length(value.trim()));
            if let Some(value) = value {
                hint(property, value);
            }
        }
    }
    if element == "ol"
        && let Some(style) = attribute(tag, "type").and_then(|kind| counter_style(&kind))
    {
        hint("list-style-type", style.to_owned());
    }
    let declarations = sizes(declarations);
    let written =
        declarations.iter().map(|(property, value)| format!("{property}: {value}"));
    let written = written.collect::<Vec<_>>().join("; ");
    (!written.is_empty()).then_some(written)
}

/// Whether an element of this name is another way to write `img`.
pub(super) fn is_picture(element: &str) -> bool {
    matches!(
        element,
        "amp-img" | "amp-anim" | "v-img" | "nuxt-img" | "next-image" | "g-image"
    )
}

/// Of width and height one is enough, lest the picture be squeezed: the width, which a page limits.
fn sizes(mut declarations: Vec<(String, String)>) -> Vec<(String, String)> {
    let length_of = |property: &str, of: &[(String, String)]| {
        let found = of.iter().find(|(known, _)| known == property)?;
        length(&found.1)
    };
    if length_of("width", &declarations).is_some() {
        declarations.retain(|(property, _)| property != "height");
    }
    // A height in percent is one of the page's, of which no post knows.
    declarations
        .retain(|(property, value)| property != "height" || !value.ends_with('%'));
    for (property, value) in &mut declarations {
        if matches!(property.as_str(), "width" | "height" | "max-width")
            && let Some(length) = length(value)
        {
            *value = length;
        }
    }
    declarations
}

fn is_word(value: &str) -> bool {
    !value.is_empty() && value.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
}

fn is_heading(element: &str) -> bool {
    matches!(element, "h1" | "h2" | "h3" | "h4" | "h5" | "h6")
}

/// The counter style that `type` of an `ol` means (HTML, section 4.4.5).
fn counter_style(kind: &str) -> Option<&'static str> {
    match kind.trim() {
        "a" => Some("lower-alpha"),
        "A" => Some("upper-alpha"),
        "i" => Some("lower-roman"),
        "I" => Some("upper-roman"),
        _ => None,
    }
}
