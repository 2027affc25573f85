//! Takes what a camera or a program wrote about a picture out of its file, without touching
//! the picture: places, names, comments. Colour profiles stay.

use std::sync::Arc;

use image::ImageFormat;

/// What came of it.
#[derive(Debug, PartialEq)]
pub(super) enum Stripped {
    /// The file without metadata.
    File(Arc<[u8]>),
    /// There is nothing to take out.
    Nothing,
    /// The file ends before its parts do.
    CutOff,
}

impl Stripped {
    /// The file, if it is another one.
    pub(super) fn file(self) -> Option<Arc<[u8]>> {
        match self {
            Self::File(file) => Some(file),
            Self::Nothing | Self::CutOff => None,
        }
    }
}

/// Takes metadata out of a file.
pub(super) fn strip(bytes: &[u8], format: ImageFormat) -> Stripped {
    let stripped = match format {
        ImageFormat::Jpeg => jpeg(bytes),
        ImageFormat::Png => png(bytes),
        ImageFormat::WebP => webp(bytes),
        _ => return Stripped::Nothing,
    };
    match stripped {
        Some(stripped) if stripped.len() < bytes.len() => Stripped::File(stripped.into()),
        Some(_) => Stripped::Nothing,
        None => Stripped::CutOff,
    }
}

/// JPEG (ITU T.81, annex B): segments up to the scans, and the scans. APP1 holds Exif and XMP,
/// APP13 what news agencies write, COM comments.
fn jpeg(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut stripped = bytes.get(..2)?.to_vec();
    let mut at = 2;
    loop {
        let marker = *bytes.get(at + 1)?;
        if bytes.get(at) != Some(&0xff) {
            return None;
        }
        if marker == 0xff {
            at += 1;
            continue;
        }
        if marker == 0xd9 {
            stripped.extend([0xff, 0xd9]);
            return Some(stripped);
        }
        let length =
            usize::from(u16::from_be_bytes([*bytes.get(at + 2)?, *bytes.get(at + 3)?]));
        let mut end = at + 2 + length;
        if marker == 0xda {
            end = end_of_scan(bytes, end)?;
        }
        let segment = bytes.get(at..end)?;
        if !matches!(marker, 0xe1 | 0xe3..=0xed | 0xef | 0xfe) {
            stripped.extend(segment);
        }
        at = end;
    }
}

/// The next marker that is no part of a scan: no stuffed byte and no restart.
fn end_of_scan(bytes: &[u8], start: usize) -> Option<usize> {
    let rest = bytes.get(start..)?;
    let ends = |two: &[u8]| two[0] == 0xff && !matches!(two[1], 0 | 0xd0..=0xd7 | 0xff);
    rest.windows(2).position(ends).map(|at| start + at)
}

/// PNG (third edition, section 5.3): chunks of length, type, data and sum.
fn png(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut stripped = bytes.get(..8)?.to_vec();
    let mut at = 8;
    while at < bytes.len() {
        let length = bytes.get(at..at + 4)?.try_into().ok().map(u32::from_be_bytes)?;
        let end = at.checked_add(usize::try_from(length).ok()?)?.checked_add(12)?;
        let chunk = bytes.get(at..end)?;
        let kind = &chunk[4..8];
        if !matches!(kind, b"tEXt" | b"zTXt" | b"iTXt" | b"eXIf" | b"tIME") {
            stripped.extend(chunk);
        }
        if kind == b"IEND" {
            break;
        }
        at = end;
    }
    Some(stripped)
}

/// WebP: RIFF chunks, padded to even lengths; flags in `VP8X` say which of them are there.
fn webp(bytes: &[u8]) -> Option<Vec<u8>> {
    const EXIF_AND_XMP: u8 = 0b0000_1100;
    let mut stripped = bytes.get(..12)?.to_vec();
    let mut at = 12;
    while at < bytes.len() {
        let length =
            bytes.get(at + 4..at + 8)?.try_into().ok().map(u32::from_le_bytes)?;
        let length = usize::try_from(length).ok()?;
        let end = at.checked_add(8)?.checked_add(length)?.checked_add(length % 2)?;
        let chunk = bytes.get(at..end.min(bytes.len()))?;
        match &chunk[..4] {
            b"EXIF" | b"XMP " => {}
            b"VP8X" if chunk.len() > 8 => {
                stripped.extend(&chunk[..8]);
                stripped.push(chunk[8] & !EXIF_AND_XMP);
                stripped.extend(&chunk[9..]);
            }
            _ => stripped.extend(chunk),
        }
        at = end;
    }
    let length = u32::try_from(stripped.len() - 8).ok()?;
    stripped[4..8].copy_from_slice(&length.to_le_bytes());
    Some(stripped)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_taken_out_of_png() {
        let chunk = |kind: &[u8; 4], data: &[u8]| {
            let length = u32::try_from(data.len()).expect("short").to_be_bytes();
            [&length[..], kind, data, &[0; 4]].concat()
        };
        let signature = b"\x89PNG\r\n\x1a\n".to_vec();
        let (head, end) = (chunk(b"IHDR", b"0123"), chunk(b"IEND", b""));
        let text = chunk(b"tEXt", b"Author\0A");
        let whole = [&signature[..], &head, &text, &end].concat();
        let stripped = strip(&whole, ImageFormat::Png).file().expect("shorter");
        assert_eq!(&*stripped, [&signature[..], &head, &end].concat());
        assert_eq!(strip(&stripped, ImageFormat::Png), Stripped::Nothing);
    }

    #[test]
    fn nothing_is_made_of_damage() {
        for bytes in [&b"\xff\xd8\xff"[..], b"\xff\xd8\xff\xe1\0", b"\xff\xd8abc", b""] {
            assert_eq!(strip(bytes, ImageFormat::Jpeg).file(), None);
        }
        let webp = b"RIFF\0\0\0\0WEBPVP8 \xff\xff\xff\xff";
        assert_eq!(strip(webp, ImageFormat::WebP).file(), None);
    }
}
