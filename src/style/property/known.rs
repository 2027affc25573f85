//! What is known of properties by their names.

/// What a property is to paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::style) enum Knowledge {
    /// The PDF honours it.
    Honoured,
    /// It means something only on a screen.
    Screen,
    /// It is CSS that the PDF has nothing for.
    Unsupported,
    /// It is none.
    Unknown,
}

const HONOURED: &[&str] = &[
    "background",
    "background-color",
    "block-step-size",
    "border",
    "border-block",
    "border-block-end",
    "border-block-start",
    "border-bottom",
    "border-bottom-color",
    "border-bottom-left-radius",
    "border-bottom-right-radius",
    "border-bottom-style",
    "border-bottom-width",
    "border-collapse",
    "border-color",
    "border-inline",
    "border-inline-end",
    "border-inline-start",
    "border-left",
    "border-left-color",
    "border-left-style",
    "border-left-width",
    "border-radius",
    "border-right",
    "border-right-color",
    "border-right-style",
    "border-right-width",
    "border-spacing",
    "border-style",
    "border-top",
    "border-top-color",
    "border-top-left-radius",
    "border-top-right-radius",
    "border-top-style",
    "border-top-width",
    "border-width",
    "break-after",
    "break-before",
    "break-inside",
    "caption-side",
    "clear",
    "color",
    "column-count",
    "column-gap",
    "column-rule",
    "column-rule-color",
    "column-rule-style",
    "column-rule-width",
    "columns",
    "content",
    "counter-increment",
    "counter-reset",
    "counter-set",
    "direction",
    "display",
    "float",
    "font",
    "font-family",
    "font-feature-settings",
    "font-kerning",
    "font-size",
    "font-stretch",
    "font-style",
    "font-variant",
    "font-variant-caps",
    "font-variant-ligatures",
    "font-variant-numeric",
    "font-variant-position",
    "font-weight",
    "font-width",
    "hanging-punctuation",
    "height",
    "hyphenate-limit-chars",
    "hyphenate-limit-lines",
    "hyphens",
    "initial-letter",
    "letter-spacing",
    "line-height",
    "list-style",
    "list-style-image",
    "list-style-position",
    "list-style-type",
    "margin",
    "margin-block",
    "margin-block-end",
    "margin-block-start",
    "margin-bottom",
    "margin-inline",
    "margin-inline-end",
    "margin-inline-start",
    "margin-left",
    "margin-right",
    "margin-top",
    "max-height",
    "max-width",
    "min-width",
    "orphans",
    "overflow-wrap",
    "padding",
    "padding-block",
    "padding-block-end",
    "padding-block-start",
    "padding-bottom",
    "padding-inline",
    "padding-inline-end",
    "padding-inline-start",
    "padding-left",
    "padding-right",
    "padding-top",
    "page",
    "page-break-after",
    "page-break-before",
    "page-break-inside",
    "quotes",
    "string-set",
    "tab-size",
    "text-align",
    "text-align-last",
    "text-decoration",
    "text-decoration-color",
    "text-decoration-line",
    "text-decoration-style",
    "text-indent",
    "text-transform",
    "vertical-align",
    "visibility",
    "white-space",
    "widows",
    "width",
    "word-spacing",
    "word-wrap",
];

/// Those of `@page` alone.
pub(in crate::style) const PAGE: &[&str] = &["size", "bleed", "marks"];

const SCREEN: &[&str] = &[
    "accent-color",
    "appearance",
    "backdrop-filter",
    "backface-visibility",
    "caret-color",
    "cursor",
    "forced-color-adjust",
    "image-rendering",
    "interactivity",
    "outline",
    "outline-color",
    "outline-offset",
    "outline-style",
    "outline-width",
    "overflow",
    "overflow-x",
    "overflow-y",
    "pointer-events",
    "print-color-adjust",
    "color-adjust",
    "resize",
    "scrollbar-color",
    "scrollbar-gutter",
    "scrollbar-width",
    "speak",
    "text-rendering",
    "text-size-adjust",
    "touch-action",
    "user-select",
    "will-change",
    "color-scheme",
    "box-sizing",
    "font-smooth",
    "font-display",
    "font-optical-sizing",
    "font-synthesis",
    "text-wrap",
    "text-wrap-mode",
    "text-wrap-style",
    "content-visibility",
    "line-break",
    "word-break",
    "adobe-hyphenate",
    "oeb-column-number",
    "src",
    "unicode-bidi",
    "text-underline-offset",
    "text-underline-position",
    "text-decoration-thickness",
    "text-decoration-skip-ink",
];

