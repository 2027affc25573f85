//! Pictures as large as each edition wants them: decoded once more, and written once for each size.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use image::codecs::gif::GifDecoder;
use image::codecs::png::{CompressionType, PngDecoder};
use image::{AnimationDecoder, DynamicImage, ImageFormat};

use super::decode::{Decoded, decode};
use super::encode::{Encoding, encode, is_lossy, is_opaque};
use super::raster::{QUALITY, is_animated};
use super::scale::scale;
use super::{CONVERT, DAMAGED, Unreadable};
use crate::config::EpubSettings;
use crate::diag::{Code, Diagnostic};
use crate::document::{LoadedPicture, PictureFormat};
use crate::units::{Pt, Size};

/// What a picture on paper needs to an inch.
const PRINT_PIXELS: f64 = 300.0;

/// How many times that it has before it is made smaller: with less, nothing is gained that would make
/// up for another compression. Adobe's settings for print take 300 of what has more than 450, too.
const PRINT_EXCESS: f64 = 1.5;

/// The most that the file of a picture in the EPUB may have, unless pictures stay as large as they
/// are.
const MAX_EBOOK_BYTES: usize = 5_000_000;

/// Of JPEG files that are made smaller: what compression adds is less than what scaling took.
const SCALED_QUALITY: u8 = 88;

/// A picture as the editions hold it, where that is another one than was loaded.
pub(crate) struct Fitted {
    /// For the EPUB.
    pub ebook: Option<LoadedPicture>,
    /// For the PDF.
    pub printed: Option<LoadedPicture>,
}

/// Makes of a picture what the editions want of it: the EPUB, if its settings are given, and the PDF,
/// if the largest size is given that a page shows the picture in.
pub(crate) fn fit(
    picture: &LoadedPicture,
    epub: Option<&EpubSettings>,
    printed: Option<Size>,
) -> Result<Fitted, Diagnostic> {
    let wanted = Wanted::of(picture, epub, printed);
    if wanted == Wanted::default() {
        return Ok(Fitted { ebook: None, printed: None });
    }
    // As when it was read: a decoder must not take the book along.
    let written = catch_unwind(AssertUnwindSafe(|| write(picture, wanted)));
    let failed = Unreadable { reason: "decoding it failed".to_owned(), hint: DAMAGED };
    written.unwrap_or(Err(failed)).map_err(|Unreadable { reason, hint }| {
        let message =
            format!("the picture `{}` could not be scaled: {reason}", picture.path);
        let diagnostic = Diagnostic::new(Code::UnreadablePicture, message);
        let diagnostic = match picture.span {
            Some(span) => diagnostic.at(span),
            None => diagnostic,
        };
        diagnostic.hint(hint)
    })
}

/// Width and height in pixels.
type Pixels = (u32, u32);

/// The sizes that a picture is to be written in.
#[derive(Default, PartialEq)]
struct Wanted {
    ebook: Option<Pixels>,
    printed: Option<Pixels>,
    /// The most bytes for the EPUB.
    ebook_bytes: Option<usize>,
}

impl Wanted {
    fn of(
        picture: &LoadedPicture,
        epub: Option<&EpubSettings>,
        printed: Option<Size>,
    ) -> Self {
        if picture.format == PictureFormat::Svg {
            return Self::default();
        }
        let whole = (picture.width, picture.height);
        let unwritten = picture.unwritten.then_some(whole);
        let most = epub.and_then(|epub| epub.max_image);
        let too_large = most.is_some_and(|most| {
            let moves = || !picture.unwritten && moves(&picture.data);
            let large = count(whole) > most || picture.data.len() > MAX_EBOOK_BYTES;
            large && !moves()
        });
        let ebook = match most {
            Some(most) if too_large => Some(within(whole, most)),
            _ => epub.and(unwritten),
        };
        let printed = printed.and_then(|size| for_print(whole, size).or(unwritten));
        let ebook_bytes = (too_large && ebook.is_some()).then_some(MAX_EBOOK_BYTES);
        Self { ebook, printed, ebook_bytes }
    }
}

fn count((width, height): Pixels) -> u64 {
    u64::from(width) * u64::from(height)
}

