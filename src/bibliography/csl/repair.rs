//! Says outright in a style what hayagriva 0.10 takes for something else.

use hayagriva::citationberg::{Citation, Collapse, Group, LayoutRenderingElement};

/// What stands between cites of one author (CSL 1.0.2, "Cite Grouping").
const BETWEEN_CITES: &str = ", ";

/// Repairs the rules for citations.
pub(super) fn citation(citation: &mut Citation) {
    // hayagriva sets the delimiter of the layout, which belongs between works.
    let by_year = matches!(
        citation.collapse,
        Some(Collapse::Year | Collapse::YearSuffix | Collapse::YearSuffixRanged)
    );
    if by_year && citation.cite_group_delimiter.is_none() {
        citation.cite_group_delimiter = Some(BETWEEN_CITES.to_owned());
    }
    // It sets that delimiter between the parts of a `choose` too, unless they are in a group.
    let children = std::mem::take(&mut citation.layout.elements);
    citation.layout.elements.push(LayoutRenderingElement::Group(Group {
        children,
        font_style: None,
        font_variant: None,
        font_weight: None,
        text_decoration: None,
        vertical_align: None,
        prefix: None,
        suffix: None,
        delimiter: None,
        display: None,
    }));
}
