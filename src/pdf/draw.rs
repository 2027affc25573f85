//! Drawing items: text, rules, pictures.

use std::collections::BTreeMap;
use std::sync::Arc;

use krilla::Data;
use krilla::color::luma;
use krilla::geom::{PathBuilder, Point, Size as PdfSize, Transform};
use krilla::image::Image;
use krilla::num::NormalizedF32;
use krilla::paint::Fill;
use krilla::surface::Surface;
use krilla::text::{Font, GlyphId, KrillaGlyph};
use krilla_svg::{SurfaceExt, SvgSettings};
use resvg::usvg;

use super::rect;
use crate::document::{LoadedPicture, PictureFormat, PictureId};
use crate::typefaces;
use crate::typeset::frame::{Frames, Ink, ItemKind, Modules, Piece, TextRun};
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
        }
    }

    pub(super) fn draw(&mut self, surface: &mut Surface, kind: &ItemKind) {
        match kind {
            ItemKind::Text(run) => self.text(surface, run),
            ItemKind::Fill { area, ink } => fill(surface, *area, *ink),
            ItemKind::Picture { picture, area } => self.picture(surface, *picture, *area),
            ItemKind::Qr { code, area } => modules(surface, code, *area),
        }
    }

    fn text(&mut self, surface: &mut Surface, run: &TextRun) {
        let Some((font, space)) = self.font(run) else { return };
        self.text.clear();
        self.glyphs.clear();
        let mut lead = 0.0;
        for piece in &run.pieces {
            self.piece(piece, run, space, &mut lead);
        }
        let (x, y) = (run.origin.x.to_f32(), run.origin.y.to_f32());
        let size = run.size.to_f32();
        surface.set_fill(Some(paint(run.ink)));
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
        let font = Font::new(Data::from(file.data.clone()), file.index)?;
        let space =
            file.font.charmap().map_unicode(' ').map_or(0, |glyph| glyph.to_u32());
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
                        None,
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
                self.glyphs
                    .push(KrillaGlyph::new(id, advance, 0.0, 0.0, 0.0, range, None));
            }
            Piece::Kern(width) => match self.glyphs.last_mut() {
                Some(last) => last.x_advance += width.to_f32() / run.size.to_f32(),
                None => *lead += width.to_f32(),
            },
        }
    }

    fn picture(&mut self, surface: &mut Surface, id: PictureId, area: Rect) {
        if !self.pictures.contains_key(&id) {
            let picture = self.frames.pictures.get(&id);
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
                let tree = usvg::Tree::from_data(&picture.data, &options).ok()?;
                return Some(Prepared::Vectors(Box::new(tree)));
            }
        };
        image.ok().map(Prepared::Pixels)
    }

    fn svg_fonts(&mut self) -> Arc<usvg::fontdb::Database> {
        self.svg_fonts.get_or_insert_with(|| Arc::new(typefaces::database())).clone()
    }
}

fn fill(surface: &mut Surface, area: Rect, ink: Ink) {
    let mut path = PathBuilder::new();
    let Some(area) = rect(area) else { return };
    path.push_rect(area);
    if let Some(path) = path.finish() {
        surface.set_fill(Some(paint(ink)));
        surface.draw_path(&path);
    }
}

/// All dark modules as one path, those beside one another as one rectangle: between neighbours
/// that are drawn apart, viewers show hairlines.
fn modules(surface: &mut Surface, code: &Modules, area: Rect) {
    let mut path = PathBuilder::new();
    let module = area.size.width / (code.width.max(1) as f64);
    for (row, modules) in code.dark.chunks(code.width.max(1)).enumerate() {
        let mut column = 0;
        for alike in modules.chunk_by(|a, b| a == b) {
            let (x, y) = (module * (column as f64), module * (row as f64));
            let width = module * (alike.len() as f64);
            let dark = Rect::new(area.origin.x + x, area.origin.y + y, width, module);
            if alike[0]
                && let Some(dark) = rect(dark)
            {
                path.push_rect(dark);
            }
            column += alike.len();
        }
    }
    if let Some(path) = path.finish() {
        surface.set_fill(Some(paint(Ink::BLACK)));
        surface.draw_path(&path);
    }
}

fn paint(ink: Ink) -> Fill {
    #[expect(clippy::cast_possible_truncation, reason = "between 0 and 255")]
    #[expect(clippy::cast_sign_loss, reason = "between 0 and 255")]
    let lightness = ((1.0 - ink.0.clamp(0.0, 1.0)) * 255.0).round() as u8;
    Fill {
        paint: luma::Color::new(lightness).into(),
        opacity: NormalizedF32::ONE,
        ..Fill::default()
    }
}
