//! Names of properties: what is known of those that are not in the table too.

use super::Property;
use super::table::{Editions, Longhand, Shorthand};
use crate::style::descriptor::PageDescriptor;

/// What the PDF makes of a property.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::style) enum Support {
    /// It honours the property.
    Supported(Property),
    /// The property means something only on a screen.
    Screen,
    /// It is CSS that the PDF has nothing for.
    Unsupported,
    /// There is no such property.
    Unknown,
}

/// What means something only on a screen, or is for reading systems.
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

/// How the names of others begin that do.
const SCREEN_GROUPS: &[&str] =
    &["animation", "transition", "scroll-", "overscroll-", "view-"];

/// What is CSS for print too, but has nothing in the PDF; longer names that begin so are as these.
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

/// Of the properties that the PDF does not honour those that the EPUB leaves out: what is for
/// pages, and what EPUB wants in the document (EPUB 3.3, section 6.3).
const NOT_FOR_EPUB: &[&str] = &[
    "bookmark-label",
    "bookmark-level",
    "bookmark-state",
    "footnote-display",
    "footnote-policy",
    "unicode-bidi",
];

/// What the PDF makes of a property, by its name in lower case.
pub(in crate::style) fn pdf_support(name: &str) -> Support {
    // What a vendor calls by a name of its own is for that vendor's reader.
    if name.starts_with('-') {
        return Support::Screen;
    }
    if let Some(property) = Property::named(name) {
        return Support::Supported(property);
    }
    let group = SCREEN_GROUPS.iter().any(|group| name.starts_with(group));
    if group || SCREEN.contains(&name) {
        return Support::Screen;
    }
    let part_of =
        |known: &&str| name.strip_prefix(*known).is_some_and(|it| it.starts_with('-'));
    if UNSUPPORTED.contains(&name) || UNSUPPORTED.iter().any(part_of) {
        return Support::Unsupported;
    }
    Support::Unknown
}

/// Whether the EPUB's stylesheet leaves a property out, by its name in lower case.
pub(in crate::style) fn stays_out_of_epub(name: &str) -> bool {
    let of_pages = PageDescriptor::named(name).is_some() || NOT_FOR_EPUB.contains(&name);
    of_pages
        || Longhand::named(name)
            .is_some_and(|longhand| longhand.editions() == Editions::Pdf)
}

/// The names and aliases of all properties that the PDF honours.
fn names() -> impl Iterator<Item = &'static str> {
    let longhands = Longhand::ALL.iter().flat_map(|it| it.names());
    let shorthands = Shorthand::ALL.iter().flat_map(|it| it.names());
    longhands.chain(shorthands).copied()
}

/// The property whose name is most like this one, if any is like it.
pub(in crate::style) fn nearest(name: &str) -> Option<&'static str> {
    let mut known: Vec<&str> = names().collect();
    known.sort_unstable();
    crate::diag::nearest(name, known.into_iter().chain(PageDescriptor::names()))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What stands in a section of the documentation in the first cells of its tables.
    fn listed(section: &str) -> Vec<&'static str> {
        let text = include_str!("../../../docs/styling.md");
        let part = text.split("\n## ").find(|part| part.starts_with(section));
        let rows = part.expect("a section").lines().filter(|row| row.starts_with("| `"));
        let cells = rows.filter_map(|row| row.split(" | ").next());
        let mut listed: Vec<&str> =
            cells.flat_map(|cell| cell.split('`').skip(1).step_by(2)).collect();
        listed.sort_unstable();
        listed
    }

    #[test]
    fn the_documentation_lists_what_the_table_holds() {
        let mut known: Vec<&str> = names().collect();
        known.sort_unstable();
        assert_eq!(listed("Properties"), known);
    }

    #[test]
    fn the_documentation_names_what_the_epub_leaves_out() {
        let text = include_str!("../../../docs/styling.md");
        let (_, rest) = text.split_once("only the PDF honours:").expect("a sentence");
        let (sentence, _) = rest.split_once(". ").expect("its end");
        let named: Vec<&str> = sentence.split('`').skip(1).step_by(2).collect();
        let pdf = Longhand::ALL.iter().filter(|it| it.editions() == Editions::Pdf);
        let mut of_pdf: Vec<&str> = pdf.map(|it| it.names()[0]).collect();
        of_pdf.sort_unstable();
        assert_eq!(named, of_pdf);
    }

    #[test]
    fn no_name_is_known_twice() {
        let mut all: Vec<&str> = names().chain(PageDescriptor::names()).collect();
        all.extend(SCREEN.iter().chain(UNSUPPORTED));
        let count = all.len();
        all.sort_unstable();
        all.dedup();
        assert_eq!(all.len(), count, "{all:?}");
    }

    #[test]
    fn a_slip_of_the_pen_is_understood() {
        assert_eq!(nearest("text-ident"), Some("text-indent"));
        assert_eq!(nearest("colour"), Some("color"));
        assert_eq!(nearest("qqqqqqqq"), None);
    }
}
