//! The cascade: which of all declarations holds, and what it comes to (CSS Cascade 5).

use std::borrow::Cow;
use std::sync::Arc;

use super::computed::{FontMetrics, Metrics, Sides, Style};
use super::custom::CustomProperties;
use super::declaration::{Declaration, DeclaredValue};
use super::length::Scale;
use super::property::{self, Longhand, LonghandDeclaration, Stage, WideKeyword};
use super::value::ComputeContext;
use crate::units::{Pt, Size};

/// Where declarations come from, in the order of their weight.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Origin {
    /// This tool's own stylesheet, before any theme.
    UserAgent,
    /// Themes and an author's stylesheets.
    Author,
    /// A `style` attribute: a layer of its own above the author's.
    Attribute,
}

/// A declaration that matched, and what it weighs.
#[derive(Debug, Clone, Copy)]
pub(super) struct Matched<'r> {
    pub(super) declaration: &'r Declaration,
    pub(super) origin: Origin,
    pub(super) specificity: u32,
    pub(super) order: u32,
}

/// What values are computed against, beside the parent.
#[derive(Debug, Clone, Copy)]
pub(super) struct RootMetrics {
    pub(super) size: Pt,
    pub(super) line: Pt,
}

/// What an element's style is computed from.
pub(super) struct Computation<'a> {
    /// The declarations that hold for it, sorted.
    pub(super) matched: &'a [Matched<'a>],
    /// The style of its parent.
    pub(super) parent: &'a Style,
    /// The initial values of all properties.
    pub(super) initial: &'a Style,
    /// Its own and its ancestors'.
    pub(super) custom_properties: &'a CustomProperties,
    /// What root-relative units are measured by; none for the root itself.
    pub(super) root: Option<RootMetrics>,
    /// The trimmed page.
    pub(super) page: Size,
}

/// Sorts declarations into the order in which they take effect: normal ones by origin,
/// specificity and order, then important ones, of which those of this tool weigh most (CSS
/// Cascade 5, section 6).
pub(super) fn sort(matched: &mut [Matched<'_>]) {
    matched.sort_by_key(|it| {
        let important = it.declaration.important;
        let origin = match (it.origin, important) {
            (Origin::UserAgent, true) => 3,
            (Origin::UserAgent, false) => 0,
            (Origin::Author, _) => 1,
            (Origin::Attribute, _) => 2,
        };
        (important, origin, it.specificity, it.order)
    });
}

/// The cascaded values of an element: what is declared of each longhand, the weightiest last.
struct Cascaded<'a> {
    declared: Vec<(Origin, Cow<'a, [LonghandDeclaration]>)>,
    /// Where the weightiest declaration of each longhand stands.
    winners: [Option<(usize, usize)>; Longhand::ALL.len()],
}

impl<'a> Cascaded<'a> {
    fn new(matched: &[Matched<'a>], custom_properties: &CustomProperties) -> Self {
        let declared: Vec<_> = matched
            .iter()
            .map(|it| (it.origin, declared(it.declaration, custom_properties)))
            .collect();
        let mut winners = [None; Longhand::ALL.len()];
        for (at, (_, values)) in declared.iter().enumerate() {
            for (index, value) in values.iter().enumerate() {
                winners[value.longhand() as usize] = Some((at, index));
            }
        }
        Self { declared, winners }
    }

    /// What holds of a longhand, once `revert` and `revert-layer` have been followed.
    fn of(&self, longhand: Longhand) -> Option<&LonghandDeclaration> {
        let (mut at, mut index) = self.winners[longhand as usize]?;
        loop {
            let (origin, values) = &self.declared[at];
            let below = match &values[index] {
                LonghandDeclaration::Wide(_, WideKeyword::Revert) => Origin::UserAgent,
                // The author's rules are one layer.
                LonghandDeclaration::Wide(_, WideKeyword::RevertLayer) => match origin {
                    Origin::Attribute => Origin::Author,
                    Origin::Author | Origin::UserAgent => Origin::UserAgent,
                },
                declared => return Some(declared),
            };
            // In the lowest origin nothing is below.
            if *origin == Origin::UserAgent {
                return None;
            }
            (at, index) = self.last(longhand, below)?;
        }
    }

    /// The weightiest declaration of a longhand of an origin or one below it.
    fn last(&self, longhand: Longhand, highest: Origin) -> Option<(usize, usize)> {
        let all = self.declared.iter().enumerate().rev();
        all.filter(|(_, (origin, _))| *origin <= highest).find_map(|(at, (_, values))| {
            let index = values.iter().position(|it| it.longhand() == longhand)?;
            Some((at, index))
        })
    }
}

/// What a declaration declares of longhands. What turns out to be no value once variables are
/// substituted is as `unset` (CSS Variables 1, section 3.1).
fn declared<'a>(
    declaration: &'a Declaration,
    custom_properties: &CustomProperties,
) -> Cow<'a, [LonghandDeclaration]> {
    match &declaration.value {
        DeclaredValue::Longhands(values) => Cow::Borrowed(values),
        DeclaredValue::WithVariables(property, value) => {
            let value = super::custom::substituted(value, custom_properties);
            let parsed = value.and_then(|value| property.parse(&value).ok());
            Cow::Owned(parsed.unwrap_or_else(|| property.wide(WideKeyword::Unset)))
        }
        DeclaredValue::Custom(..) | DeclaredValue::Page(_) => Cow::Borrowed(&[]),
    }
}

