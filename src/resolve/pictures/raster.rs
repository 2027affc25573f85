//! Pictures of pixels.

use std::collections::BTreeSet;
use std::io::Cursor;
use std::sync::Arc;

use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::PngEncoder;
use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, ImageEncoder, ImageFormat, ImageReader, Limits};

use crate::diag::Code;
use crate::document::{LoadedPicture, PictureFormat};

use super::strip::{Stripped, strip};
use super::{Read, Remark, Unreadable, jpeg};

/// No side is longer, in pixels: what is larger is a slip or an attack.
const MAX_SIDE_PIXELS: u32 = 20_000;

/// No picture has more pixels.
const MAX_PIXELS: u64 = 100_000_000;

/// What decoding may take: sixteen bits in four channels for the most pixels.
const MAX_MEMORY_BYTES: u64 = MAX_PIXELS * 8;

/// Of JPEG files that have to be written anew; by eye no different from the original.
const QUALITY: u8 = 92;

const CONVERT: &str = "convert it to JPEG or PNG";
const DAMAGED: &str = "save it anew from the program that made it";
const FETCH_ANEW: &str = "copy it anew from where it came";

/// Reads a picture, upright, without metadata, and in a format that every reading system shows.
pub(super) fn load(
    path: &str,
    bytes: Arc<[u8]>,
    keep_webp: bool,
) -> Result<Read, Unreadable> {
    let format = format(&bytes)?;
    let Decoded { image, profile, mut anew } = decode(&bytes, format)?;
    let (width, height) = (image.width(), image.height());
    let stripped = strip(&bytes, format);
    let mut remarks = Vec::new();
    match format {
        ImageFormat::Jpeg if stripped == Stripped::CutOff && !jpeg::is_whole(&bytes) => {
            remarks.push(cut_off());
            anew = true;
        }
        ImageFormat::WebP if !keep_webp => {
            remarks.extend(is_animated(&bytes).then(moves));
            anew = true;
        }
        ImageFormat::Jpeg | ImageFormat::Png | ImageFormat::Gif | ImageFormat::WebP => {}
        _ => anew = true,
    }
    let (format, data) = match picture_format(format) {
        Some(kept) if !anew => (kept, stripped.file().unwrap_or(bytes)),
        _ => encode(image, profile, is_lossy(&bytes, format))?,
    };
    let (path, characters) = (path.to_owned(), BTreeSet::new());
    let picture =
        LoadedPicture { path, format, data, width, height, characters, span: None };
    Ok(Read { picture, remarks })
}

fn cut_off() -> Remark {
    let what = "is cut off: its file ends before the picture does, and the rest is grey";
    Remark { code: Code::UnreadablePicture, what: what.to_owned(), hint: FETCH_ANEW }
}

fn moves() -> Remark {
    let what = "moves, and its first frame is shown".to_owned();
    let hint = "convert it to GIF, or say `keep-webp: true` under `epub`";
    Remark { code: Code::UnreadablePicture, what, hint }
}

fn format(bytes: &[u8]) -> Result<ImageFormat, Unreadable> {
    let brand = bytes.get(4..12).unwrap_or_default();
    if brand.starts_with(b"ftyp") {
        let avif = brand.ends_with(b"avif") || brand.ends_with(b"avis");
        let name = if avif { "AVIF" } else { "HEIC" };
        let reason = format!("{name} is a format that not every reader shows");
        return Err(Unreadable { reason, hint: CONVERT });
    }
    if bytes.is_empty() {
        let reason = "the file is empty".to_owned();
        return Err(Unreadable { reason, hint: DAMAGED });
    }
    if bytes.starts_with(b"version https://git-lfs") {
        let reason = "it is a pointer of Git LFS, not the picture itself".to_owned();
        let hint = "`git lfs pull` fetches the pictures of a repository";
        return Err(Unreadable { reason, hint });
    }
    let unknown =
        |_| Unreadable { reason: "its format is not known".to_owned(), hint: CONVERT };
    let format = image::guess_format(bytes).map_err(unknown)?;
    if format.reading_enabled() {
        return Ok(format);
    }
    let reason = format!("books have no place for the format {format:?}");
    Err(Unreadable { reason, hint: CONVERT })
}

/// As what a file may stay in a book.
fn picture_format(format: ImageFormat) -> Option<PictureFormat> {
    match format {
        ImageFormat::Jpeg => Some(PictureFormat::Jpeg),
        ImageFormat::Png => Some(PictureFormat::Png),
        ImageFormat::Gif => Some(PictureFormat::Gif),
        ImageFormat::WebP => Some(PictureFormat::WebP),
        _ => None,
    }
}

/// Whether a WebP has more than one frame (RFC 9649, section 2.7).
fn is_animated(webp: &[u8]) -> bool {
    const ANIMATION: u8 = 0b10;
    webp.get(12..16) == Some(b"VP8X") && webp.get(20).is_some_and(|it| it & ANIMATION > 0)
}

/// Whether a file has lost detail already.
fn is_lossy(bytes: &[u8], format: ImageFormat) -> bool {
    let vp8 = || bytes.windows(4).take(1 << 16).any(|four| four == b"VP8 ");
    format == ImageFormat::Jpeg || (format == ImageFormat::WebP && vp8())
}

