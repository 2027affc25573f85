//! Pages: `@page` and its margin boxes.

use std::collections::BTreeMap;
use std::sync::Arc;

use cssparser::{Parser, Token};

use super::cascade::{Customs, Matched, Root, compute, sorted};
use super::computed::{Content, MarginBox, Metrics, PageQuery, PageStyle, Sides, Style};
use super::property::PAGE;
use super::rules::Declaration;
use super::stylist::Stylist;
use super::value::{Read, Refusal, Scale};
use crate::units::{Pt, Size};

/// A rule of pages.
#[derive(Debug, Clone)]
pub(super) struct PageRule {
    pub(super) selectors: Vec<PageSelector>,
    pub(super) declarations: Vec<Declaration>,
    pub(super) boxes: Vec<(MarginBox, Vec<Declaration>)>,
    pub(super) order: u32,
}

/// Which pages a rule is for.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct PageSelector {
    name: Option<String>,
    /// Of all pages, or of those of its name.
    first: bool,
    blank: bool,
    right: Option<bool>,
    /// A step and an offset.
    nth: Option<(i32, i32)>,
}

const BOXES: [(&str, MarginBox); 16] = [
    ("top-left-corner", MarginBox::TopLeftCorner),
    ("top-left", MarginBox::TopLeft),
    ("top-center", MarginBox::TopCenter),
    ("top-right", MarginBox::TopRight),
    ("top-right-corner", MarginBox::TopRightCorner),
    ("right-top", MarginBox::RightTop),
    ("right-middle", MarginBox::RightMiddle),
    ("right-bottom", MarginBox::RightBottom),
    ("bottom-right-corner", MarginBox::BottomRightCorner),
    ("bottom-right", MarginBox::BottomRight),
    ("bottom-center", MarginBox::BottomCenter),
    ("bottom-left", MarginBox::BottomLeft),
    ("bottom-left-corner", MarginBox::BottomLeftCorner),
    ("left-bottom", MarginBox::LeftBottom),
    ("left-middle", MarginBox::LeftMiddle),
    ("left-top", MarginBox::LeftTop),
];

/// The margin box of a name.
pub(super) fn margin_box(name: &str) -> Option<MarginBox> {
    BOXES.iter().find(|(known, _)| *known == name).map(|(_, place)| *place)
}

/// The selectors of an `@page` rule; without any it is for all pages.
pub(super) fn selectors(input: &mut Parser) -> Read<Vec<PageSelector>> {
    let mut selectors = Vec::new();
    loop {
        selectors.push(selector(input)?);
        if input.try_parse(Parser::expect_comma).is_err() {
            break;
        }
    }
    if input.is_exhausted() { Ok(selectors) } else { Err(Refusal::Invalid) }
}

fn selector(input: &mut Parser) -> Read<PageSelector> {
    let mut selector = PageSelector::default();
    if let Ok(name) = input.try_parse(Parser::expect_ident_cloned) {
        selector.name = Some(name.to_string());
    }
    while input.try_parse(Parser::expect_colon).is_ok() {
        match input.next_including_whitespace()?.clone() {
            Token::Ident(class) => match class.to_ascii_lowercase().as_str() {
                "first" => selector.first = true,
                "blank" => selector.blank = true,
                "left" | "verso" => selector.right = Some(false),
                "right" | "recto" => selector.right = Some(true),
                _ => return Err(Refusal::Invalid),
            },
            Token::Function(name) if name.eq_ignore_ascii_case("nth") => {
                let (nth, of) = super::value::nested(input, |input| {
                    let nth = cssparser::parse_nth(input)?;
                    let of = input.try_parse(|input| {
                        input.expect_ident_matching("of")?;
                        input.expect_ident_cloned()
                    });
                    Ok((nth, of.ok().map(|name| name.to_string())))
                })?;
                selector.nth = Some(nth);
                selector.name = of.or(selector.name);
            }
            _ => return Err(Refusal::Invalid),
        }
    }
    Ok(selector)
}

impl PageSelector {
    /// How specific it is (CSS Paged Media 3, 3.3), if it matches.
    fn matches(&self, page: &PageQuery) -> Option<u32> {
        // What a name's pages have in their margins a blank one has only if a rule says so.
        let of_name = |name| name == page.name && (!page.blank || self.blank);
        let named = self.name.as_deref().is_none_or(of_name);
        let first =
            if self.name.is_some() { page.nth == 0 && !page.blank } else { page.first };
        let nth = self.nth.is_none_or(|(step, offset)| {
            let rest = i64::from(page.nth) + 1 - i64::from(offset);
            match i64::from(step) {
                0 => rest == 0,
                step => rest % step == 0 && rest / step >= 0,
            }
        });
        let side = self.right.is_none_or(|right| right == page.right);
        let blank = !self.blank || page.blank;
        let holds = named && (!self.first || first) && nth && side && blank;
        holds.then(|| {
            let classes = u32::from(self.first)
                + u32::from(self.blank)
                + u32::from(self.nth.is_some());
            u32::from(self.name.is_some()) * 10_000
                + classes * 100
                + u32::from(self.right.is_some())
        })
    }
}

