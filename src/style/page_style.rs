//! The computed style of a page (CSS Paged Media 3).

use super::cascade::{Computation, Matched, Origin, RootMetrics, compute, sort};
use super::computed::{Content, Metrics, PageQuery, PageStyle, Sides, Style};
use super::custom::CustomProperties;
use super::declaration::DeclaredValue;
use super::descriptor::PageGeometry;
use super::length::Scale;
use super::margin_box::MarginBox;
use super::stylist::Stylist;
use crate::units::{Pt, Size};
use std::collections::BTreeMap;
use std::sync::Arc;

impl Stylist<'_> {
    /// The computed style of a page.
    pub(crate) fn page(
        &mut self,
        query: &PageQuery,
        metrics: &dyn Metrics,
    ) -> Arc<PageStyle> {
        let root = self.root_style(metrics);
        let known = RootMetrics { size: root.font.size, line: root.text.line_height };
        let sheet = self.sheet;
        let mut matched: Vec<Matched> = Vec::new();
        let mut boxes: BTreeMap<MarginBox, Vec<Matched>> = BTreeMap::new();
        for rule in &sheet.pages {
            let specificity =
                rule.selectors.iter().filter_map(|it| it.matches(query)).max();
            let Some(specificity) = specificity else { continue };
            let order = rule.order;
            let weigh = |declaration| Matched {
                declaration,
                origin: Origin::Author,
                specificity,
                order,
            };
            matched.extend(rule.declarations.iter().map(weigh));
            for (place, declarations) in &rule.boxes {
                boxes.entry(*place).or_default().extend(declarations.iter().map(weigh));
            }
        }
        sort(&mut matched);
        let geometry = self.geometry(&matched, &root);
        let size = geometry.page_size(self.defaults.page);
        let mut base = self.initial.clone();
        base.margin = Sides { top: None, right: None, bottom: None, left: None };
        let custom_properties = CustomProperties::new();
        let computation = Computation {
            matched: &matched,
            parent: &root,
            initial: &base,
            custom_properties: &custom_properties,
            root: Some(known),
            page: size,
        };
        let mut style = compute(&computation, metrics);
        let margin = self.margin(&style, size, query.right);
        // What stands in the margins begins as the page's own text does.
        style.page = None;
        let boxes = boxes.into_iter().filter_map(|(place, mut matched)| {
            sort(&mut matched);
            let mut initial = self.initial.clone();
            initial.text.align = place.initial_align();
            let mut parent = style.clone();
            parent.text.align = place.initial_align();
            let (matched, parent, initial) = (&matched, &parent, &initial);
            let own = Computation { matched, parent, initial, ..computation };
            let own = compute(&own, metrics);
            matches!(own.content, Content::Items(_)).then_some((place, own))
        });
        let PageGeometry { bleed, marks, .. } = geometry;
        Arc::new(PageStyle {
            size,
            margin,
            background: style.background,
            bleed,
            crop_marks: marks.crop,
            cross_marks: marks.cross,
            boxes: boxes.collect(),
        })
    }

    fn root_style(&mut self, metrics: &dyn Metrics) -> Style {
        use crate::markup::{Element, ElementId, Tree};
        use crate::source::Span;
        let detached = Span::new(crate::source::FileId::default(), 0..0);
        let tree = Tree::new(Element::new("html", detached));
        let styles = self.styles(&tree, metrics);
        let mut style = styles.of(ElementId::ROOT).style.clone();
        style.page = None;
        style
    }

    fn geometry(&self, matched: &[Matched], root: &Style) -> PageGeometry {
        let scale = Scale {
            em: root.font.size,
            rem: root.font.size,
            line: root.text.line_height,
            root_line: root.text.line_height,
            page: self.defaults.page,
            ..Scale::REFERENCE
        };
        let mut geometry = PageGeometry::default();
        for it in matched {
            if let DeclaredValue::Page(value) = &it.declaration.value {
                geometry.set(value, &scale);
            }
        }
        geometry
    }

    /// The margins of a page, with its padding and border; where no rule sets one, it is that of
    /// `book.yaml`, mirrored on left-hand pages.
    fn margin(&self, style: &Style, size: Size, right_hand: bool) -> Sides<Pt> {
        let usual = self.defaults.margin;
        let (left, right) = if right_hand {
            (usual.left, usual.right)
        } else {
            (usual.right, usual.left)
        };
        // On pages of another size they are in proportion.
        let (wide, tall) = (
            size.width / self.defaults.page.width,
            size.height / self.defaults.page.height,
        );
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