/// A size with no more pixels than those.
fn within(whole: Pixels, most: u64) -> Pixels {
    if count(whole) <= most {
        return whole;
    }
    #[expect(clippy::cast_precision_loss, reason = "it is far from that many")]
    let factor = (most as f64 / count(whole) as f64).sqrt();
    times(whole, factor, f64::floor)
}

/// The size that paper needs, where the picture is much larger.
fn for_print(whole: Pixels, placed: Size) -> Option<Pixels> {
    let needed = |length: Pt, pixels: u32| {
        length.0 / Pt::inches(1.0).0 * PRINT_PIXELS / f64::from(pixels)
    };
    let factor = needed(placed.width, whole.0).max(needed(placed.height, whole.1));
    (factor * PRINT_EXCESS < 1.0).then(|| times(whole, factor, f64::ceil))
}

fn times((width, height): Pixels, factor: f64, round: fn(f64) -> f64) -> Pixels {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a float is clamped to the range of the integer"
    )]
    let side = |pixels: u32| (round(f64::from(pixels) * factor) as u32).clamp(1, pixels);
    (side(width), side(height))
}

/// Whether a file has more than one frame. It is left as it is: what moves would stand still.
fn moves(bytes: &[u8]) -> bool {
    let file = || std::io::Cursor::new(bytes);
    match image::guess_format(bytes) {
        Ok(ImageFormat::WebP) => is_animated(bytes),
        Ok(ImageFormat::Png) => {
            PngDecoder::new(file()).and_then(|it| it.is_apng()).unwrap_or_default()
        }
        Ok(ImageFormat::Gif) => GifDecoder::new(file())
            .is_ok_and(|decoder| decoder.into_frames().take(2).count() > 1),
        _ => false,
    }
}

fn write(picture: &LoadedPicture, wanted: Wanted) -> Result<Fitted, Unreadable> {
    let unknown =
        |_| Unreadable { reason: "its format is not known".to_owned(), hint: CONVERT };
    let format = image::guess_format(&picture.data).map_err(unknown)?;
    let Decoded { image, profile, .. } = decode(&picture.data, format)?;
    let lossy = is_lossy(&picture.data, format);
    let writer = Writer { picture, image, profile, lossy };
    let ebook = match (wanted.ebook, wanted.ebook_bytes) {
        (Some(size), Some(most)) => Some(writer.write_within(size, most)?),
        (Some(size), None) => {
            Some(writer.write(size, lossy, CompressionType::Default)?)
        }
        (None, _) => None,
    };
    let same = ebook.as_ref().filter(|ebook| {
        wanted.printed == Some((ebook.width, ebook.height))
            && (ebook.format == PictureFormat::Jpeg)
                == (lossy && is_opaque(&writer.image))
    });
    let printed = match (same.cloned(), wanted.printed) {
        (Some(same), _) => Some(same),
        // The PDF compresses the pixels of a PNG by itself.
        (None, Some(size)) => Some(writer.write(size, lossy, CompressionType::Fast)?),
        (None, None) => None,
    };
    let printed = printed.filter(|printed| {
        let jpeg = printed.format == PictureFormat::Jpeg;
        picture.unwritten || !jpeg || printed.data.len() < picture.data.len()
    });
    Ok(Fitted { ebook, printed })
}

/// Writes a picture in several sizes.
struct Writer<'a> {
    picture: &'a LoadedPicture,
    image: DynamicImage,
    profile: Option<Vec<u8>>,
    /// Whether it has lost detail before.
    lossy: bool,
}

