//! JPEG files that need more than a decoder: those in four inks, and those that are cut off.

use image::RgbImage;
use moxcms::{ColorProfile, Layout, TransformOptions};
use zune_core::bytestream::ZCursor;
use zune_core::colorspace::ColorSpace;
use zune_core::options::DecoderOptions;
use zune_jpeg::JpegDecoder;

/// The picture of a file in CMYK as RGB; none if it is in other colours, or cannot be read.
pub(super) fn from_cmyk(bytes: &[u8]) -> Option<RgbImage> {
    let header = Header::of(bytes);
    if header.components != Some(4) {
        return None;
    }
    let options = DecoderOptions::default().set_strict_mode(false);
    let mut decoder = JpegDecoder::new_with_options(ZCursor::new(bytes), options);
    decoder.decode_headers().ok()?;
    let space = decoder.input_colorspace()?;
    decoder.set_options(options.jpeg_set_out_colorspace(space));
    let mut pixels = decoder.decode().ok()?;
    let (width, height) = decoder.dimensions()?;
    if space == ColorSpace::YCCK {
        pixels.as_chunks_mut().0.iter_mut().for_each(ycck_to_cmyk);
    }
    // Adobe's programs store how much of an ink is absent.
    if header.adobe {
        pixels.iter_mut().for_each(|sample| *sample = 255 - *sample);
    }
    let rgb = decoder
        .icc_profile()
        .and_then(|profile| by_profile(&profile, &pixels))
        .unwrap_or_else(|| without_profile(&pixels));
    RgbImage::from_raw(width.try_into().ok()?, height.try_into().ok()?, rgb)
}

/// Whether the scans of a file go on to its end, as far as a strict decoder can tell.
pub(super) fn is_whole(bytes: &[u8]) -> bool {
    let options = DecoderOptions::default().set_strict_mode(true);
    JpegDecoder::new_with_options(ZCursor::new(bytes), options).decode().is_ok()
}

/// What the segments before the first scan tell (ITU T.81, annex B).
#[derive(Default)]
struct Header {
    components: Option<u8>,
    /// Whether APP14 says that one of Adobe's programs wrote the file.
    adobe: bool,
}

impl Header {
    fn of(bytes: &[u8]) -> Self {
        let mut header = Self::default();
        let mut rest = bytes.get(2..).unwrap_or_default();
        while let [0xff, marker, after @ ..] = rest {
            // A marker may be filled up before.
            if *marker == 0xff {
                rest = &rest[1..];
                continue;
            }
            let [high, low, ..] = after else { break };
            let length = usize::from(u16::from_be_bytes([*high, *low]));
            let Some(segment) = after.get(2..length) else { break };
            match marker {
                0xda => break,
                0xee => header.adobe |= segment.starts_with(b"Adobe"),
                // Frames; between them are tables (C4, CC) and what is reserved (C8).
                0xc0..=0xcf if !matches!(marker, 0xc4 | 0xc8 | 0xcc) => {
                    header.components = segment.get(5).copied();
                }
                _ => {}
            }
            rest = &after[length..];
        }
        header
    }
}

/// By the colours of the press that the picture was made for.
fn by_profile(profile: &[u8], cmyk: &[u8]) -> Option<Vec<u8>> {
    let from = ColorProfile::new_from_slice(profile).ok()?;
    let (to, options) = (ColorProfile::new_srgb(), TransformOptions::default());
    // Four channels of any meaning are called by the best known four.
    let transform =
        from.create_transform_8bit(Layout::Rgba, &to, Layout::Rgb, options).ok()?;
    let mut rgb = vec![0; cmyk.len() / 4 * 3];
    transform.transform(cmyk, &mut rgb).ok()?;
    Some(rgb)
}

fn without_profile(cmyk: &[u8]) -> Vec<u8> {
    let over = |ink: u8, black: u8| {
        let light = u16::from(255 - ink) * u16::from(255 - black);
        u8::try_from((light + 127) / 255).unwrap_or(u8::MAX)
    };
    let pixels = cmyk.as_chunks().0.iter();
    pixels.flat_map(|&[c, m, y, k]| [c, m, y].map(|ink| over(ink, k))).collect()
}

/// The inks of brightness and two differences (ITU T.871); black stays.
#[expect(clippy::cast_possible_truncation, reason = "clamped before")]
#[expect(clippy::cast_sign_loss, reason = "clamped before")]
fn ycck_to_cmyk(pixel: &mut [u8; 4]) {
    let [y, cb, cr, black] = *pixel;
    let (y, cb, cr) = (f32::from(y), f32::from(cb) - 128.0, f32::from(cr) - 128.0);
    let ink = |light: f32| 255 - light.round().clamp(0.0, 255.0) as u8;
    *pixel = [
        ink(y + 1.402 * cr),
        ink(y - 0.344_14 * cb - 0.714_14 * cr),
        ink(y + 1.772 * cb),
        black,
    ];
}
