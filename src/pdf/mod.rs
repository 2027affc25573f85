//! The PDF: frames, written with krilla.

mod draw;
mod refusal;
mod shapes;
mod tags;
#[cfg(test)]
mod tests;

use std::num::NonZeroU32;

use krilla::action::LinkAction;
use krilla::annotation::{Annotation, LinkAnnotation, Target};
use krilla::configure::{Accessibility, Archival, ConfigurationBuilder, PdfVersion};
use krilla::destination::XyzDestination;
use krilla::geom::{Point, Rect as PdfRect};
use krilla::metadata::{DateTime, Metadata, TextDirection};
use krilla::outline::{Outline, OutlineNode};
use krilla::page::{NumberingStyle, PageLabel, PageSettings};
use krilla::{Document, SerializeSettings};

use crate::diag::Warned;
use crate::typeset::output::frame::{
    Anchor, Bookmark, Destination, Folio, Frames, LinkArea, MarkedContent, Page,
};
use crate::typeset::output::structure::shortened;
use crate::units::{Pt, Rect, Size};
use draw::Drawer;
use tags::Tags;

/// What is said of the whole file.
#[derive(Debug, Clone)]
pub(crate) struct Information {
    /// The title.
    pub title: String,
    /// The authors.
    pub authors: Vec<String>,
    /// What it is about.
    pub description: Option<String>,
    /// The BCP 47 tag of its language.
    pub language: String,
    /// Whether it is bound on the right, as what is read from right to left is.
    pub right_to_left: bool,
    /// What identifies this book among all others.
    pub identifier: String,
    /// Year, month and day on which this edition was made.
    pub date: (u16, u8, u8),
    /// What the file is for.
    pub purpose: Purpose,
}

/// What a PDF is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// Paper: no links, no bookmarks.
    Print,
    /// Screens: PDF/UA-1 and PDF/A-2a at once.
    Screen,
}

/// Writes the file; each page is let go once it is drawn. Without a result there are errors: what the standards that the purpose
/// promises do not allow.
pub(crate) fn write(
    mut frames: Frames,
    information: &Information,
) -> Warned<Option<Vec<u8>>> {
    let pages = std::mem::take(&mut frames.pages);
    let frames = &frames;
    let mut document = Document::new_with(settings(information.purpose));
    let mut drawer = Drawer::new(frames);
    let mut tags = Tags::new(&frames.structure);
    for (index, page) in pages.into_iter().enumerate() {
        write_page(
            &mut document,
            frames,
            information.purpose,
            index,
            &page,
            &mut drawer,
            &mut tags,
        );
    }
    document.set_tag_tree(tags.into_tree(&information.language));
    if information.purpose == Purpose::Screen {
        document.set_outline(outline(frames));
    }
    document.set_metadata(metadata(information));
    match document.finish() {
        Ok(bytes) => Warned { value: Some(bytes), diagnostics: Vec::new() },
        Err(error) => {
            let diagnostics = refusal::diagnostics(&error, drawer.places());
            Warned { value: None, diagnostics }
        }
    }
}

fn settings(purpose: Purpose) -> SerializeSettings {
    let builder = ConfigurationBuilder::new().with_version(PdfVersion::Pdf17);
    let builder = match purpose {
        Purpose::Print => builder,
        Purpose::Screen => builder
            .with_archival_validator(Archival::A2_A)
            .with_accessibility_validator(Accessibility::UA1),
    };
    SerializeSettings {
        configuration: builder.finish().unwrap_or_default(),
        enable_tagging: true,
        ..SerializeSettings::default()
    }
}

