//! Pictures, and videos: where they are, and what stands for them.

use super::super::tree::Element;

/// The picture that is all that an element holds.
pub(super) fn lone_picture(element: &Element) -> Option<&Element> {
    let mut shown = element.children.iter().filter(|node| !node.is_blank());
    let only = shown.next()?.element()?;
    if shown.next().is_some() {
        return None;
    }
    match only.name.as_str() {
        "img" => Some(only),
        "a" | "span" | "picture" | "strong" | "em" | "div" => {
            lone_picture_or_source(only)
        }
        _ => None,
    }
}

fn lone_picture_or_source(element: &Element) -> Option<&Element> {
    if element.name != "picture" {
        return lone_picture(element);
    }
    element.elements().find(|child| child.name == "img")
}

/// Where a picture's file is: what a script would put there, if the page had one. None for the
/// pixels that count readers.
pub(crate) fn picture_address(element: &Element) -> Option<String> {
    let is_pixel = |key: &str| element.get(key).is_some_and(|it| matches!(it, "0" | "1"));
    if is_pixel("width") && is_pixel("height") {
        return None;
    }
    let get = |key: &str| element.get(key).map(str::trim).filter(|it| !it.is_empty());
    let lazy =
        ["data-src", "data-lazy-src", "data-original", "data-orig-file", "data-full-url"];
    let own =
        get("src").filter(|src| !src.starts_with("data:image/gif") || src.len() > 400);
    let later = || lazy.iter().find_map(|key| get(key));
    let set = || {
        let set = get("srcset").or_else(|| get("data-srcset"))?;
        set.split(',').next_back()?.split_whitespace().next()
    };
    let address = match own {
        Some(own) if own.contains("placeholder") || own.starts_with("data:image/svg") => {
            later().or_else(set).or(Some(own))
        }
        own => own.or_else(later).or_else(set),
    }?;
    let address = address
        .strip_prefix("//")
        .map_or_else(|| address.to_owned(), |rest| format!("https://{rest}"));
    Some(address)
}

/// The words for those who cannot see a picture.
pub(super) fn alternative(element: &Element) -> &str {
    let alt = element.get("alt").unwrap_or_default().trim();
    if alt.is_empty() { element.get("title").unwrap_or_default().trim() } else { alt }
}

/// Whether an address is that of a picture's file.
pub(crate) fn is_picture_file(address: &str) -> bool {
    let path = address.split(['?', '#']).next().unwrap_or_default().to_ascii_lowercase();
    [".jpg", ".jpeg", ".png", ".gif", ".webp", ".avif", ".svg", ".bmp", ".tif", ".tiff"]
        .iter()
        .any(|extension| path.ends_with(extension))
}

/// The address of a video, sound or page that is shown within another, and words for it.
pub(super) fn media(element: &Element) -> Option<(String, String)> {
    let get = |element: &Element, key: &str| {
        element.get(key).map(|it| it.trim().to_owned()).filter(|it| !it.is_empty())
    };
    let own = ["src", "data-src", "data", "data-lazy-src"];
    let own = own.iter().find_map(|key| get(element, key));
    let inner = || {
        let source = element.find(&|it| {
            matches!(it.name.as_str(), "source" | "embed") && it.get("src").is_some()
        })?;
        get(source, "src")
    };
    let address = own.or_else(inner)?;
    let address = watched(&address);
    let words = get(element, "title").or_else(|| get(element, "aria-label"));
    let words = words.unwrap_or_else(|| {
        let host = crate::address::host_and_path(&address).map(|(host, _)| host);
        let host = host.unwrap_or(&address).trim_start_matches("www.");
        host.to_owned()
    });
    Some((address, words))
}

/// The page on which a video is watched, rather than the frame that shows it elsewhere.
pub(crate) fn watched(address: &str) -> String {
    let address = match address.strip_prefix("//") {
        Some(rest) => format!("https://{rest}"),
        None => address.to_owned(),
    };
    let id = |after: &str| {
        let (_, rest) = address.split_once(after)?;
        let id = rest.split(['?', '&', '/', '#']).next()?;
        (!id.is_empty()).then(|| id.to_owned())
    };
    let youtube = ["youtube.com/embed/", "youtube-nocookie.com/embed/", "youtube.com/v/"];
    if let Some(id) = youtube.iter().find_map(|prefix| id(prefix)) {
        return format!("https://www.youtube.com/watch?v={id}");
    }
    if let Some(id) = id("player.vimeo.com/video/") {
        return format!("https://vimeo.com/{id}");
    }
    address
}