/// The style that declarations give an element.
pub(super) fn compute(computation: &Computation, metrics: &dyn Metrics) -> Style {
    let Computation { matched, parent, initial, custom_properties, .. } = *computation;
    let cascaded = Cascaded::new(matched, custom_properties);
    let mut style = property::inherited(parent, initial);
    let mut measures = metrics.of(&parent.font);
    for stage in Stage::ALL {
        if stage == Stage::LineHeight {
            measures = metrics.of(&style.font);
        }
        let context = computation.context(stage, &style, &measures);
        for longhand in Longhand::ALL.iter().filter(|it| it.stage() == stage) {
            match cascaded.of(*longhand) {
                Some(declared) => apply(declared, &mut style, &context),
                None if longhand.is_reset_for_each_element() => {
                    longhand.initial().apply(&mut style, &context);
                }
                None => {}
            }
        }
        match stage {
            Stage::Font => finish_font(&mut style),
            Stage::LineHeight => finish_line_height(&mut style),
            Stage::Color => {}
            Stage::Rest => finish_borders(&mut style),
        }
    }
    style
}

impl Computation<'_> {
    /// What values of a stage are computed against, given what was computed before.
    fn context(
        &self,
        stage: Stage,
        style: &Style,
        measures: &FontMetrics,
    ) -> ComputeContext<'_> {
        let Self { parent, initial, .. } = *self;
        let base = if stage == Stage::Font { parent } else { style };
        // The root's own font is measured by the initial one (CSS Values 4, section 6.1.1).
        let known = if stage == Stage::Font { initial } else { style };
        let of_known =
            RootMetrics { size: known.font.size, line: known.text.line_height };
        let root = self.root.unwrap_or(of_known);
        let line = match stage {
            // `lh` in `line-height` is that of the parent (CSS Values 4, section 6.1.1).
            Stage::Font | Stage::LineHeight => parent.text.line_height,
            Stage::Color | Stage::Rest => style.text.line_height,
        };
        let scale = Scale {
            em: base.font.size,
            rem: root.size,
            ex: measures.x_height,
            ch: measures.zero,
            line,
            root_line: root.line,
            page: self.page,
        };
        ComputeContext {
            scale,
            normal_line: style.font.size * measures.line,
            current_color: if stage == Stage::Rest { style.color } else { parent.color },
            parent,
            initial,
        }
    }
}

/// Sets what is declared of a longhand.
fn apply(declared: &LonghandDeclaration, style: &mut Style, context: &ComputeContext) {
    let (longhand, keyword) = match declared {
        LonghandDeclaration::Value(value) => return value.apply(style, context),
        LonghandDeclaration::Wide(longhand, keyword) => (*longhand, keyword),
    };
    let inherits = match keyword {
        WideKeyword::Inherit => true,
        WideKeyword::Initial => false,
        WideKeyword::Unset | WideKeyword::Revert | WideKeyword::RevertLayer => {
            longhand.is_inherited()
        }
    };
    if inherits {
        longhand.copy(context.parent, style);
    } else if longhand.has_relative_initial() {
        longhand.initial().apply(style, context);
    } else {
        longhand.copy(context.initial, style);
    }
}

/// Gathers the features that the font is asked for.
fn finish_font(style: &mut Style) {
    let features = style.font_features.all();
    if style.font.features != features {
        style.font.features = features;
    }
    style.font.caps = style.font_features.caps();
}

/// A number is inherited as such, and counts for the element's own font size.
fn finish_line_height(style: &mut Style) {
    if let Some(factor) = style.text.line_factor {
        style.text.line_height = style.font.size * factor;
    }
}

/// The width of a border or rule that is not drawn is zero (CSS Backgrounds 3, section 3.3).
fn finish_borders(style: &mut Style) {
    let Sides { top, right, bottom, left } = &mut style.border;
    for line in [top, right, bottom, left, &mut style.column_rule] {
        line.width = line.shown();
    }
}

/// The custom properties of an element: its parent's, and over them its own.
pub(super) fn custom_properties(
    matched: &[Matched],
    parent: &Arc<CustomProperties>,
) -> Arc<CustomProperties> {
    let mut own: Option<CustomProperties> = None;
    for it in matched {
        let DeclaredValue::Custom(name, value) = &it.declaration.value else { continue };
        let all = own.get_or_insert_with(|| CustomProperties::clone(parent));
        let value = match WideKeyword::parse(value) {
            None => Some(value),
            Some(WideKeyword::Initial) => None,
            // They are inherited; of its own this tool declares none.
            Some(_) => parent.get(name),
        };
        match value {
            Some(value) => all.insert(name.clone(), value.clone()),
            None => all.remove(name),
        };
    }
    own.map_or_else(|| parent.clone(), Arc::new)
}
