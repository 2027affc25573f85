//! The cascade: which of all declarations holds, and what it comes to.

use std::collections::BTreeMap;
use std::sync::Arc;

use cssparser::Parser;

use super::computed::{FontMetrics, Metrics, Style};
use super::property::{self, Env, Knowledge, Phase, knowledge};
use super::rules::Declaration;
use super::value::Scale;
use crate::units::{Pt, Size};

/// The custom properties of an element.
pub(super) type Customs = BTreeMap<Arc<str>, Arc<str>>;

/// A declaration that matched, and what it weighs.
#[derive(Debug, Clone, Copy)]
pub(super) struct Matched<'r> {
    pub(super) declaration: &'r Declaration,
    /// Origin, specificity, order.
    pub(super) weight: (u8, u32, u32),
}

/// What values are computed against, beside the parent.
#[derive(Debug, Clone, Copy)]
pub(super) struct Root {
    pub(super) size: Pt,
    pub(super) line: Pt,
}

/// Declarations in the order in which they take effect: normal ones by origin, specificity and
/// order, then important ones, of which those of this tool weigh most (CSS Cascade 4, 6).
pub(super) fn sorted(mut matched: Vec<Matched<'_>>) -> Vec<&Declaration> {
    matched.sort_by_key(|it| {
        let (origin, specificity, order) = it.weight;
        let important = it.declaration.important;
        let origin = if important { 255 - origin } else { origin };
        (important, origin, specificity, order)
    });
    matched.into_iter().map(|it| it.declaration).collect()
}

/// The style that declarations, in their order, give an element in another.
pub(super) fn compute(
    declarations: &[&Declaration],
    parent: &Style,
    initial: &Style,
    customs: &Customs,
    root: Option<Root>,
    page: Size,
    metrics: &dyn Metrics,
) -> Style {
    let mut style = property::inherited(parent, initial);
    let mut measures = metrics.of(&parent.font);
    let root_of = |style: &Style| {
        root.unwrap_or(Root { size: style.font.size, line: style.text.line_height })
    };
    for phase in Phase::ALL {
        match phase {
            Phase::Leading => measures = metrics.of(&style.font),
            Phase::Color => {}
            Phase::Font | Phase::Rest => {}
        }
        if phase == Phase::Leading {
            reckon_leading(&mut style, parent, &measures);
        }
        let base = if phase == Phase::Font { parent } else { &style };
        let known = if phase == Phase::Font && root.is_none() {
            Root { size: initial.font.size, line: initial.text.line_height }
        } else {
            root_of(&style)
        };
        let line = match phase {
            Phase::Font => parent.text.line_height,
            // `lh` in `line-height` is that of the parent (CSS Values 4, 6.1.1).
            Phase::Leading => parent.text.line_height,
            Phase::Color | Phase::Rest => style.text.line_height,
        };
        let scale = Scale {
            em: base.font.size,
            rem: known.size,
            ex: measures.x_height,
            ch: measures.zero,
            line,
            root_line: known.line,
            page,
        };
        for declaration in declarations.iter().filter(|it| phase.has(&it.name)) {
            let scale = match phase {
                // All that `line-height: normal` and `font` reckon with it is this.
                Phase::Leading
                    if declaration.value.trim() == "normal"
                        || &*declaration.name == "font"
                            && !declaration.value.contains("lh") =>
                {
                    Scale { line: style.font.size * measures.line, ..scale }
                }
                _ => scale,
            };
            let env = Env { scale, parent, initial };
            one(declaration, &mut style, &env, phase, customs);
        }
    }
    style
}

/// The leading that an element has from its parent: by a number, reckoned anew.
fn reckon_leading(style: &mut Style, parent: &Style, measures: &FontMetrics) {
    let _ = measures;
    style.text.line_height = match parent.text.line_factor {
        Some(factor) => style.font.size * factor,
        None => parent.text.line_height,
    };
}

/// Applies one declaration; what cannot be read leaves the style as it was.
fn one(
    declaration: &Declaration,
    style: &mut Style,
    env: &Env,
    phase: Phase,
    customs: &Customs,
) {
    let name = &*declaration.name;
    if knowledge(name) != Knowledge::Honoured {
        return;
    }
    let late = declaration.value.contains("var(");
    // What turns out to be nothing once variables are put in is as `unset` (CSS Variables 1, 3.1).
    let substituted = super::custom::substituted(&declaration.value, customs);
    let given = substituted.as_deref().unwrap_or("unset");
    for value in [given, "unset"].into_iter().take(1 + usize::from(late)) {
        let mut trial = style.clone();
        let mut input = Parser::new(value);
        if property::apply(name, &mut input, &mut trial, env, phase).is_ok() {
            *style = trial;
            return;
        }
    }
}

/// The custom properties of an element: its parent's, and over them its own.
pub(super) fn customs(
    declarations: &[&Declaration],
    parent: &Arc<Customs>,
) -> Arc<Customs> {
    let own = declarations.iter().filter(|it| it.name.starts_with("--"));
    let mut customs: Option<Customs> = None;
    for declaration in own {
        let all = customs.get_or_insert_with(|| Customs::clone(parent));
        if &*declaration.value == "initial" {
            all.remove(&declaration.name);
        } else {
            all.insert(declaration.name.clone(), declaration.value.clone());
        }
    }
    customs.map_or_else(|| parent.clone(), Arc::new)
}
