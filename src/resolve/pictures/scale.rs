//! Pictures of pixels, made smaller: by Lanczos' filter, in linear light, for only there is a mean of
//! two colours as bright as both; colours weigh by their alpha.

use std::borrow::Cow;
use std::sync::LazyLock;

use fast_image_resize::images::Image;
use fast_image_resize::pixels::{U16, U16x4};
use fast_image_resize::{
    FilterType, PixelComponentMapper, PixelTrait, PixelType, ResizeAlg, ResizeOptions,
    Resizer, create_srgb_mapper,
};
use image::{DynamicImage, GrayAlphaImage, GrayImage, RgbImage, RgbaImage};

/// How many rows are made narrower at once: what they take beside the picture itself is small, and
/// stays in the processor's cache.
const BAND_ROWS: u32 = 64;

/// Profiles of cameras and screens have curves so near to that of sRGB that it serves for all.
static LIGHT: LazyLock<PixelComponentMapper> = LazyLock::new(create_srgb_mapper);

/// A picture in another size, with eight bits a channel; none if that fails.
pub(super) fn scale(
    image: &DynamicImage,
    (width, height): (u32, u32),
) -> Option<DynamicImage> {
    let color = image.color();
    let of = (image.width(), image.height());
    let to = (width, height);
    if !color.has_color() && !color.has_alpha() {
        let grey = match image {
            DynamicImage::ImageLuma8(it) => Cow::Borrowed(it),
            _ => Cow::Owned(image.to_luma8()),
        };
        let scaled = resample::<U16>(grey.as_raw(), 1, of, to)?;
        return GrayImage::from_raw(width, height, scaled).map(DynamicImage::from);
    }
    let (pixels, channels): (Cow<[u8]>, _) = match image {
        DynamicImage::ImageRgb8(it) => (Cow::Borrowed(it.as_raw()), 3),
        DynamicImage::ImageRgba8(it) => (Cow::Borrowed(it.as_raw()), 4),
        _ if color.has_alpha() => (Cow::Owned(image.to_rgba8().into_raw()), 4),
        _ => (Cow::Owned(image.to_rgb8().into_raw()), 3),
    };
    let scaled = resample::<U16x4>(&pixels, channels, of, to)?;
    let scaled = RgbaImage::from_raw(width, height, scaled)?;
    Some(match (color.has_color(), color.has_alpha()) {
        (true, true) => scaled.into(),
        (true, false) => RgbImage::from(DynamicImage::from(scaled).to_rgb8()).into(),
        _ => GrayAlphaImage::from(DynamicImage::from(scaled).to_luma_alpha8()).into(),
    })
}

/// First narrower, band by band, then lower. `P` is how a pixel is held in linear light: of all that
/// the library knows there are only two in the binary, for each takes a megabyte of it. Pixels of
/// three `channels` are held as such of four that hide nothing.
fn resample<P: PixelTrait>(
    pixels: &[u8],
    channels: usize,
    (width, height): (u32, u32),
    (new_width, new_height): (u32, u32),
) -> Option<Vec<u8>> {
    let linear = P::pixel_type();
    let encoded = if channels == 1 { PixelType::U8 } else { PixelType::U8x4 };
    let convolution = ResizeAlg::Convolution(FilterType::Lanczos3);
    let options = ResizeOptions::new().resize_alg(convolution).use_alpha(channels == 4);
    let mut resizer = Resizer::new();
    let mut resize = |from: &Image, to: &mut Image| {
        let (from, mut to) = (from.typed_image::<P>()?, to.typed_image_mut::<P>()?);
        resizer.resize_typed(&from, &mut to, &options).ok()
    };
    let mut narrow = Image::new(new_width, height, linear);
    let row_bytes = usize::try_from(width).ok()? * channels;
    let bands = pixels.chunks(row_bytes * BAND_ROWS as usize);
    let mut written = 0;
    for band in bands {
        let rows = u32::try_from(band.len() / row_bytes).ok()?;
        let band = match channels {
            3 => band.chunks_exact(3).flat_map(|it| [it[0], it[1], it[2], 255]).collect(),
            _ => band.to_vec(),
        };
        let band = Image::from_vec_u8(width, rows, band, encoded).ok()?;
        let mut light = Image::new(width, rows, linear);
        LIGHT.forward_map(&band, &mut light).ok()?;
        let mut narrower = Image::new(new_width, rows, linear);
        resize(&light, &mut narrower)?;
        let bytes = narrower.buffer();
        narrow
            .buffer_mut()
            .get_mut(written..)?
            .get_mut(..bytes.len())?
            .copy_from_slice(bytes);
        written += bytes.len();
    }
    let mut lower = Image::new(new_width, new_height, linear);
    resize(&narrow, &mut lower)?;
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
