//! The cover: the picture that book.yaml names, or one made from title and authors.

use std::sync::Arc;

use image::codecs::jpeg::JpegEncoder;
use resvg::{tiny_skia, usvg};

use super::xml::Xml;
use crate::book::Book;
use crate::typefaces::{self, FontData};

/// A cover picture.
pub(super) struct Cover {
    /// Its file's name.
    pub(super) name: &'static str,
    /// Its media type.
    pub(super) media_type: &'static str,
    /// The file's content.
    pub(super) data: Arc<[u8]>,
}

/// Width and height in pixels: what shops ask for.
const SIZE: (u32, u32) = (1600, 2560);

/// The cover of a book, in the file of that name.
pub(super) fn cover(book: &Book, name: &'static str, fonts: &[FontData]) -> Cover {
    match &book.cover {
        Some(picture) => {
            let media_type = picture.format.media_type();
            Cover { name, media_type, data: picture.data.clone() }
        }
        None => Cover { name, media_type: "image/jpeg", data: draw(book, fonts).into() },
    }
}

/// Draws the cover as SVG, and the SVG as JPEG.
fn draw(book: &Book, fonts: &[FontData]) -> Vec<u8> {
    let fontdb = Arc::new(typefaces::database(fonts.iter().cloned()));
    let options = usvg::Options { fontdb, ..usvg::Options::default() };
    let (width, height) = SIZE;
    let mut pixels = tiny_skia::Pixmap::new(width, height).expect("the size is not zero");
    pixels.fill(tiny_skia::Color::WHITE);
    if let Ok(tree) = usvg::Tree::from_str(&svg(book), &options) {
        resvg::render(&tree, tiny_skia::Transform::identity(), &mut pixels.as_mut());
    }
    let rgb: Vec<u8> =
        pixels.data().chunks_exact(4).flat_map(|p| [p[0], p[1], p[2]]).collect();
    let mut jpeg = Vec::new();
    JpegEncoder::new_with_quality(&mut jpeg, 88)
        .encode(&rgb, width, height, image::ExtendedColorType::Rgb8)
        .expect("writing to memory does not fail");
    jpeg
}

/// Ink and paper.
const INK: &str = "#1c2a3a";
const PAPER: &str = "#f4efe4";
const ACCENT: &str = "#b08d4f";

/// Title above, authors below, a double rule between, on ink.
fn svg(book: &Book) -> String {
    let metadata = &book.metadata;
    let (width, height) = SIZE;
    let (w, h) = (width.to_string(), height.to_string());
    let mut xml = Xml::new();
    let root = [
        ("xmlns", Some("http://www.w3.org/2000/svg")),
        ("width", Some(w.as_str())),
        ("height", Some(h.as_str())),
        ("font-family", Some("Libertinus Serif")),
        ("text-anchor", Some("middle")),
    ];
    xml.element("svg", &root, |xml| {
        rect(xml, [0, 0, width, height], INK, None);
        rect(xml, [80, 80, width - 160, height - 160], "none", Some(ACCENT));
        rect(xml, [100, 100, width - 200, height - 200], "none", Some(ACCENT));
        let (size, lines) = fit(&metadata.title, 1240, 170, 6);
        let mut y = 720;
        for line in &lines {
            text(xml, line, y, size, PAPER, "normal");
            y += size * 6 / 5;
        }
        if let Some(subtitle) = &metadata.subtitle {
            y += 30;
            let (size, lines) = fit(subtitle, 1140, 76, 4);
            for line in &lines {
                text(xml, line, y, size, ACCENT, "italic");
                y += size * 5 / 4;
            }
        }
        if let Some(volume) = &metadata.volume {
            y += 60;
            let (size, lines) = fit(&volume.name(), 1140, 84, 3);
            for line in &lines {
                text(xml, line, y, size, PAPER, "normal");
                y += size * 5 / 4;
            }
        }
        rect(xml, [width / 2 - 90, y.max(1500) + 60, 180, 6], ACCENT, None);
        let mut y = 2240;
        for author in metadata.authors.iter().rev().take(6) {
            let (size, lines) = fit(author, 1200, 84, 2);
            for line in lines.iter().rev() {
                text(xml, line, y, size, PAPER, "normal");
                y -= size * 5 / 4;
            }
        }
    });
    xml.finish()
}

