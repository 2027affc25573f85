//! Pictures of pixels.

use std::io::Cursor;
use std::sync::Arc;

use image::codecs::jpeg::JpegEncoder;
use image::metadata::Orientation;
use image::{
    DynamicImage, ExtendedColorType, ImageDecoder, ImageFormat, ImageReader, Limits,
};

use crate::document::{LoadedPicture, PictureFormat};

use super::Unreadable;
use super::strip::strip;

/// No side is longer, in pixels: what is larger is a slip or an attack.
const LONGEST_SIDE: u32 = 20_000;

/// No picture has more pixels.
const MOST_PIXELS: u64 = 100_000_000;

/// What decoding may take: sixteen bits in four channels for the most pixels.
const MOST_MEMORY: u64 = MOST_PIXELS * 8;

/// Of JPEG files that have to be written anew; by eye no different from the original.
const QUALITY: u8 = 92;

const CONVERT: &str = "convert it to JPEG or PNG";
const DAMAGED: &str = "save it anew from the program that made it";

/// Reads a picture, upright and without metadata.
pub(super) fn load(path: &str, bytes: Arc<[u8]>) -> Result<LoadedPicture, Unreadable> {
    let format = format(&bytes)?;
    let (image, turned) = decode(&bytes, format)?;
    let (width, height) = (image.width(), image.height());
    let (format, data) = match turned {
        Anew::No => (picture_format(format)?, strip(&bytes, format).unwrap_or(bytes)),
        Anew::Yes => encode(&image, format)?,
    };
    Ok(LoadedPicture { path: path.to_owned(), format, data, width, height })
}

/// Whether a file has to be written anew.
enum Anew {
    No,
    Yes,
}

fn format(bytes: &[u8]) -> Result<ImageFormat, Unreadable> {
    let brand = bytes.get(4..12).unwrap_or_default();
    if brand.starts_with(b"ftyp") {
        let name = if brand.ends_with(b"avif") { "AVIF" } else { "HEIC" };
        let reason = format!("{name} is a format that not every reader shows");
        return Err(Unreadable { reason, hint: CONVERT });
    }
    if bytes.is_empty() {
        let reason = "the file is empty".to_owned();
        return Err(Unreadable { reason, hint: DAMAGED });
    }
    let unknown =
        |_| Unreadable { reason: "its format is not known".to_owned(), hint: CONVERT };
    image::guess_format(bytes).map_err(unknown)
}

fn picture_format(format: ImageFormat) -> Result<PictureFormat, Unreadable> {
    match format {
        ImageFormat::Jpeg => Ok(PictureFormat::Jpeg),
        ImageFormat::Png => Ok(PictureFormat::Png),
        ImageFormat::Gif => Ok(PictureFormat::Gif),
        ImageFormat::WebP => Ok(PictureFormat::WebP),
        other => Err(Unreadable {
            reason: format!("books have no place for the format {other:?}"),
            hint: CONVERT,
        }),
    }
}

fn decode(bytes: &[u8], format: ImageFormat) -> Result<(DynamicImage, Anew), Unreadable> {
    picture_format(format)?;
    let damaged = |error: image::ImageError| Unreadable {
        reason: error.to_string().trim_end().to_owned(),
        hint: DAMAGED,
    };
    let mut limits = Limits::default();
    limits.max_image_width = Some(LONGEST_SIDE);
    limits.max_image_height = Some(LONGEST_SIDE);
    limits.max_alloc = Some(MOST_MEMORY);
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(damaged)?;
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > MOST_PIXELS {
        let reason = format!("it has {width} × {height} pixels");
        return Err(Unreadable { reason, hint: "make it smaller" });
    }
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let cmyk = matches!(decoder.original_color_type(), ExtendedColorType::Cmyk8);
    let mut image = DynamicImage::from_decoder(decoder).map_err(damaged)?;
    image.apply_orientation(orientation);
    let anew = cmyk || orientation != Orientation::NoTransforms;
    Ok((image, if anew { Anew::Yes } else { Anew::No }))
}

/// JPEG stays JPEG; what else has to be turned keeps every pixel as PNG.
fn encode(
    image: &DynamicImage,
    format: ImageFormat,
) -> Result<(PictureFormat, Arc<[u8]>), Unreadable> {
    let mut data = Vec::new();
    let (format, written) = if format == ImageFormat::Jpeg {
        let encoder = JpegEncoder::new_with_quality(&mut data, QUALITY);
        let written = match image {
            DynamicImage::ImageLuma8(grey) => grey.write_with_encoder(encoder),
            _ => image.to_rgb8().write_with_encoder(encoder),
        };
        (PictureFormat::Jpeg, written)
    } else {
        let written = image.write_to(&mut Cursor::new(&mut data), ImageFormat::Png);
        (PictureFormat::Png, written)
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
        let picture = load("a.jpg", lying().into()).ok().expect("a picture");
        assert_eq!((picture.width, picture.height), (2, 3));
        assert!(!picture.data.windows(4).any(|four| four == b"Exif"));
    }

    #[test]
    fn what_is_upright_is_not_compressed_again() {
        let mut upright = lying();
        let at = upright.windows(4).position(|it| it == [0, 6, 0, 0]).expect("the value");
        upright[at + 1] = 1;
        let picture = load("a.jpg", upright.clone().into()).ok().expect("a picture");
        assert_eq!((picture.width, picture.height), (3, 2));
        let without: Vec<u8> = [&upright[..2], &upright[2 + 36..]].concat();
        assert_eq!(&*picture.data, without.as_slice());
    }

    #[test]
    fn damage_and_strange_formats_are_told() {
        assert!(load("a.png", b"\x89PNG\r\n\x1a\nrest".to_vec().into()).is_err());
        let avif = load("a.avif", b"\0\0\0\x20ftypavif".to_vec().into()).err();
        assert!(avif.expect("an error").reason.contains("AVIF"));
        assert!(load("a.txt", b"text".to_vec().into()).is_err());
    }
}
