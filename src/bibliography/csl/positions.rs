//! Takes the tests for a citation's position out of a style, by answering them beforehand.

use hayagriva::citationberg::{
    ChooseBranch, ChooseMatch, IndependentStyle, LayoutRenderingElement as Element,
    TestPosition,
};

use super::walk;

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
    walk::every(&mut style, &mut |element| {
        if let Element::Choose(choose) = element {
            walk::branches(choose).for_each(|each| branch(each, context));
        }
    });
    style
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
