//! Pictures that are written into an address as `data:` (RFC 2397).

use std::sync::Arc;

use data_url::DataUrl;
use data_url::forgiving_base64::decode_to_vec;

use super::Unreadable;
use crate::address::{percent_decode, scheme};

/// Whether an address is the picture itself.
pub(super) fn is_data(address: &str) -> bool {
    scheme(address).as_deref() == Some("data")
}

/// The file that is written into an address. The media type is not asked for: the file tells
/// what it is.
pub(super) fn decode(address: &str) -> Result<Arc<[u8]>, Unreadable> {
    let whole = DataUrl::process(address).ok().and_then(|url| url.decode_to_vec().ok());
    let bytes = whole.map(|(bytes, _)| bytes).or_else(|| cut_off(address));
    match bytes {
        Some(bytes) if !bytes.is_empty() => Ok(bytes.into()),
        _ => Err(Unreadable {
            reason: "its data is no base64".to_owned(),
            hint: "save it as a file beside the post and name that",
        }),
    }
}

/// What can be decoded of base64 whose end is missing, or that is of the kind for addresses
/// (RFC 4648, section 5).
fn cut_off(address: &str) -> Option<Vec<u8>> {
    let (head, data) = address.split_once(',')?;
    if !head.trim_end().to_ascii_lowercase().ends_with("base64") {
        return None;
    }
    let digits: String = percent_decode(data)
        .chars()
        .filter(|c| !c.is_whitespace())
        .map(|c| match c {
            '-' => '+',
            '_' => '/',
            c => c,
        })
        .take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '/'))
        .collect();
    decode_to_vec(&digits.as_bytes()[..digits.len() / 4 * 4]).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn data_is_decoded_however_it_is_written() {
        for (address, bytes) in [
            ("data:image/png;base64,aGFyYm91cg==", "harbour"),
            ("data:image/png;base64,aGFyYm91cg", "harbour"),
            ("DATA:;base64,aGFy%20Ym91cg%3D%3D", "harbour"),
            ("data:image/svg+xml;utf8,%3Csvg/>", "<svg/>"),
            ("data:image/png;base64,aGFyYm91c", "harbou"),
            ("data:image/png;base64,aGFy!!", "har"),
        ] {
            assert_eq!(
                decode(address).ok().as_deref(),
                Some(bytes.as_bytes()),
                "{address}"
            );
        }
        assert!(decode("data:image/png;base64,").is_err());
        assert!(decode("data:nothing").is_err());
    }
}
