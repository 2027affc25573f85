//! Drawing items: text, rules, pictures.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use krilla::Data;
use krilla::geom::{Point, Size as PdfSize, Transform};
use krilla::image::Image;
use krilla::surface::{Location, Surface};
use krilla::text::{Font, GlyphId, KrillaGlyph, Tag};
use krilla_svg::{SurfaceExt, SvgSettings};
use resvg::usvg;

use super::shapes;
use crate::document::{LoadedPicture, PictureFormat, PictureId};
use crate::source::Span;
use crate::typefaces;
use crate::typeset::output::frame::{Frames, ItemKind, Piece, TextRun};
use crate::units::Rect;

/// Draws items, and remembers fonts and pictures.
pub(super) struct Drawer<'a> {
    frames: &'a Frames,
    /// By font: krilla's, and the glyph of its space.
    fonts: Vec<Option<(Font, u32)>>,
    pictures: BTreeMap<PictureId, Option<Prepared>>,
    /// The fonts for text in SVG pictures, once one is there.
    svg_fonts: Option<Arc<usvg::fontdb::Database>>,
    text: String,
    glyphs: Vec<KrillaGlyph>,
    /// What was drawn, by the locations that errors name, less one.
    places: Vec<Drawn>,
    /// The location of what is drawn now.
    location: Option<Location>,
}

/// What errors are about.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Drawn {
    /// Text that was written at a place.
    Text(Span),
    /// A picture, by its path.
    Picture(String),
}

/// A picture, ready to be drawn.
enum Prepared {
    Pixels(Image),
    Vectors(Box<usvg::Tree>),
}

impl<'a> Drawer<'a> {
    pub(super) fn new(frames: &'a Frames) -> Self {
        Self {
            frames,
            fonts: vec![None; frames.fonts.len()],
            pictures: BTreeMap::new(),
            svg_fonts: None,
            text: String::new(),
            glyphs: Vec::new(),
            places: Vec::new(),
            location: None,
        }
    }

    /// What the locations in errors stand for.
    pub(super) fn places(&self) -> &[Drawn] {
        &self.places
    }

    /// Says what is drawn next.
    fn locate(&mut self, surface: &mut Surface, drawn: Drawn) {
        if self.places.last() != Some(&drawn) {
            self.places.push(drawn);
        }
        self.location = Location::new(self.places.len() as u64);
        if let Some(location) = self.location {
            surface.set_location(location);
        }
    }

    pub(super) fn draw(&mut self, surface: &mut Surface, kind: &ItemKind) {
        match kind {
            ItemKind::Text(run) => self.text(surface, run),
            ItemKind::Fill { area, radius, color } => {
                shapes::fill(surface, *area, *radius, *color);
            }
            ItemKind::Outline { area, radius, width, color, style } => {
                let line = shapes::Stroke::new(*width, *color, *style);
                shapes::outline(surface, *area, *radius, &line);
            }
            ItemKind::Line { from, to, width, color, style } => {
                let line = shapes::Stroke::new(*width, *color, *style);
                shapes::line(surface, *from, *to, &line);
            }
            ItemKind::Picture { picture, area } => self.picture(surface, *picture, *area),
            ItemKind::Qr { code, area } => shapes::modules(surface, code, *area),
            ItemKind::Rotated(rotated) => {
                let (x, y) = (rotated.corner.x.to_f32(), rotated.corner.y.to_f32());
                surface.push_transform(&Transform::from_row(0.0, -1.0, 1.0, 0.0, x, y));
                self.draw(surface, &rotated.kind);
                surface.pop();
            }
        }
    }

    fn text(&mut self, surface: &mut Surface, run: &TextRun) {
        let Some((font, space)) = self.font(run) else { return };
        if let Some(span) = run.span {
            self.locate(surface, Drawn::Text(span));
        }
        self.text.clear();
        self.glyphs.clear();
        let mut lead = 0.0;
        for piece in &run.pieces {
            self.piece(piece, run, space, &mut lead);
        }
        let (x, y) = (run.origin.x.to_f32(), run.origin.y.to_f32());
        let size = run.size.to_f32();
        surface.set_fill(Some(shapes::paint(run.color)));
        if (run.stretch - 1.0).abs() < 1e-9 {
            let start = Point::from_xy(x + lead, y);
            surface.draw_glyphs(start, &self.glyphs, font, &self.text, size, false);
        } else {
            #[expect(clippy::cast_possible_truncation, reason = "PDF numbers are single")]
            let stretch = run.stretch as f32;
            surface.push_transform(&Transform::from_row(stretch, 0.0, 0.0, 1.0, x, y));
            let start = Point::from_xy(lead, 0.0);
            surface.draw_glyphs(start, &self.glyphs, font, &self.text, size, false);
            surface.pop();
        }
    }

    fn font(&mut self, run: &TextRun) -> Option<(Font, u32)> {
        let index = run.font.index();
        if let Some(font) = &self.fonts[index] {
            return Some(font.clone());
        }
        let file = &self.frames.fonts[index];
        let places = file.variations.iter();
        let places: Vec<(Tag, f32)> =
            places.map(|(tag, value)| (Tag::new(tag), *value)).collect();
        let data = Data::from(file.data.clone());
        let font = Font::new_variable(data, file.index, &places)?;
        let space = file.space.unwrap_or(0);
        self.fonts[index] = Some((font.clone(), space));
        Some((font, space))
    }