/// What `@page` alone says of its pages.
#[derive(Debug, Clone, Default, PartialEq)]
struct Geometry {
    size: Option<Size>,
    landscape: Option<bool>,
    bleed: Pt,
    crop: bool,
    cross: bool,
}

/// Whether a property is one of pages alone.
pub(super) fn knows(name: &str) -> bool {
    PAGE.contains(&name) || matches!(name, "src" | "unicode-range" | "font-display")
}

/// Whether a value is one of such a property.
pub(super) fn is_valid(name: &str, value: &str) -> bool {
    let scale = Scale {
        em: Pt(10.0),
        rem: Pt(10.0),
        ex: 0.5,
        ch: 0.5,
        line: Pt(12.0),
        root_line: Pt(12.0),
        page: Size::default(),
    };
    !PAGE.contains(&name)
        || geometry(name, &mut Parser::new(value), &scale, &mut Geometry::default())
            .is_ok()
}

/// The sizes with a name (CSS Paged Media 3, 5.1), in millimetres.
const SIZES: &[(&str, f64, f64)] = &[
    ("a3", 297.0, 420.0),
    ("a4", 210.0, 297.0),
    ("a5", 148.0, 210.0),
    ("a6", 105.0, 148.0),
    ("b4", 250.0, 353.0),
    ("b5", 176.0, 250.0),
    ("jis-b4", 257.0, 364.0),
    ("jis-b5", 182.0, 257.0),
    ("letter", 215.9, 279.4),
    ("legal", 215.9, 355.6),
    ("ledger", 279.4, 431.8),
];

/// The sides of a page that can be printed, in points.
const SIDES: (f64, f64) = (72.0, 3000.0);

fn geometry(
    name: &str,
    input: &mut Parser,
    scale: &Scale,
    out: &mut Geometry,
) -> Read<()> {
    match name {
        "size" => size(input, scale, out)?,
        "bleed" => {
            let auto =
                input.try_parse(|input| input.expect_ident_matching("auto")).is_ok();
            out.bleed = if auto { Pt::ZERO } else { scale.fixed(input)?.max(Pt::ZERO) };
        }
        "marks" => {
            (out.crop, out.cross) = (false, false);
            while !input.is_exhausted() {
                match input.expect_ident()?.to_ascii_lowercase().as_str() {
                    "none" => {}
                    "crop" => out.crop = true,
                    "cross" => out.cross = true,
                    _ => return Err(Refusal::Invalid),
                }
            }
        }
        _ => return Err(Refusal::Invalid),
    }
    if input.is_exhausted() { Ok(()) } else { Err(Refusal::Invalid) }
}

fn size(input: &mut Parser, scale: &Scale, out: &mut Geometry) -> Read<()> {
    let mut lengths = Vec::new();
    let mut any = false;
    while !input.is_exhausted() {
        any = true;
        if let Ok(word) = input.try_parse(Parser::expect_ident_cloned) {
            let word = word.to_ascii_lowercase();
            match word.as_str() {
                "auto" => {}
                "portrait" => out.landscape = Some(false),
                "landscape" => out.landscape = Some(true),
                _ => {
                    let found = SIZES.iter().find(|(name, ..)| *name == word);
                    let (_, width, height) = found.ok_or(Refusal::Invalid)?;
                    out.size =
                        Some(Size { width: Pt::mm(*width), height: Pt::mm(*height) });
                }
            }
        } else {
            lengths.push(scale.fixed(input)?);
        }
    }
    let side = |length: Pt| (SIDES.0..=SIDES.1).contains(&length.0);
    match lengths.as_slice() {
        [] => {}
        [both] if side(*both) => out.size = Some(Size { width: *both, height: *both }),
        [width, height] if side(*width) && side(*height) => {
            out.size = Some(Size { width: *width, height: *height });
        }
        _ => return Err(Refusal::Invalid),
    }
    if any { Ok(()) } else { Err(Refusal::Invalid) }
}

