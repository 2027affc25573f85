//! Writes the same 1,000 pages of shaped text with krilla and with printpdf.
//!
//! `pdf_writers` runs both, each as a process of its own, and prints CPU time, peak memory and
//! size; `pdf_writers krilla FILE` and `pdf_writers printpdf FILE` run one.

use std::process::Command;
use std::time::Instant;

use harfrust::{Buffer, Font, ShapeOptions, ShaperFont};

const PAGES: usize = 1000;
const LINES: usize = 36;
const SIZE: f32 = 10.5;
const TEXT: &str = "It was a fine afternoon in the office of the difficult affairs, and the staff \
                    sifted";

struct Glyph {
    id: u16,
    advance: f32,
    start: usize,
    end: usize,
}

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    match arguments.get(1..) {
        Some([writer, file]) => one(writer, file),
        _ => both(&arguments[0]),
    }
}

fn both(program: &str) {
    for writer in ["krilla", "printpdf", "krilla", "printpdf"] {
        let file = std::env::temp_dir().join(format!("measure-{writer}.pdf"));
        let output = Command::new(program).arg(writer).arg(&file).output().expect("runs");
        let size = std::fs::metadata(&file).map_or(0, |meta| meta.len());
        print!("{writer:9} {:6} KiB  {}", size / 1024, String::from_utf8_lossy(&output.stdout));
    }
}

fn one(writer: &str, file: &str) {
    let data = typst_assets::fonts()
        .find(|data| Font::new(*data, 0).is_some_and(|font| font.charmap().map_unicode('ﬁ').is_some()))
        .expect("a text font");
    let line = shape(data);
    let start = Instant::now();
    let bytes = if writer == "krilla" { krilla(data, &line) } else { printpdf(data, &line) };
    let wall = start.elapsed().as_secs_f64();
    std::fs::write(file, bytes).expect("writable");
    println!("{wall:.2} s wall  {:.2} s CPU  {} MiB peak", cpu(), peak());
}

fn shape(data: &'static [u8]) -> Vec<Glyph> {
    let font = Font::new(data, 0).expect("a font");
    let units = f32::from(font.metrics().units_per_em);
    let mut buffer = Buffer::new();
    buffer.push_str(TEXT);
    buffer.guess_segment_properties();
    harfrust::shape(&ShaperFont::new(&font), &mut buffer, ShapeOptions::new()).expect("shapes");
    let infos = buffer.glyph_infos();
    let end = |i: usize| infos.get(i + 1).map_or(TEXT.len(), |info| info.cluster as usize);
    (0..infos.len())
        .map(|i| Glyph {
            id: infos[i].glyph_id as u16,
            advance: buffer.glyph_positions()[i].x_advance as f32 / units,
            start: infos[i].cluster as usize,
            end: end(i),
        })
        .collect()
}

fn krilla(data: &'static [u8], line: &[Glyph]) -> Vec<u8> {
    use krilla::geom::Point;
    use krilla::page::PageSettings;
    use krilla::text::{Font, GlyphId, KrillaGlyph};
    let font = Font::new(data.into(), 0).expect("a font");
    let glyphs: Vec<KrillaGlyph> = line
        .iter()
        .map(|g| {
            let id = GlyphId::new(u32::from(g.id));
            KrillaGlyph::new(id, g.advance, 0.0, 0.0, 0.0, g.start..g.end, None)
        })
        .collect();
    let mut document = krilla::Document::new();
    for _ in 0..PAGES {
        let mut page =
            document.start_page_with(PageSettings::from_wh(420.0, 595.0).expect("a size"));
        let mut surface = page.surface();
        for row in 0..LINES {
            let start = Point::from_xy(50.0, 60.0 + 14.0 * row as f32);
            surface.draw_glyphs(start, &glyphs, font.clone(), TEXT, SIZE, false);
        }
    }
    document.finish().expect("writes")
}

fn printpdf(data: &'static [u8], line: &[Glyph]) -> Vec<u8> {
    use printpdf::{
        Codepoint, Mm, Op, ParsedFont, PdfDocument, PdfFontHandle, PdfPage, PdfSaveOptions, Point,
        Pt, TextItem,
    };
    let mut document = PdfDocument::new("measure");
    let font = ParsedFont::from_bytes(data, 0, &mut Vec::new()).expect("a font");
    let font = PdfFontHandle::External(document.add_font(&font));
    let glyphs: Vec<Codepoint> = line
        .iter()
        .map(|g| Codepoint::with_cid(g.id, 0.0, TEXT[g.start..g.end].to_owned()))
        .collect();
    let pages = (0..PAGES)
        .map(|_| {
            let mut ops = Vec::new();
            for row in 0..LINES {
                let y = Pt(535.0 - 14.0 * row as f32);
                ops.extend([
                    Op::StartTextSection,
                    Op::SetFont { font: font.clone(), size: Pt(SIZE) },
                    Op::SetTextCursor { pos: Point { x: Pt(50.0), y } },
                    Op::ShowText { items: vec![TextItem::GlyphIds(glyphs.clone())] },
                    Op::EndTextSection,
                ]);
            }
            PdfPage::new(Mm(148.0), Mm(210.0), ops)
        })
        .collect();
    let mut warnings = Vec::new();
    document.with_pages(pages).save(&PdfSaveOptions::default(), &mut warnings)
}

/// User and system time of this process in seconds (proc(5), stat fields 14 and 15).
fn cpu() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields: Vec<&str> = stat.rsplit(')').next().unwrap_or("").split_whitespace().collect();
    let ticks = |i: usize| fields.get(i).and_then(|f| f.parse::<f64>().ok()).unwrap_or(0.0);
    (ticks(11) + ticks(12)) / 100.0
}

/// The largest resident set of this process in MiB.
fn peak() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmHWM")).unwrap_or("");
    line.split_whitespace().nth(1).and_then(|kib| kib.parse::<u64>().ok()).unwrap_or(0) / 1024
}
