//! Pictures of pixels, made smaller: by Lanczos' filter, in linear light, for only there is a mean of
//! two colours as bright as both; colours weigh by their alpha.

use std::borrow::Cow;
use std::sync::LazyLock;

use fast_image_resize::images::{Image, ImageRef};
use fast_image_resize::{
    FilterType, PixelComponentMapper, PixelType, ResizeAlg, ResizeOptions, Resizer,
    create_srgb_mapper,
};
use image::{DynamicImage, GrayAlphaImage, GrayImage, RgbImage, RgbaImage};

/// How many rows are made narrower at once: what they take beside the picture itself is small, and
/// stays in the processor's cache.
const BAND_ROWS: u32 = 64;

/// Profiles of cameras and screens have curves so near to that of sRGB that it serves for all.
static LIGHT: LazyLock<PixelComponentMapper> = LazyLock::new(create_srgb_mapper);

/// The channels of a picture.
#[derive(Clone, Copy)]
struct Channels {
    count: u8,
    /// With eight bits each, as pictures are held.
    encoded: PixelType,
    /// With sixteen bits each, for linear light.
    linear: PixelType,
}

const GREY: Channels =
    Channels { count: 1, encoded: PixelType::U8, linear: PixelType::U16 };
const GREY_ALPHA: Channels =
    Channels { count: 2, encoded: PixelType::U8x2, linear: PixelType::U16x2 };
const RGB: Channels =
    Channels { count: 3, encoded: PixelType::U8x3, linear: PixelType::U16x3 };
const RGBA: Channels =
    Channels { count: 4, encoded: PixelType::U8x4, linear: PixelType::U16x4 };

/// A picture in another size, with eight bits a channel; none if that fails.
pub(super) fn scale(
    image: &DynamicImage,
    (width, height): (u32, u32),
) -> Option<DynamicImage> {
    let color = image.color();
    let of = (image.width(), image.height());
    let (pixels, channels): (Cow<[u8]>, _) = match image {
        DynamicImage::ImageLuma8(it) => (Cow::Borrowed(it.as_raw()), GREY),
        DynamicImage::ImageLumaA8(it) => (Cow::Borrowed(it.as_raw()), GREY_ALPHA),
        DynamicImage::ImageRgb8(it) => (Cow::Borrowed(it.as_raw()), RGB),
        DynamicImage::ImageRgba8(it) => (Cow::Borrowed(it.as_raw()), RGBA),
        _ => match (color.has_color(), color.has_alpha()) {
            (false, false) => (Cow::Owned(image.to_luma8().into_raw()), GREY),
            (false, true) => (Cow::Owned(image.to_luma_alpha8().into_raw()), GREY_ALPHA),
            (true, false) => (Cow::Owned(image.to_rgb8().into_raw()), RGB),
            (true, true) => (Cow::Owned(image.to_rgba8().into_raw()), RGBA),
        },
    };
    let scaled = resample(&pixels, of, (width, height), channels)?;
    match channels.count {
        1 => GrayImage::from_raw(width, height, scaled).map(DynamicImage::from),
        2 => GrayAlphaImage::from_raw(width, height, scaled).map(DynamicImage::from),
        3 => RgbImage::from_raw(width, height, scaled).map(DynamicImage::from),
        _ => RgbaImage::from_raw(width, height, scaled).map(DynamicImage::from),
    }
}

/// First narrower, band by band, then lower.
fn resample(
    pixels: &[u8],
    (width, height): (u32, u32),
    (new_width, new_height): (u32, u32),
    channels: Channels,
) -> Option<Vec<u8>> {
    let Channels { count, encoded, linear } = channels;
    let options =
        ResizeOptions::new().resize_alg(ResizeAlg::Convolution(FilterType::Lanczos3));
    let mut resizer = Resizer::new();
    let mut narrow = Image::new(new_width, height, linear);
    let row_bytes = usize::try_from(width).ok()? * usize::from(count);
    let bands = pixels.chunks(row_bytes * BAND_ROWS as usize);
    let mut written = 0;
    for band in bands {
        let rows = u32::try_from(band.len() / row_bytes).ok()?;
        let band = ImageRef::new(width, rows, band, encoded).ok()?;
        let mut light = Image::new(width, rows, linear);
        LIGHT.forward_map(&band, &mut light).ok()?;
        let mut narrower = Image::new(new_width, rows, linear);
        resizer.resize(&light, &mut narrower, &options).ok()?;
        let bytes = narrower.buffer();
        narrow
            .buffer_mut()
            .get_mut(written..)?
            .get_mut(..bytes.len())?
            .copy_from_slice(bytes);
        written += bytes.len();
    }
    let mut lower = Image::new(new_width, new_height, linear);
    resizer.resize(&narrow, &mut lower, &options).ok()?;
    let mut scaled = Image::new(new_width, new_height, encoded);
    LIGHT.backward_map(&lower, &mut scaled).ok()?;
    Some(scaled.into_vec())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn black_and_white_give_the_grey_that_is_half_as_bright() {
        let board = GrayImage::from_fn(64, 200, |x, y| {
            image::Luma([if (x + y) % 2 == 0 { 0 } else { 255 }])
        });
        let scaled = scale(&board.into(), (8, 25)).expect("a picture").to_luma8();
        assert_eq!(scaled.dimensions(), (8, 25));
        let middle = scaled.get_pixel(4, 12).0[0];
        assert!((186..=190).contains(&middle), "{middle}");
    }

    #[test]
    fn what_cannot_be_seen_has_no_colour() {
        let half = RgbaImage::from_fn(40, 40, |x, _| {
            image::Rgba(if x < 20 { [200, 10, 10, 255] } else { [0, 255, 0, 0] })
        });
        let scaled = scale(&half.into(), (10, 10)).expect("a picture").to_rgba8();
        for pixel in scaled.pixels().filter(|pixel| pixel.0[3] > 8) {
            assert!(pixel.0[0] > 190 && pixel.0[1] < 20, "{pixel:?}");
        }
    }

    #[test]
    fn colours_stay_in_every_form() {
        let image = RgbImage::from_pixel(300, 130, image::Rgb([12, 130, 250]));
        let deep = DynamicImage::from(DynamicImage::from(image.clone()).to_rgb16());
        for image in [image.into(), deep] {
            let scaled = scale(&image, (31, 13)).expect("a picture").to_rgb8();
            assert!(scaled.pixels().all(|pixel| pixel.0 == [12, 130, 250]));
        }
        let grey = GrayAlphaImage::from_pixel(90, 90, image::LumaA([77, 128]));
        let scaled = scale(&grey.into(), (9, 9)).expect("a picture").to_luma_alpha8();
        assert!(scaled.pixels().all(|pixel| pixel.0 == [77, 128]));
    }
}