impl Stylist<'_> {
    /// The style of a page.
    pub fn page(&mut self, query: &PageQuery, metrics: &dyn Metrics) -> Arc<PageStyle> {
        let root = self.root_style(metrics);
        let known = Root { size: root.font.size, line: root.text.line_height };
        let sheet = self.sheet;
        let mut matched: Vec<Matched> = Vec::new();
        let mut boxes: BTreeMap<MarginBox, Vec<Matched>> = BTreeMap::new();
        for rule in &sheet.pages {
            let specificity =
                rule.selectors.iter().filter_map(|it| it.matches(query)).max();
            let Some(specificity) = specificity else { continue };
            let weight = (1, specificity, rule.order);
            let weigh = |declaration| Matched { declaration, weight };
            matched.extend(rule.declarations.iter().map(weigh));
            for (place, declarations) in &rule.boxes {
                boxes.entry(*place).or_default().extend(declarations.iter().map(weigh));
            }
        }
        let declarations = sorted(matched);
        let geometry = self.geometry(&declarations, &root);
        let size = geometry.size.unwrap_or(self.start.page);
        let turned = geometry
            .landscape
            .is_some_and(|landscape| landscape != (size.width > size.height));
        let size =
            if turned { Size { width: size.height, height: size.width } } else { size };
        let customs = Customs::new();
        let mut base = self.initial.clone();
        base.margin = Sides { top: None, right: None, bottom: None, left: None };
        let mut style =
            compute(&declarations, &root, &base, &customs, Some(known), size, metrics);
        let margin = self.margin(&style, size, query.right);
        // What stands in the margins begins as the page's own text does.
        style.page = None;
        let boxes = boxes.into_iter().filter_map(|(place, matched)| {
            let mut start = self.initial.clone();
            start.text.align = usual_align(place);
            let mut around = style.clone();
            around.text.align = usual_align(place);
            let declarations = sorted(matched);
            let own = compute(
                &declarations,
                &around,
                &start,
                &customs,
                Some(known),
                size,
                metrics,
            );
            matches!(own.content, Content::Items(_)).then_some((place, own))
        });
        Arc::new(PageStyle {
            size,
            margin,
            background: style.background,
            bleed: geometry.bleed,
            crop_marks: geometry.crop,
            cross_marks: geometry.cross,
            boxes: boxes.collect(),
        })
    }

    fn root_style(&mut self, metrics: &dyn Metrics) -> Style {
        use crate::markup::{Element, ElementId, Tree};
        use crate::source::Span;
        let nowhere = Span::new(crate::source::FileId::default(), 0..0);
        let tree = Tree::new(Element::new("html", nowhere));
        let styles = self.styles(&tree, metrics);
        let mut style = styles.of(ElementId::ROOT).style.clone();
        style.page = None;
        style
    }

    fn geometry(&self, declarations: &[&Declaration], root: &Style) -> Geometry {
        let scale = Scale {
            em: root.font.size,
            rem: root.font.size,
            ex: 0.5,
            ch: 0.5,
            line: root.text.line_height,
            root_line: root.text.line_height,
            page: self.start.page,
        };
        let mut out = Geometry::default();
        for declaration in declarations {
            let mut trial = out.clone();
            let mut input = Parser::new(&declaration.value);
            if geometry(&declaration.name, &mut input, &scale, &mut trial).is_ok() {
                out = trial;
            }
        }
        out
    }

    /// The margins of a page; what no rule names is as book.yaml has it, mirrored on the left.
    fn margin(&self, style: &Style, size: Size, right_hand: bool) -> Sides<Pt> {
        let usual = self.start.margin;
        let (left, right) = if right_hand {
            (usual.left, usual.right)
        } else {
            (usual.right, usual.left)
        };
        // Those of another size are in proportion.
        let (wide, tall) =
            (size.width / self.start.page.width, size.height / self.start.page.height);
        let given = |side: Option<crate::style::Length>, whole: Pt| {
            side.map(|length| length.of(whole).max(Pt::ZERO))
        };
        let (padding, edge) = (style.padding, style.border);
        let inner = |length: crate::style::Length, whole: Pt| length.of(whole);
        Sides {
            top: given(style.margin.top, size.height).unwrap_or(usual.top * tall)
                + inner(padding.top, size.height)
                + edge.top.shown(),
            right: given(style.margin.right, size.width).unwrap_or(right * wide)
                + inner(padding.right, size.width)
                + edge.right.shown(),
            bottom: given(style.margin.bottom, size.height)
                .unwrap_or(usual.bottom * tall)
                + inner(padding.bottom, size.height)
                + edge.bottom.shown(),
            left: given(style.margin.left, size.width).unwrap_or(left * wide)
                + inner(padding.left, size.width)
                + edge.left.shown(),
        }
    }
}

/// How the words of a margin box stand unless a rule says otherwise (CSS Paged Media 3, 4.3).
fn usual_align(place: MarginBox) -> crate::style::Align {
    use crate::style::Align;
    match place {
        MarginBox::TopLeft | MarginBox::BottomLeft => Align::Left,
        MarginBox::TopRight | MarginBox::BottomRight => Align::Right,
        _ => Align::Center,
    }
}
