//! Pictures of pixels.

use std::collections::BTreeSet;
use std::sync::Arc;

use image::ImageFormat;
use image::codecs::png::CompressionType;

use crate::config::PictureFormats;
use crate::diag::Code;
use crate::document::{LoadedPicture, PictureFormat};

use super::decode::{Decoded, decode};
use super::encode::{Encoding, encode, is_lossy};
use super::strip::{Stripped, strip};
use super::{CONVERT, DAMAGED, FETCH_ANEW, Read, Remark, Unreadable, jpeg};

/// From how many pixels on a picture that has to be written anew waits for that: it will be made
/// smaller mostly, and is written once.
const MANY_PIXELS: u64 = 1_000_000;

/// Of JPEG files that have to be written anew; by eye no different from the original.
pub(super) const QUALITY: u8 = 92;

/// Reads a picture, upright, without metadata, and in a format that every reading system shows.
pub(super) fn load(
    path: &str,
    bytes: Arc<[u8]>,
    formats: PictureFormats,
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
        ImageFormat::WebP if formats == PictureFormats::Compatible => {
            remarks.extend(is_animated(&bytes).then(moves));
            anew = true;
        }
        ImageFormat::Jpeg | ImageFormat::Png | ImageFormat::Gif | ImageFormat::WebP => {}
        _ => anew = true,
    }
    let many = u64::from(width) * u64::from(height) > MANY_PIXELS;
    let (format, data, unwritten) = match picture_format(format) {
        Some(kept) if !anew => (kept, stripped.file().unwrap_or(bytes), false),
        kept if many => (kept.unwrap_or(PictureFormat::Png), bytes, true),
        _ => {
            let lossy = is_lossy(&bytes, format);
            let compression = CompressionType::Fast;
            let encoding = Encoding { lossy, quality: QUALITY, compression };
            let (format, data) = encode(&image, profile.as_deref(), encoding)?;
            (format, data, false)
        }
    };
    let (path, characters, span) = (path.to_owned(), BTreeSet::new(), None);
    let picture =
        LoadedPicture { path, format, data, width, height, unwritten, characters, span };
    Ok(Read { picture, remarks })
}

fn cut_off() -> Remark {
    let what = "is cut off: its file ends before the picture does, and the rest is grey";
    Remark { code: Code::UnreadablePicture, what: what.to_owned(), hint: FETCH_ANEW }
}

fn moves() -> Remark {
    let what = "moves, and its first frame is shown".to_owned();
    let hint = "convert it to GIF, or say `pictures: original` under `epub`";
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
pub(super) fn is_animated(webp: &[u8]) -> bool {
    const ANIMATION: u8 = 0b10;
    webp.get(12..16) == Some(b"VP8X") && webp.get(20).is_some_and(|it| it & ANIMATION > 0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use image::codecs::jpeg::JpegEncoder;

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
        let picture = load("a.jpg", lying().into(), PictureFormats::Compatible)
            .ok()
            .expect("a picture")
            .picture;
        assert_eq!((picture.width, picture.height), (2, 3));
        assert!(!picture.data.windows(4).any(|four| four == b"Exif"));
    }

    #[test]
    fn what_is_upright_is_not_compressed_again() {
        let mut upright = lying();
        let at = upright.windows(4).position(|it| it == [0, 6, 0, 0]).expect("the value");
        upright[at + 1] = 1;
        let picture = load("a.jpg", upright.clone().into(), PictureFormats::Compatible)
            .ok()
            .expect("a picture")
            .picture;
        assert_eq!((picture.width, picture.height), (3, 2));
        let without: Vec<u8> = [&upright[..2], &upright[2 + 36..]].concat();
        assert_eq!(&*picture.data, without.as_slice());
    }

    #[test]
    fn damage_and_strange_formats_are_told() {
        assert!(
            load(
                "a.png",
                b"\x89PNG\r\n\x1a\nrest".to_vec().into(),
                PictureFormats::Compatible
            )
            .is_err()
        );
        let avif = load(
            "a.avif",
            b"\0\0\0\x20ftypavif".to_vec().into(),
            PictureFormats::Compatible,
        )
        .err();
        assert!(avif.expect("an error").reason.contains("AVIF"));
        assert!(
            load("a.txt", b"text".to_vec().into(), PictureFormats::Compatible).is_err()
        );
    }
}
