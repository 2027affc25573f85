//! Goes through the elements of a style.

use hayagriva::citationberg::{
    Choose, ChooseBranch, IndependentStyle, LayoutRenderingElement as Element, NamesChild,
};

/// Shows every element of a style to `see`, an outer one before those in it.
pub(super) fn every(style: &mut IndependentStyle, see: &mut dyn FnMut(&mut Element)) {
    elements(&mut style.citation.layout.elements, see);
    if let Some(bibliography) = &mut style.bibliography {
        elements(&mut bibliography.layout.elements, see);
    }
    for it in &mut style.macros {
        elements(&mut it.children, see);
    }
}

/// The same for a list of elements.
pub(super) fn elements(list: &mut [Element], see: &mut dyn FnMut(&mut Element)) {
    for element in list {
        see(element);
        match element {
            Element::Group(group) => elements(&mut group.children, see),
            Element::Choose(choose) => {
                for branch in branches(choose) {
                    elements(&mut branch.children, see);
                }
                if let Some(otherwise) = &mut choose.otherwise {
                    elements(&mut otherwise.children, see);
                }
            }
            Element::Names(names) => {
                for child in &mut names.children {
                    if let NamesChild::Substitute(substitute) = child {
                        elements(&mut substitute.children, see);
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

/// The branches that have a condition.
pub(super) fn branches(choose: &mut Choose) -> impl Iterator<Item = &mut ChooseBranch> {
    std::iter::once(&mut choose.if_).chain(&mut choose.else_if)
}
