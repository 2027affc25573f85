//! Pictures of pixels, decoded within limits.

use std::io::Cursor;

use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, ImageFormat, ImageReader, Limits};

use super::{DAMAGED, Unreadable, jpeg};

/// No side is longer, in pixels: what is larger is a slip or an attack.
const MAX_SIDE_PIXELS: u32 = 20_000;

/// No picture has more pixels.
const MAX_PIXELS: u64 = 100_000_000;

/// What decoding may take: sixteen bits in four channels for the most pixels.
const MAX_MEMORY_BYTES: u64 = MAX_PIXELS * 8;

/// The pixels of a file, upright.
pub(super) struct Decoded {
    pub image: DynamicImage,
    /// What the numbers of its colours mean, if the file says so.
    pub profile: Option<Vec<u8>>,
    /// Whether the file has to be written anew.
    pub anew: bool,
}

/// Decodes a file that is of a format.
pub(super) fn decode(bytes: &[u8], format: ImageFormat) -> Result<Decoded, Unreadable> {
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