impl Writer<'_> {
    fn write(
        &self,
        (width, height): Pixels,
        lossy: bool,
        compression: CompressionType,
    ) -> Result<LoadedPicture, Unreadable> {
        let whole = (self.image.width(), self.image.height());
        let scaled = if whole == (width, height) {
            None
        } else {
            let failed = "its pixels cannot be counted together".to_owned();
            let failed = Unreadable { reason: failed, hint: CONVERT };
            Some(scale(&self.image, (width, height)).ok_or(failed)?)
        };
        let quality = if scaled.is_some() { SCALED_QUALITY } else { QUALITY };
        let image = scaled.as_ref().unwrap_or(&self.image);
        let encoding = Encoding { lossy, quality, compression };
        let (format, data) = encode(image, self.profile.as_deref(), encoding)?;
        Ok(LoadedPicture {
            format,
            data: Arc::clone(&data),
            width,
            height,
            unwritten: false,
            ..self.picture.clone()
        })
    }

    /// In a file of no more than so many bytes: what lets nothing shine through as JPEG, however
    /// it was saved before, and then ever smaller.
    fn write_within(
        &self,
        mut size: Pixels,
        most: usize,
    ) -> Result<LoadedPicture, Unreadable> {
        let mut lossy = self.lossy;
        loop {
            let written = self.write(size, lossy, CompressionType::Default)?;
            if written.data.len() <= most || count(size) == 1 {
                return Ok(written);
            }
            if !lossy && is_opaque(&self.image) {
                lossy = true;
                continue;
            }
            #[expect(clippy::cast_precision_loss, reason = "it is far from that many")]
            let factor = (most as f64 / written.data.len() as f64).sqrt() * 0.95;
            size = times(size, factor, f64::floor);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::PictureFormats;
    use image::{GrayImage, ImageBuffer, Rgb, RgbImage, Rgba, RgbaImage};

    const INKS: &[u8] = include_bytes!(
        "../../../tests/suite/content/picture-formats/manuscript/inks.jpg"
    );

    fn loaded(bytes: Vec<u8>) -> LoadedPicture {
        let read =
            super::super::raster::load("a", bytes.into(), PictureFormats::Compatible);
        read.ok().expect("a picture").picture
    }

    fn file(image: &DynamicImage, format: ImageFormat) -> Vec<u8> {
        let mut file = std::io::Cursor::new(Vec::new());
        image.write_to(&mut file, format).expect("a file");
        file.into_inner()
    }

    fn settings(max_image: Option<u64>) -> EpubSettings {
        EpubSettings { max_image, ..EpubSettings::default() }
    }

    fn inches(width: f64, height: f64) -> Size {
        Size { width: Pt::inches(width), height: Pt::inches(height) }
    }

    /// A gradient, which has many colours and is small as a file.
    fn slope(width: u32, height: u32) -> DynamicImage {
        let color =
            |x: u32, y: u32| [x, y, x + y].map(|it| u8::try_from(it % 256).unwrap_or(0));
        RgbImage::from_fn(width, height, |x, y| Rgb(color(x, y))).into()
    }

    /// What no format makes small.
    fn noise(width: u32, height: u32, alpha: u8) -> DynamicImage {
        let mut state = 1_u32;
        let image = RgbaImage::from_fn(width, height, |_, _| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            let [a, b, c, _] = state.to_be_bytes();
            Rgba([a, b, c, alpha])
        });
        image.into()
    }

    #[test]
    fn a_picture_of_any_kind_is_made_as_small_as_the_settings_say() {
        let grey: DynamicImage =
            GrayImage::from_pixel(300, 200, image::Luma([90])).into();
        let deep: ImageBuffer<Rgb<u16>, _> =
            ImageBuffer::from_pixel(300, 200, Rgb([9000, 80, 60000]));
        let clear: DynamicImage =
            RgbaImage::from_pixel(300, 200, Rgba([10, 20, 30, 128])).into();
        let (jpeg, png) = (PictureFormat::Jpeg, PictureFormat::Png);
        for (name, bytes, format, channels) in [
            ("jpeg", file(&slope(300, 200), ImageFormat::Jpeg), jpeg, 3),
            ("grey jpeg", file(&grey, ImageFormat::Jpeg), jpeg, 1),
            ("inks", INKS.to_vec(), jpeg, 3),
            ("png", file(&slope(300, 200), ImageFormat::Png), png, 3),
            ("grey png", file(&grey, ImageFormat::Png), png, 1),
            ("sixteen bits", file(&deep.into(), ImageFormat::Png), png, 3),
            ("alpha", file(&clear, ImageFormat::Png), png, 4),
            ("gif", file(&slope(300, 200), ImageFormat::Gif), png, 4),
            ("bmp", file(&slope(300, 200), ImageFormat::Bmp), png, 3),
            ("tiff", file(&slope(300, 200), ImageFormat::Tiff), png, 3),
            ("webp", file(&slope(300, 200), ImageFormat::WebP), png, 3),
        ] {
            let picture = loaded(bytes);
            let (width, height) = (picture.width, picture.height);
            let most = u64::from(picture.width) * u64::from(picture.height) / 4;
            let fitted = fit(&picture, Some(&settings(Some(most))), None).expect(name);
            assert!(fitted.printed.is_none());
            let ebook = fitted.ebook.expect(name);
            let image = image::load_from_memory(&ebook.data).expect(name);
            assert_eq!(ebook.format, format, "{name}");
            assert_eq!(image.color().channel_count(), channels, "{name}");
            assert_eq!(image.color().bytes_per_pixel(), channels, "{name}");
            assert_eq!((image.width(), image.height()), (ebook.width, ebook.height));
            assert_eq!((ebook.width, ebook.height), (width / 2, height / 2));
        }
    }

    #[test]
    fn paper_takes_three_hundred_to_an_inch_of_what_has_much_more() {
        let picture = loaded(file(&slope(1200, 800), ImageFormat::Jpeg));
        let size = |placed| {
            let fitted = fit(&picture, None, Some(placed)).expect("a picture");
            fitted.printed.map(|printed| (printed.width, printed.height))
        };
        assert_eq!(size(inches(2.0, 1.333)), Some((600, 400)));
        assert_eq!(size(inches(2.7, 1.8)), None);
        assert_eq!(size(inches(8.0, 5.333)), None);
    }

    #[test]
    fn what_waits_to_be_written_is_written_once_for_both_editions() {
        let picture = loaded(file(&slope(1200, 900), ImageFormat::Tiff));
        assert!(picture.unwritten);
        let fitted = fit(&picture, Some(&settings(None)), Some(inches(4.0, 3.0)));
        let Fitted { ebook, printed } = fitted.expect("a picture");
        let (ebook, printed) = (ebook.expect("for the EPUB"), printed.expect("on paper"));
        assert!(Arc::ptr_eq(&ebook.data, &printed.data));
        assert_eq!((ebook.width, ebook.unwritten), (1200, false));
    }

    #[test]
    fn a_file_with_too_many_bytes_loses_detail_and_then_pixels() {
        const MOST: usize = 60_000;
        let ebook = |alpha: u8| {
            let picture = loaded(file(&noise(180, 140, alpha), ImageFormat::Png));
            assert!(picture.data.len() > MOST);
            let (size, ebook_bytes) = ((picture.width, picture.height), Some(MOST));
            let wanted = Wanted { ebook: Some(size), printed: None, ebook_bytes };
            let fitted = write(&picture, wanted).ok().expect("a picture");
            fitted.ebook.expect("a smaller one")
        };
        let (opaque, clear) = (ebook(255), ebook(200));
        assert_eq!((opaque.format, opaque.width), (PictureFormat::Jpeg, 180));
        assert_eq!(clear.format, PictureFormat::Png);
        assert!(clear.width < 180 && clear.height < 140);
        assert!(opaque.data.len() <= MOST && clear.data.len() <= MOST);
    }

    #[test]
    fn a_large_file_is_wanted_smaller_unless_none_is() {
        let mut picture = loaded(file(&slope(30, 20), ImageFormat::Png));
        picture.data = vec![0; MAX_EBOOK_BYTES + 1].into();
        let wanted = |most| Wanted::of(&picture, Some(&settings(most)), None).ebook;
        assert_eq!(wanted(Some(4_000_000)), Some((30, 20)));
        assert_eq!(wanted(None), None);
    }

    #[test]
    fn what_moves_and_what_is_drawn_is_left_as_it_is() {
        let mut moving = Vec::new();
        let mut encoder = image::codecs::gif::GifEncoder::new(&mut moving);
        for grey in [10, 200] {
            let frame = RgbaImage::from_pixel(80, 80, Rgba([grey, grey, grey, 255]));
            encoder.encode_frame(image::Frame::new(frame)).expect("a frame");
        }
        drop(encoder);
        let moving = loaded(moving);
        let drawn = LoadedPicture {
            format: PictureFormat::Svg,
            unwritten: false,
            ..moving.clone()
        };
        for picture in [moving, drawn] {
            let fitted = fit(&picture, Some(&settings(Some(100))), None);
            assert!(fitted.expect("a picture").ebook.is_none());
        }
    }
}