    /// Adds a piece to the glyphs of the run; `lead` is what comes before the first glyph, in pt.
    fn piece(&mut self, piece: &Piece, run: &TextRun, space: u32, lead: &mut f32) {
        let from = self.text.len();
        match piece {
            Piece::Word(shaped) => {
                self.text.push_str(&shaped.text);
                self.glyphs.extend(shaped.glyphs.iter().map(|glyph| {
                    let range = from + glyph.start as usize..from + glyph.end as usize;
                    KrillaGlyph::new(
                        GlyphId::new(glyph.id),
                        glyph.advance,
                        glyph.x_offset,
                        glyph.y_offset,
                        0.0,
                        range,
                        self.location,
                    )
                }));
            }
            Piece::Space(width) => {
                self.text.push(' ');
                let advance = (*width / run.size * 1000.0).round() / 1000.0;
                #[expect(
                    clippy::cast_possible_truncation,
                    reason = "PDF numbers are single"
                )]
                let advance = advance as f32;
                let range = from..from + 1;
                let id = GlyphId::new(space);
                let at = self.location;
                self.glyphs.push(KrillaGlyph::new(id, advance, 0.0, 0.0, 0.0, range, at));
            }
            Piece::Kern(width) => match self.glyphs.last_mut() {
                Some(last) => last.x_advance += width.to_f32() / run.size.to_f32(),
                None => *lead += width.to_f32(),
            },
        }
    }

    fn picture(&mut self, surface: &mut Surface, id: PictureId, area: Rect) {
        let picture = self.frames.pictures.get(&id);
        if let Some(picture) = picture {
            self.locate(surface, Drawn::Picture(picture.path.clone()));
        }
        if !self.pictures.contains_key(&id) {
            let prepared = picture.and_then(|picture| self.prepare(picture));
            self.pictures.insert(id, prepared);
        }
        let (Some(Some(prepared)), Some(size)) = (
            self.pictures.get(&id),
            PdfSize::from_wh(area.size.width.to_f32(), area.size.height.to_f32()),
        ) else {
            return;
        };
        let (x, y) = (area.origin.x.to_f32(), area.origin.y.to_f32());
        surface.push_transform(&Transform::from_translate(x, y));
        match prepared {
            Prepared::Pixels(image) => surface.draw_image(image.clone(), size),
            Prepared::Vectors(tree) => {
                surface.draw_svg(tree, size, SvgSettings::default());
            }
        }
        surface.pop();
    }

    fn prepare(&mut self, picture: &LoadedPicture) -> Option<Prepared> {
        let data = || Data::from(picture.data.to_vec());
        // Not interpolated: PDF/A forbids it (ISO 19005-2, 6.2.8.1).
        let image = match picture.format {
            PictureFormat::Jpeg => Image::from_jpeg(data(), false),
            PictureFormat::Png => Image::from_png(data(), false),
            PictureFormat::Gif => Image::from_gif(data(), false),
            PictureFormat::WebP => Image::from_webp(data(), false),
            PictureFormat::Svg => {
                let options =
                    usvg::Options { fontdb: self.svg_fonts(), ..Default::default() };
                let svg = std::str::from_utf8(&picture.data).ok()?;
                let svg = printable(svg, &self.frames.unprintable);
                let tree = usvg::Tree::from_str(&svg, &options).ok()?;
                return Some(Prepared::Vectors(Box::new(tree)));
            }
        };
        image.ok().map(Prepared::Pixels)
    }

    fn svg_fonts(&mut self) -> Arc<usvg::fontdb::Database> {
        let frames = self.frames;
        let open = || {
            let ids = frames.picture_fonts.iter();
            let fonts = ids.map(|id| frames.fonts[id.index()].data.clone());
            Arc::new(typefaces::database(fonts))
        };
        self.svg_fonts.get_or_insert_with(open).clone()
    }
}

/// A drawing with the numbers of those characters that no font has in their places: a glyph that
/// is none would make the whole PDF invalid.
fn printable<'s>(svg: &'s str, unprintable: &BTreeSet<char>) -> Cow<'s, str> {
    if unprintable.is_empty() {
        return Cow::Borrowed(svg);
    }
    let mut printable = String::with_capacity(svg.len());
    let mut rest = svg;
    while let Some(character) = rest.chars().next() {
        let reference = rest.strip_prefix("&#").and_then(|it| it.split_once(';'));
        let referred = reference.and_then(|(number, after)| {
            let number = match number.strip_prefix('x') {
                Some(hex) => u32::from_str_radix(hex, 16).ok(),
                None => number.parse().ok(),
            };
            Some((char::from_u32(number?)?, after))
        });
        let (meant, after) =
            referred.unwrap_or((character, &rest[character.len_utf8()..]));
        if unprintable.contains(&meant) {
            printable.push_str(&format!("[{:04X}]", u32::from(meant)));
        } else {
            printable.push_str(&rest[..rest.len() - after.len()]);
        }
        rest = after;
    }
    Cow::Owned(printable)
}