const SCREEN_GROUPS: &[&str] =
    &["animation", "transition", "scroll-", "overscroll-", "view-"];

const UNSUPPORTED: &[&str] = &[
    "align-content",
    "align-items",
    "align-self",
    "aspect-ratio",
    "background-attachment",
    "background-blend-mode",
    "background-clip",
    "background-image",
    "background-origin",
    "background-position",
    "background-repeat",
    "background-size",
    "bookmark-label",
    "bookmark-level",
    "border-image",
    "bottom",
    "box-decoration-break",
    "box-shadow",
    "clip",
    "clip-path",
    "column-fill",
    "column-span",
    "column-width",
    "empty-cells",
    "filter",
    "flex",
    "flex-basis",
    "flex-direction",
    "flex-flow",
    "flex-grow",
    "flex-shrink",
    "flex-wrap",
    "font-language-override",
    "font-palette",
    "font-size-adjust",
    "font-variant-alternates",
    "font-variant-east-asian",
    "font-variation-settings",
    "footnote-display",
    "footnote-policy",
    "gap",
    "grid",
    "grid-area",
    "grid-column",
    "grid-row",
    "grid-template",
    "grid-template-columns",
    "grid-template-rows",
    "hyphenate-character",
    "hyphenate-limit-last",
    "hyphenate-limit-zone",
    "inset",
    "isolation",
    "justify-content",
    "justify-items",
    "justify-self",
    "left",
    "mask",
    "max-lines",
    "min-height",
    "mix-blend-mode",
    "object-fit",
    "object-position",
    "opacity",
    "order",
    "perspective",
    "place-content",
    "place-items",
    "position",
    "right",
    "rotate",
    "row-gap",
    "ruby-align",
    "ruby-position",
    "scale",
    "shape-outside",
    "table-layout",
    "text-combine-upright",
    "text-emphasis",
    "text-justify",
    "text-orientation",
    "text-overflow",
    "text-shadow",
    "top",
    "transform",
    "transform-origin",
    "translate",
    "writing-mode",
    "z-index",
    "zoom",
];

/// What a property is to paper.
pub(in crate::style) fn knowledge(name: &str) -> Knowledge {
    // What a vendor calls by a name of its own is for that vendor's reader.
    if name.starts_with('-') {
        return Knowledge::Screen;
    }
    if HONOURED.binary_search(&name).is_ok() {
        return Knowledge::Honoured;
    }
    let group = SCREEN_GROUPS.iter().any(|group| name.starts_with(group));
    if group || SCREEN.contains(&name) {
        return Knowledge::Screen;
    }
    let part_of =
        |known: &&str| name.strip_prefix(*known).is_some_and(|it| it.starts_with('-'));
    if UNSUPPORTED.contains(&name) || UNSUPPORTED.iter().any(part_of) {
        return Knowledge::Unsupported;
    }
    Knowledge::Unknown
}

/// The property whose name is most like this one, if any is like it.
pub(in crate::style) fn nearest(name: &str) -> Option<&'static str> {
    crate::diag::nearest(name, HONOURED.iter().chain(PAGE).copied())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stand_in_order() {
        assert!(HONOURED.is_sorted(), "{HONOURED:?}");
    }

    #[test]
    fn the_documentation_lists_what_is_honoured() {
        let text = include_str!("../../../docs/styling.md");
        let table = text.split("\n## ").find(|part| part.starts_with("Properties"));
        let rows = table.expect("a table").lines().filter(|row| row.starts_with("| `"));
        let cells = rows.filter_map(|row| row.split(" | ").next());
        let mut listed: Vec<&str> =
            cells.flat_map(|cell| cell.split('`').skip(1).step_by(2)).collect();
        listed.sort_unstable();
        assert_eq!(listed, HONOURED);
    }

    #[test]
    fn a_slip_of_the_pen_is_understood() {
        assert_eq!(nearest("text-ident"), Some("text-indent"));
        assert_eq!(nearest("colour"), Some("color"));
        assert_eq!(nearest("qqqqqqqq"), None);
    }
}
