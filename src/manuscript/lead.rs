//! The picture that a post's header names.

use crate::config::value::{Kind, Value};
use crate::source::Span;

/// A picture that a post's header names, to stand above its text.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct LeadPicture {
    /// Its address.
    pub(crate) address: String,
    /// The words that stand for it; empty if none.
    pub(crate) alt: String,
    /// Its caption; empty if none.
    pub(crate) caption: String,
    /// Where the address is written.
    pub(crate) span: Span,
}

/// The keys under which generators and themes have it, the likeliest first: text, or a map with
/// an address in it.
const KEYS: [&str; 13] = [
    "image",
    "cover",
    "feature_image",
    "featured_image",
    "featuredimage",
    "thumbnail",
    "hero",
    "hero_image",
    "banner",
    "lead_picture",
    "cover_image",
    "header",
    "teaser",
];

/// The keys of the address within a map.
const ADDRESSES: [&str; 8] =
    ["src", "path", "url", "image", "file", "feature", "overlay_image", "teaser"];

/// Finds the picture that a header names, if it names one.
pub(super) fn read(header: &Value) -> Option<LeadPicture> {
    let extra = header.get("extra").or_else(|| header.get("params"));
    [Some(header), extra].into_iter().flatten().find_map(read_from)
}

fn read_from(header: &Value) -> Option<LeadPicture> {
    let text = |value: &Value, key: &str| {
        value.get(key).and_then(Value::text).map(str::to_owned).unwrap_or_default()
    };
    KEYS.iter().find_map(|key| {
        let value = header.get(key)?;
        // `images: [a, b]` and the like: the first.
        let value = match &value.kind {
            Kind::List(items) => items.first()?,
            _ => value,
        };
        if let Some(address) = value.text().filter(|text| is_picture(text)) {
            return Some(LeadPicture {
                address: address.to_owned(),
                alt: text(header, &format!("{key}_alt")),
                caption: text(header, &format!("{key}_caption")),
                span: value.span,
            });
        }
        let address = ADDRESSES.iter().find_map(|key| value.get(key))?;
        Some(LeadPicture {
            address: address.text().filter(|text| is_picture(text))?.to_owned(),
            alt: text(value, "alt"),
            caption: text(value, "caption"),
            span: address.span,
        })
    })
}

/// Whether a text may be the address of a picture, and not a yes or a colour.
fn is_picture(text: &str) -> bool {
    let path = text.split(['?', '#']).next().unwrap_or_default();
    let extension = path.rsplit_once('.').map_or("", |(_, extension)| extension);
    let is_name = (2..=5).contains(&extension.len())
        && extension.bytes().all(|byte| byte.is_ascii_alphanumeric());
    !text.contains('\n') && (is_name || text.contains("://"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::yaml;
    use crate::source::Sources;

    #[test]
    fn the_picture_of_a_header_by_any_of_its_keys() {
        let lead = |text: &str| {
            let file = Sources::default().add("a.md", text);
            read(&yaml::parse(text, file, 0).ok()?)
        };
        for text in [
            "image: quay.jpg",
            "cover: { image: quay.jpg, alt: The quay }",
            "feature_image: quay.jpg\nfeature_image_alt: The quay",
            "header:\n  overlay_image: quay.jpg",
            "extra: { thumbnail: quay.jpg }",
            "image:\n- quay.jpg\n- pier.jpg",
        ] {
            assert_eq!(
                lead(text).map(|it| it.address).as_deref(),
                Some("quay.jpg"),
                "{text}"
            );
        }
        let named = lead("image: { src: a.png, alt: Words, caption: More }");
        let named = named.expect("a picture");
        assert_eq!((named.alt.as_str(), named.caption.as_str()), ("Words", "More"));
        assert_eq!(lead("cover: true\nheader: dark"), None);
    }
}