fn rect(
    xml: &mut Xml,
    [x, y, width, height]: [u32; 4],
    fill: &str,
    stroke: Option<&str>,
) {
    let [x, y, width, height] = [x, y, width, height].map(|n| n.to_string());
    let attributes = [
        ("x", Some(x.as_str())),
        ("y", Some(y.as_str())),
        ("width", Some(width.as_str())),
        ("height", Some(height.as_str())),
        ("fill", Some(fill)),
        ("stroke", stroke),
        ("stroke-width", stroke.map(|_| "4")),
    ];
    xml.empty("rect", &attributes);
}

fn text(xml: &mut Xml, words: &str, y: u32, size: u32, fill: &str, style: &str) {
    let (y, size) = (y.to_string(), size.to_string());
    let attributes = [
        ("x", Some("800")),
        ("y", Some(y.as_str())),
        ("font-size", Some(size.as_str())),
        ("fill", Some(fill)),
        ("font-style", Some(style)),
    ];
    xml.leaf("text", &attributes, words);
}

/// The largest size, up to `most`, at which words go on at most `rows` lines of `width` pixels.
fn fit(words: &str, width: u32, most: u32, rows: usize) -> (u32, Vec<String>) {
    let mut size = most;
    loop {
        let lines = wrap(words, width, size);
        let wide = lines.iter().any(|line| estimate(line, size) > width);
        if (lines.len() <= rows && !wide) || size <= 32 {
            return (size, lines);
        }
        size = size * 9 / 10;
    }
}

fn wrap(words: &str, width: u32, size: u32) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for piece in pieces(words) {
        match lines.last_mut() {
            Some(line) if estimate(&format!("{line}{piece}"), size) <= width => {
                line.push_str(piece);
            }
            _ => lines.push(piece.trim_start().to_owned()),
        }
    }
    lines
}

/// What stays together: words, each with the space before it, and of scripts without spaces each
/// sign, with the punctuation that follows.
fn pieces(words: &str) -> Vec<&str> {
    let is_sign = |c: char| matches!(u32::from(c), 0x2e80..=0x9fff | 0xac00..=0xd7ff | 0xf900..=0xfaff | 0x20000..=0x3ffff);
    let is_stop = |c: char| {
        matches!(c, '、' | '。' | '」' | '』' | '，' | '：' | '！' | '？' | '）')
    };
    let mut pieces = Vec::new();
    let mut begin = 0;
    let mut before: Option<char> = None;
    for (at, character) in words.char_indices() {
        let parts = match before {
            None => false,
            Some(_) if character.is_whitespace() => true,
            Some(before) => {
                (is_sign(character) || is_sign(before)) && !is_stop(character)
            }
        };
        if parts && at > begin && !words[begin..at].trim().is_empty() {
            pieces.push(&words[begin..at]);
            begin = at;
        }
        before = Some(character);
    }
    pieces.push(&words[begin..]);
    pieces.retain(|piece| !piece.trim().is_empty());
    pieces
}

/// About how wide words are: hundredths of an em by the kind of letter.
fn estimate(words: &str, size: u32) -> u32 {
    let hundredths: u32 = words
        .chars()
        .map(|c| match c {
            'i' | 'j' | 'l' | 't' | 'f' | 'I' | '.' | ',' | ':' | ';' | '\'' | '’'
            | ' ' => 30,
            'm' | 'w' | 'M' | 'W' | '—' => 88,
            c if u32::from(c) >= 0x1f000 => 130,
            c if u32::from(c) >= 0x2e80 => 100,
            c if c.is_uppercase() => 70,
            _ => 52,
        })
        .sum();
    hundredths * size / 100
}
