//! Reference pages: what a page of a case's PDF looks like, as a small grey picture beside it.
//!
//! Poppler's `pdftoppm` draws the pages, for it shares no code with what wrote them. At this
//! resolution a line of text is six pixels high, and a cell about one letter: what differs in one
//! renderer's edges from another's does not show, and what moves by a third of a line does.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use image::GrayImage;

use crate::case::Case;

/// Pixels per inch.
const RESOLUTION: u32 = 36;
/// The side of the squares whose mean greys are compared, in pixels.
const CELL: u32 = 4;
/// How far the grey of a cell may be off, of 255.
const CELL_TOLERANCE: u32 = 40;
/// What part of the cells that have ink may be further off: one in so many.
const CELLS_PER_OUTLIER: usize = 100;

/// The pages of a case that have a picture: their numbers, from 1, and the files.
fn references(case: &Case) -> Vec<(u32, PathBuf)> {
    let files = fs::read_dir(&case.folder).unwrap().map(|entry| entry.unwrap().path());
    let number = |path: &Path| {
        let name = path.file_name()?.to_str()?;
        name.strip_prefix("page-")?.strip_suffix(".png")?.parse().ok()
    };
    let mut pages: Vec<(u32, PathBuf)> =
        files.filter_map(|path| Some((number(&path)?, path))).collect();
    pages.sort();
    pages
}

/// Draws a page of a PDF.
fn drawn(pdf: &Path, page: u32) -> GrayImage {
    let [resolution, page] = [RESOLUTION, page].map(|number| number.to_string());
    let output = Command::new("pdftoppm")
        .args(["-r", &resolution, "-f", &page, "-l", &page, "-gray"])
        .arg(pdf)
        .output()
        .expect("pdftoppm, of poppler-utils, can be run");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let picture = graymap(&output.stdout);
    picture.unwrap_or_else(|| panic!("{} has no page {page}", pdf.display()))
}

/// Reads a binary PGM (Netpbm): `P5`, width, height, the greatest grey, then the pixels.
fn graymap(bytes: &[u8]) -> Option<GrayImage> {
    let mut fields = bytes.splitn(5, u8::is_ascii_whitespace);
    let mut field = || std::str::from_utf8(fields.next()?).ok();
    let (magic, width, height, greatest) = (field()?, field()?, field()?, field()?);
    let (width, height) = (width.parse().ok()?, height.parse().ok()?);
    let is_known = magic == "P5" && greatest == "255";
    is_known.then(|| GrayImage::from_raw(width, height, fields.next()?.to_vec()))?
}

/// The mean grey of each cell, by rows.
fn cells(page: &GrayImage) -> Vec<u32> {
    let (width, height) = page.dimensions();
    let mean = |x: u32, y: u32| {
        let (right, bottom) = ((x + CELL).min(width), (y + CELL).min(height));
        let pixels = (y..bottom).flat_map(|y| (x..right).map(move |x| (x, y)));
        let sum: u32 = pixels.map(|(x, y)| u32::from(page.get_pixel(x, y).0[0])).sum();
        sum / ((right - x) * (bottom - y))
    };
    let step = CELL as usize;
    let rows = (0..height).step_by(step);
    rows.flat_map(|y| (0..width).step_by(step).map(move |x| mean(x, y))).collect()
}

/// Why two pictures do not show the same page; none if they do.
fn difference(page: &GrayImage, reference: &GrayImage) -> Option<String> {
    if page.dimensions() != reference.dimensions() {
        let (now, before) = (page.dimensions(), reference.dimensions());
        return Some(format!("the page is {now:?} pixels large, and was {before:?}"));
    }
    let (now, before) = (cells(page), cells(reference));
    let inked = before.iter().filter(|&&grey| grey < 250).count();
    let off = now.iter().zip(&before).filter(|(a, b)| a.abs_diff(**b) > CELL_TOLERANCE);
    let off = off.count();
    let is_same = off * CELLS_PER_OUTLIER <= inked;
    (!is_same).then(|| format!("{off} cells differ, and {inked} have ink"))
}

#[test]
#[ignore = "needs pdftoppm, of poppler-utils; `.ci/run` has it"]
fn reference_pages_look_as_they_did() {
    let accept = std::env::var_os("BINDERY_ACCEPT_PAGES").is_some();
    let folder = new_folder();
    let mut failed = Vec::new();
    let mut compared = 0;
    for case in Case::all() {
        let pages = references(&case);
        if pages.is_empty() {
            continue;
        }
        let pdf = case.bind().editions.and_then(|editions| editions.pdf).unwrap();
        let file = folder.join("case.pdf");
        fs::write(&file, pdf).unwrap();
        for (number, path) in pages {
            let page = drawn(&file, number);
            compared += 1;
            if accept {
                page.save(&path).unwrap();
                continue;
            }
            let reference = image::open(&path).unwrap().into_luma8();
            if let Some(difference) = difference(&page, &reference) {
                let seen = folder.join(format!("{}-{number}.png", failed.len()));
                page.save(&seen).unwrap();
                failed.push(format!(
                    "{}: {difference}: {}",
                    path.display(),
                    seen.display()
                ));
            }
        }
    }
    assert!(compared >= 8, "only {compared} reference pages are there");
    assert!(failed.is_empty(), "{failed:#?}");
    fs::remove_dir_all(folder).unwrap();
}

/// A new folder for what is drawn.
fn new_folder() -> PathBuf {
    let folder =
        std::env::temp_dir().join(format!("bindery-pages-{}", std::process::id()));
    fs::create_dir_all(&folder).unwrap();
    folder
}

#[test]
fn a_page_that_moves_by_a_third_of_a_line_is_another() {
    let lines = |shift: u32| {
        GrayImage::from_fn(140, 210, |x, y| {
            let is_ink = (y + shift) % 6 < 3 && (x * 7 + y / 6 * 13) % 5 < 3;
            image::Luma([if is_ink { 60 } else { 255 }])
        })
    };
    assert_eq!(difference(&lines(0), &lines(0)), None);
    assert!(difference(&lines(0), &lines(2)).is_some());
    let mut hole = lines(0);
    for (x, y) in (40..80).flat_map(|x| (60..70).map(move |y| (x, y))) {
        hole.put_pixel(x, y, image::Luma([255]));
    }
    assert!(difference(&lines(0), &hole).is_some());
}
