//! The pictures of each edition, as large as it wants them.

use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::book::Book;
use crate::config::EpubSettings;
use crate::diag::Diagnostic;
use crate::document::PictureId;
use crate::resolve::fit_picture;
use crate::typeset::output::frame::{Frames, ItemKind};
use crate::units::Size;

/// Makes the pictures of the book as large as the EPUB may hold them, if its settings are given, and
/// those of the frames as large as paper needs them. All cores do it, and each file is decoded once.
pub(super) fn fit(
    book: &mut Book,
    epub: Option<&EpubSettings>,
    frames: Option<&mut Frames>,
) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    let placed = frames.as_deref().map(placed).unwrap_or_default();
    let pictures: Vec<_> = book.pictures.iter().collect();
    let fitted: Vec<_> = pictures
        .into_par_iter()
        .map(|(id, picture)| (id, fit_picture(picture, epub, placed.get(&id).copied())))
        .collect();
    let mut printed = BTreeMap::new();
    for (id, fitted) in fitted {
        match fitted {
            Ok(fitted) => {
                printed.extend(fitted.printed.map(|it| (id, it)));
                fitted.ebook.into_iter().for_each(|it| book.pictures.replace(id, it));
            }
            Err(diagnostic) => diagnostics.push(diagnostic),
        }
    }
    if let Some(frames) = frames {
        frames.pictures.extend(printed);
    }
    if let Some(cover) = &book.cover {
        match fit_picture(cover, epub, None) {
            Ok(fitted) => book.cover = fitted.ebook.or(book.cover.take()),
            Err(diagnostic) => diagnostics.push(diagnostic),
        }
    }
    diagnostics
}

/// The largest size that each picture is shown in.
fn placed(frames: &Frames) -> BTreeMap<PictureId, Size> {
    let mut placed: BTreeMap<PictureId, Size> = BTreeMap::new();
    for item in frames.pages.iter().flat_map(|page| &page.items) {
        let mut kind = &item.kind;
        while let ItemKind::Rotated(rotated) = kind {
            kind = &rotated.kind;
        }
        if let ItemKind::Picture { picture, area } = kind {
            let largest = placed.entry(*picture).or_insert(area.size);
            largest.width = largest.width.max(area.size.width);
            largest.height = largest.height.max(area.size.height);
        }
    }
    placed
}

#[cfg(all(feature = "epub", feature = "pdf"))]
#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use image::{DynamicImage, ImageFormat, RgbImage};

    use crate::compile::{Request, compile};
    use crate::world::MemoryWorld;

    /// A JPEG of 2600 by 1950 pixels.
    fn large() -> Vec<u8> {
        let color = |x: u32, y: u32| {
            image::Rgb([x / 11, y / 8, 90].map(|it| u8::try_from(it).unwrap_or(0)))
        };
        let image = DynamicImage::from(RgbImage::from_fn(2600, 1950, color));
        let mut file = Cursor::new(Vec::new());
        image.write_to(&mut file, ImageFormat::Jpeg).expect("a file");
        file.into_inner()
    }

    /// The sizes of the picture in the EPUB and in the PDF.
    fn sizes(settings: &str) -> ((u32, u32), u32) {
        let mut world = MemoryWorld::new(jiff::civil::date(2026, 1, 2));
        world.insert("book.yaml", format!("title: Quays\n{settings}").into_bytes());
        world.insert(
            "manuscript/2024-01-01-quay.md",
            *b"# Quay\n\n![The quay](quay.jpg)\n",
        );
        world.insert("manuscript/quay.jpg", large());
        let compiled = compile(&world, "book.yaml", &Request::default());
        assert!(compiled.diagnostics.is_empty(), "{:?}", compiled.diagnostics);
        let epub = Cursor::new(compiled.epub.expect("an EPUB"));
        let mut archive = zip::ZipArchive::new(epub).expect("an archive");
        let mut picture = Vec::new();
        let mut file = archive.by_name("EPUB/images/001-quay.jpg").expect("the picture");
        std::io::copy(&mut file, &mut picture).expect("the picture");
        let ebook = image::load_from_memory(&picture).expect("a picture");
        let pdf = compiled.pdf.expect("a PDF");
        let pdf = String::from_utf8_lossy(&pdf);
        let (_, printed) = pdf.split_once("/Width ").expect("a picture");
        let printed = printed.split_once(|it: char| !it.is_ascii_digit());
        let printed = printed.and_then(|(number, _)| number.parse().ok());
        ((ebook.width(), ebook.height()), printed.expect("a number"))
    }

    #[test]
    fn each_edition_has_its_own_size() {
        let (ebook, printed) = sizes("");
        assert_eq!((ebook, printed), ((2309, 1732), 1327));
        let (ebook, printed) = sizes("epub: { max-image: none }\npdf: { trim: a5 }\n");
        assert_eq!(ebook, (2600, 1950));
        assert!((1000..1300).contains(&printed), "{printed}");
        let (ebook, _) =
            sizes("epub: { max-image: 1_000_000 }\npdf: { edition: print }\n");
        assert_eq!(ebook, (1154, 866));
    }
}
