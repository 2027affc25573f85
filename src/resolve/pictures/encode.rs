//! Pictures of pixels, written as JPEG or PNG.

use std::sync::Arc;

use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::{CompressionType, FilterType, PngEncoder};
use image::{DynamicImage, ImageFormat};

use super::{CONVERT, Unreadable};
use crate::document::PictureFormat;

/// How a picture is written.
#[derive(Clone, Copy)]
pub(super) struct Encoding {
    /// Whether detail may be lost, as it was before.
    pub lossy: bool,
    /// Of JPEG, 1 to 100.
    pub quality: u8,
    /// Of PNG.
    pub compression: CompressionType,
}

/// Whether a file has lost detail already.
pub(super) fn is_lossy(bytes: &[u8], format: ImageFormat) -> bool {
    let vp8 = || bytes.windows(4).take(1 << 16).any(|four| four == b"VP8 ");
    format == ImageFormat::Jpeg || (format == ImageFormat::WebP && vp8())
}

/// Whether nothing shines through a picture.
pub(super) fn is_opaque(image: &DynamicImage) -> bool {
    match image {
        DynamicImage::ImageLumaA8(it) => it.pixels().all(|it| it.0[1] == u8::MAX),
        DynamicImage::ImageRgba8(it) => it.pixels().all(|it| it.0[3] == u8::MAX),
        it if it.color().has_alpha() => {
            it.to_rgba8().pixels().all(|it| it.0[3] == u8::MAX)
        }
        _ => true,
    }
}

/// What may lose detail and lets nothing shine through is written as JPEG; what else is keeps every
/// pixel, as PNG.
pub(super) fn encode(
    image: &DynamicImage,
    profile: Option<&[u8]>,
    encoding: Encoding,
) -> Result<(PictureFormat, Arc<[u8]>), Unreadable> {
    let mut data = Vec::new();
    let profile = profile.map(<[u8]>::to_vec);
    let (format, written) = if encoding.lossy && is_opaque(image) {
        let mut encoder = JpegEncoder::new_with_quality(&mut data, encoding.quality);
        profile.and_then(|profile| set_profile(&mut encoder, profile));
        let written = match image {
            DynamicImage::ImageLuma8(grey) => grey.write_with_encoder(encoder),
            DynamicImage::ImageRgb8(rgb) => rgb.write_with_encoder(encoder),
            _ => image.to_rgb8().write_with_encoder(encoder),
        };
        (PictureFormat::Jpeg, written)
    } else {
        let mut encoder = PngEncoder::new_with_quality(
            &mut data,
            encoding.compression,
            FilterType::Adaptive,
        );
        profile.and_then(|profile| set_profile(&mut encoder, profile));
        // PNG holds no fractions.
        let written = match image {
            DynamicImage::ImageRgb32F(_) => {
                DynamicImage::from(image.to_rgb16()).write_with_encoder(encoder)
            }
            DynamicImage::ImageRgba32F(_) => {
                DynamicImage::from(image.to_rgba16()).write_with_encoder(encoder)
            }
            image => image.write_with_encoder(encoder),
        };
        (PictureFormat::Png, written)
    };
    match written {
        Ok(()) => Ok((format, data.into())),
        Err(error) => Err(Unreadable { reason: error.to_string(), hint: CONVERT }),
    }
}

/// A picture whose profile cannot be written is one without.
fn set_profile(encoder: &mut impl image::ImageEncoder, profile: Vec<u8>) -> Option<()> {
    encoder.set_icc_profile(profile).ok()
}
