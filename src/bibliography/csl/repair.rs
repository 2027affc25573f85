//! Says outright in a style what hayagriva 0.10 takes for something else.

use hayagriva::citationberg::{
    Citation, Collapse, Group, IndependentStyle, LayoutRenderingElement as Element,
    Names, NamesChild, TextCase,
};

use super::walk;

/// What stands between cites of one author (CSL 1.0.2, "Cite Grouping").
const BETWEEN_CITES: &str = ", ";

/// Repairs a style.
pub(super) fn style(style: &mut IndependentStyle) {
    walk::every(style, &mut |element| match element {
        // It makes `Youtube` of `YouTube`, and `State V.` of `State v.`: titles stay as they
        // are written.
        Element::Text(text) => {
            let case = text.text_case.take();
            text.text_case = case.filter(|case| {
                !matches!(case, TextCase::TitleCase | TextCase::SentenceCase)
            });
        }
        Element::Names(names) => substitutes(names),
        _ => {}
    });
    citation(&mut style.citation);
}

/// Names that stand in for others are set as those (CSL 1.0.2, "Substitute"). It knows that
/// only of those that are no deeper: `K. Ono et al.` for `Ken Ono et al., eds.`
fn substitutes(names: &mut Names) {
    let parent = names.clone();
    for child in &mut names.children {
        let NamesChild::Substitute(substitute) = child else { continue };
        walk::elements(&mut substitute.children, &mut |element| {
            if let Element::Names(names) = element {
                *names = parent.from_names_substitute(names);
            }
        });
    }
}

fn citation(citation: &mut Citation) {
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
    citation.layout.elements.push(Element::Group(Group {
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