fn write_page(
    document: &mut Document,
    frames: &Frames,
    purpose: Purpose,
    index: usize,
    page: &Page,
    drawer: &mut Drawer,
    tags: &mut Tags,
) {
    let Some(mut settings) =
        PageSettings::from_wh(page.size.width.to_f32(), page.size.height.to_f32())
    else {
        return;
    };
    settings = settings.with_page_label(label(page.folio));
    if purpose == Purpose::Print || page.slug > Pt::ZERO {
        settings = settings
            .with_media_box(around(page, page.slug))
            .with_bleed_box(around(page, page.bleed))
            .with_trim_box(around(page, Pt::ZERO));
    }
    let mut pdf_page = document.start_page_with(settings);
    let mut surface = pdf_page.surface();
    let mut rest = page.items.as_slice();
    while let Some(first) = rest.first() {
        let alike = rest.iter().take_while(|item| item.mark == first.mark).count();
        let (group, others) = rest.split_at(alike);
        let identifier = surface.start_tagged(tags::content(first.mark));
        for item in group {
            drawer.draw(&mut surface, &item.kind);
        }
        surface.end_tagged();
        if let MarkedContent::Tagged(leaf) = first.mark {
            tags.content(leaf, identifier);
            tags.pictures(leaf, index, group);
        }
        rest = others;
    }
    surface.finish();
    if purpose == Purpose::Screen {
        for link in &page.links {
            if let Some(annotation) = annotation(frames, link) {
                tags.annotation(link.node, pdf_page.add_tagged_annotation(annotation));
            }
        }
    }
}

/// The trimmed page with so much around it.
fn around(page: &Page, by: Pt) -> Option<PdfRect> {
    let Size { width, height } = page.size;
    rect(Rect::new(-by, -by, width + by * 2.0, height + by * 2.0))
}

fn label(folio: Folio) -> PageLabel {
    let (style, number) = match folio {
        Folio::Roman(number) => (NumberingStyle::LowerRoman, number),
        Folio::Arabic(number) => (NumberingStyle::Arabic, number),
    };
    PageLabel::new(Some(style), None, NonZeroU32::new(number))
}

fn annotation(frames: &Frames, link: &LinkArea) -> Option<Annotation> {
    let target = match &link.destination {
        Destination::Address(address) => {
            Target::Action(LinkAction::new(address.to_string()).into())
        }
        Destination::Anchor(anchor) => {
            Target::Destination(destination(frames, anchor)?.into())
        }
    };
    let area = rect(link.area)?;
    let words = Some(link.words.to_string());
    Some(Annotation::new_link(LinkAnnotation::new(area, target), words))
}

fn destination(frames: &Frames, anchor: &Anchor) -> Option<XyzDestination> {
    let place = frames.places.get(anchor).or_else(|| match anchor {
        Anchor::Place(address) => {
            let (document, _) = address.split_once('#')?;
            frames.places.get(&Anchor::Place(document.into()))
        }
        _ => None,
    })?;
    let point = Point::from_xy(place.point.x.to_f32(), place.point.y.to_f32());
    Some(XyzDestination::new(place.page, point))
}

fn rect(area: Rect) -> Option<PdfRect> {
    let (x, y) = (area.origin.x.to_f32(), area.origin.y.to_f32());
    PdfRect::from_xywh(x, y, area.size.width.to_f32(), area.size.height.to_f32())
}

fn outline(frames: &Frames) -> Outline {
    let mut outline = Outline::new();
    for bookmark in &frames.outline {
        if let Some(node) = outline_node(frames, bookmark) {
            outline.push_child(node);
        }
    }
    outline
}

fn outline_node(frames: &Frames, bookmark: &Bookmark) -> Option<OutlineNode> {
    let destination = destination(frames, &bookmark.anchor)?;
    let mut node = OutlineNode::new(bookmark.title.clone(), destination);
    for child in &bookmark.children {
        if let Some(child) = outline_node(frames, child) {
            node.push_child(child);
        }
    }
    Some(node)
}

fn metadata(information: &Information) -> Metadata {
    let (year, month, day) = information.date;
    let mut metadata = Metadata::new()
        .title(whole(&information.title))
        .authors(information.authors.iter().map(|author| whole(author)).collect())
        .language(information.language.clone())
        .document_id(information.identifier.clone())
        .producer(concat!("bindery ", env!("CARGO_PKG_VERSION")).to_owned())
        .creator(concat!("bindery ", env!("CARGO_PKG_VERSION")).to_owned())
        .creation_date(
            DateTime::new(year).month(month).day(day).hour(0).minute(0).second(0),
        );
    if information.right_to_left {
        metadata = metadata.text_direction(TextDirection::RightToLeft);
    }
    if let Some(description) = &information.description {
        metadata = metadata.description(whole(description));
    }
    metadata
}

/// A text as the metadata can hold it.
fn whole(text: &str) -> String {
    shortened(text).unwrap_or_else(|| text.to_owned())
}
