//! Takes the tests for a citation's position out of a style, by answering them beforehand.

use hayagriva::citationberg::{
    Choose, ChooseBranch, ChooseMatch, Group, IndependentStyle,
    LayoutRenderingElement as Element, NamesChild, StyleClass, TestPosition,
};

/// Where a style is used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Context {
    /// For the first citation of a work.
    First,
    /// For a later one; never *ibid.*
    Subsequent,
    /// In the bibliography, where every test is false (CSL 1.0.2, "Choose"). hayagriva 0.10
    /// passes the test over instead, and so takes the branch.
    Bibliography,
}

impl Context {
    fn is(self, position: TestPosition) -> bool {
        match position {
            TestPosition::First => self == Self::First,
            TestPosition::Subsequent => self == Self::Subsequent,
            TestPosition::Ibid
            | TestPosition::IbidWithLocator
            | TestPosition::NearNote => false,
        }
    }
}

/// The style without its tests.
pub(super) fn fixed(style: &IndependentStyle, context: Context) -> IndependentStyle {
    let mut style = style.clone();
    elements(&mut style.citation.layout.elements, context);
    if style.settings.class == StyleClass::Note {
        group(&mut style.citation.layout.elements);
    }
    if let Some(bibliography) = &mut style.bibliography {
        elements(&mut bibliography.layout.elements, context);
    }
    for it in &mut style.macros {
        elements(&mut it.children, context);
    }
    style
}

/// Makes one part of all parts of a work. hayagriva 0.10 puts the delimiter, which stands between
/// the works of a citation, also between those; styles that cite in the text have one part
/// anyway.
fn group(parts: &mut Vec<Element>) {
    let whole = Group {
        children: std::mem::take(parts),
        font_style: None,
        font_variant: None,
        font_weight: None,
        text_decoration: None,
        vertical_align: None,
        prefix: None,
        suffix: None,
        delimiter: None,
        display: None,
    };
    parts.push(Element::Group(whole));
}

fn elements(list: &mut [Element], context: Context) {
    for element in list {
        match element {
            Element::Group(group) => elements(&mut group.children, context),
            Element::Choose(it) => choose(it, context),
            Element::Names(names) => {
                for child in &mut names.children {
                    if let NamesChild::Substitute(substitute) = child {
                        elements(&mut substitute.children, context);
                    }
                }
            }
            Element::Text(_)
            | Element::Date(_)
            | Element::Number(_)
            | Element::Label(_) => {}
        }
    }
}

fn choose(it: &mut Choose, context: Context) {
    for each in std::iter::once(&mut it.if_).chain(&mut it.else_if) {
        branch(each, context);
        elements(&mut each.children, context);
    }
    if let Some(otherwise) = &mut it.otherwise {
        elements(&mut otherwise.children, context);
    }
}

fn branch(branch: &mut ChooseBranch, context: Context) {
    let Some(positions) = branch.position.take() else { return };
    let is_any = positions.iter().any(|&position| context.is(position));
    let is_all = positions.iter().all(|&position| context.is(position));
    let decided = match branch.match_ {
        ChooseMatch::All if !is_all => Some(false),
        ChooseMatch::Any if is_any => Some(true),
        ChooseMatch::None if is_any => Some(false),
        _ => None,
    };
    if let Some(is_taken) = decided {
        branch.disambiguate = None;
        branch.is_numeric = None;
        branch.is_uncertain_date = None;
        branch.locator = None;
        branch.type_ = None;
        branch.variable = None;
        // Of no tests, all hold and none does.
        branch.match_ = if is_taken { ChooseMatch::All } else { ChooseMatch::Any };
    }
}