/// The pixels of a file, upright.
struct Decoded {
    image: DynamicImage,
    /// What the numbers of its colours mean, if the file says so.
    profile: Option<Vec<u8>>,
    /// Whether the file has to be written anew.
    anew: bool,
}

fn decode(bytes: &[u8], format: ImageFormat) -> Result<Decoded, Unreadable> {
    let damaged = |error: image::ImageError| Unreadable {
        reason: error.to_string().trim_end().to_owned(),
        hint: DAMAGED,
    };
    let mut limits = Limits::default();
    limits.max_image_width = Some(MAX_SIDE_PIXELS);
    limits.max_image_height = Some(MAX_SIDE_PIXELS);
    limits.max_alloc = Some(MAX_MEMORY_BYTES);
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(damaged)?;
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > MAX_PIXELS {
        let reason = format!("it has {width} × {height} pixels");
        return Err(Unreadable { reason, hint: "make it smaller" });
    }
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let profile = decoder.icc_profile().ok().flatten();
    let cmyk = match format {
        ImageFormat::Jpeg => jpeg::from_cmyk(bytes),
        _ => None,
    };
    let anew = cmyk.is_some() || orientation != Orientation::NoTransforms;
    let mut image = match cmyk {
        Some(rgb) => DynamicImage::ImageRgb8(rgb),
        None => DynamicImage::from_decoder(decoder).map_err(damaged)?,
    };
    image.apply_orientation(orientation);
    let profile = profile.filter(|profile| fits(profile, &image));
    Ok(Decoded { image, profile, anew })
}

/// Whether a profile is for colours such as a picture has (ICC.1, 7.2.6).
fn fits(profile: &[u8], image: &DynamicImage) -> bool {
    let space: &[u8] = if image.color().has_color() { b"RGB " } else { b"GRAY" };
    profile.get(16..20) == Some(space)
}

/// What lost detail before and lets nothing shine through is written as JPEG; what else is
/// keeps every pixel, as PNG.
fn encode(
    image: DynamicImage,
    profile: Option<Vec<u8>>,
    lossy: bool,
) -> Result<(PictureFormat, Arc<[u8]>), Unreadable> {
    let mut data = Vec::new();
    let is_opaque = !image.color().has_alpha()
        || image.to_rgba8().pixels().all(|pixel| pixel.0[3] == u8::MAX);
    let (format, written) = if lossy && is_opaque {
        let mut encoder = JpegEncoder::new_with_quality(&mut data, QUALITY);
        profile.and_then(|profile| encoder.set_icc_profile(profile).ok());
        let written = match image {
            DynamicImage::ImageLuma8(grey) => grey.write_with_encoder(encoder),
            _ => image.to_rgb8().write_with_encoder(encoder),
        };
        (PictureFormat::Jpeg, written)
    } else {
        let mut encoder = PngEncoder::new(&mut data);
        profile.and_then(|profile| encoder.set_icc_profile(profile).ok());
        // PNG holds no fractions.
        let image = match image {
            DynamicImage::ImageRgb32F(_) => image.to_rgb16().into(),
            DynamicImage::ImageRgba32F(_) => image.to_rgba16().into(),
            image => image,
        };
        (PictureFormat::Png, image.write_with_encoder(encoder))
    };
    match written {
        Ok(()) => Ok((format, data.into())),
        Err(error) => Err(Unreadable { reason: error.to_string(), hint: CONVERT }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A grey JPEG, 3 wide and 2 high, that says it lies on its side.
    fn lying() -> Vec<u8> {
        let image = image::GrayImage::from_pixel(3, 2, image::Luma([90]));
        let mut jpeg = Vec::new();
        image.write_with_encoder(JpegEncoder::new(&mut jpeg)).expect("a JPEG");
        // APP1, Exif, big-endian TIFF with one entry: orientation (0x0112) is 6.
        let exif =
            b"Exif\0\0MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0";
        let length = u16::try_from(exif.len() + 2).expect("short").to_be_bytes();
        let mut with = jpeg[..2].to_vec();
        with.extend([0xff, 0xe1]);
        with.extend(length);
        with.extend(exif);
        with.extend(&jpeg[2..]);
        with
    }

    #[test]
    fn a_picture_on_its_side_is_put_upright() {
        let picture =
            load("a.jpg", lying().into(), false).ok().expect("a picture").picture;
        assert_eq!((picture.width, picture.height), (2, 3));
        assert!(!picture.data.windows(4).any(|four| four == b"Exif"));
    }

    #[test]
    fn what_is_upright_is_not_compressed_again() {
        let mut upright = lying();
        let at = upright.windows(4).position(|it| it == [0, 6, 0, 0]).expect("the value");
        upright[at + 1] = 1;
        let picture =
            load("a.jpg", upright.clone().into(), false).ok().expect("a picture").picture;
        assert_eq!((picture.width, picture.height), (3, 2));
        let without: Vec<u8> = [&upright[..2], &upright[2 + 36..]].concat();
        assert_eq!(&*picture.data, without.as_slice());
    }

    #[test]
    fn damage_and_strange_formats_are_told() {
        assert!(load("a.png", b"\x89PNG\r\n\x1a\nrest".to_vec().into(), false).is_err());
        let avif = load("a.avif", b"\0\0\0\x20ftypavif".to_vec().into(), false).err();
        assert!(avif.expect("an error").reason.contains("AVIF"));
        assert!(load("a.txt", b"text".to_vec().into(), false).is_err());
    }
}
