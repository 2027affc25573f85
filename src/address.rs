//! Web addresses: their parts, when two are one, and how they are printed.

use std::borrow::Cow;
use std::ops::Range;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// Queries that only say how a reader came to a page.
const TRACKING: [&str; 6] = ["utm_", "fbclid", "gclid", "mc_cid", "mc_eid", "igshid"];

/// The scheme of an address, in small letters, if it has one (RFC 3986, section 3.1).
pub(crate) fn scheme(address: &str) -> Option<String> {
    let (scheme, _) = address.split_once(':')?;
    let valid = scheme.len() > 1
        && scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.bytes().all(|b| b.is_ascii_alphanumeric() || b"+-.".contains(&b));
    valid.then(|| scheme.to_ascii_lowercase())
}

/// Whether an address is on the web, and so a source that can be found again.
pub(crate) fn is_web(address: &str) -> bool {
    matches!(
        scheme(address).as_deref(),
        Some("http" | "https" | "ftp" | "gemini" | "gopher")
    )
}

/// The path, the query and the fragment of an address without scheme and host.
pub(crate) fn parts(address: &str) -> (&str, Option<&str>, Option<&str>) {
    let (rest, fragment) = match address.split_once('#') {
        Some((rest, fragment)) => (rest, Some(fragment)),
        None => (address, None),
    };
    match rest.split_once('?') {
        Some((path, query)) => (path, Some(query), fragment),
        None => (rest, None, fragment),
    }
}

/// The host of a web address, and what follows it, `/` first.
pub(crate) fn host_and_path(address: &str) -> Option<(&str, &str)> {
    let (_, rest) = address.split_once("://")?;
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    Some(rest.split_at(end))
}

/// By which two addresses are one: the letter case of the host, `http` or `https`, a slash at
/// the end and tracking queries make no difference.
pub(crate) fn key(address: &str) -> String {
    let printed = printed(address);
    match host_and_path(&printed) {
        Some((host, path)) => {
            format!("{}{}", host.to_lowercase(), path.trim_end_matches('/'))
        }
        None => printed,
    }
}

/// As it is printed: as it was written, without tracking queries.
pub(crate) fn printed(address: &str) -> String {
    let (path, query, fragment) = parts(address);
    let Some(query) = query else { return address.to_owned() };
    let kept: Vec<&str> = query
        .split('&')
        .filter(|part| !TRACKING.iter().any(|tracking| part.starts_with(tracking)))
        .collect();
    let mut printed = path.to_owned();
    if !kept.is_empty() {
        printed.push('?');
        printed.push_str(&kept.join("&"));
    }
    if let Some(fragment) = fragment {
        printed.push('#');
        printed.push_str(fragment);
    }
    printed
}

/// Takes `%20` and the like back; what is no UTF-8 then stays as it is.
pub(crate) fn percent_decode(text: &str) -> String {
    let decoded = percent_encoding::percent_decode_str(text).decode_utf8();
    decoded.map_or_else(|_| text.to_owned(), Cow::into_owned)
}

/// Writes all but what RFC 3986 calls unreserved as `%20` and the like, so that it may stand
/// anywhere in an address.
pub(crate) fn percent_encode(text: &str) -> String {
    const RESERVED: &AsciiSet =
        &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');
    utf8_percent_encode(text, RESERVED).to_string()
}

/// Where the first address stands in words: of the web, of mail, or without its scheme.
pub(crate) fn first_in(words: &str) -> Option<Range<usize>> {
    let is_part =
        |c: char| c.is_ascii_alphanumeric() || "-._~:/?#[]@!$&'()*+,;=%".contains(c);
    let mut from = 0;
    while let Some(begin) = words[from..].find(|c: char| c.is_ascii_alphanumeric()) {
        let start = from + begin;
        let rest = &words[start..];
        let end = rest.find(|c: char| !is_part(c)).unwrap_or(rest.len());
        // What ends a sentence or closes a bracket is not the address's.
        let mut piece =
            rest[..end].trim_end_matches(['.', ',', ';', ':', '!', '?', '\'']);
        if !piece.contains('(') {
            piece = piece.trim_end_matches([')', ']', '.', ',', ';']);
        }
        let is_mail = piece.split_once('@').is_some_and(|(name, host)| {
            !name.is_empty() && host.contains('.') && !host.starts_with('.')
        });
        if piece.contains("://") || piece.starts_with("www.") || is_mail {
            return Some(start..start + piece.len());
        }
        from = start + end.max(1);
    }
    None
}

/// How many characters of an address a message may hold.
const MAX_MESSAGE_CHARS: usize = 60;

/// Words with every long address in them cut short, for those who read them. Of what is written
/// into an address as `data:` (RFC 2397) only the beginning stays.
pub(crate) fn abridged(text: &str) -> Cow<'_, str> {
    if text.len() <= MAX_MESSAGE_CHARS {
        return Cow::Borrowed(text);
    }
    let is_end = |c: char| c.is_whitespace() || matches!(c, '`' | '"' | '<' | '>');
    let mut abridged = String::new();
    for piece in text.split_inclusive(is_end) {
        let address = piece.trim_end_matches(is_end);
        let begin = address.find("data:").or_else(|| address.find("://"));
        let length = address.chars().count();
        if begin.is_none() || length <= MAX_MESSAGE_CHARS {
            abridged.push_str(piece);
            continue;
        }
        let is_data = scheme(address).as_deref() == Some("data");
        let (first, last) = if is_data { (30, 0) } else { (42, 16) };
        abridged.extend(address.chars().take(first));
        abridged.push('…');
        abridged.extend(address.chars().skip(length - last));
        abridged.push_str(&piece[address.len()..]);
    }
    Cow::Owned(abridged)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_one_that_lead_to_one_page() {
        assert_eq!(key("https://Example.org/"), key("http://example.org"));
        assert_eq!(key("https://x.org/a?utm_source=f&b=1"), key("https://x.org/a?b=1"));
        assert_ne!(key("https://x.org/a#one"), key("https://x.org/a#two"));
        assert_ne!(key("https://x.org/A"), key("https://x.org/a"));
    }

    #[test]
    fn tracking_is_not_printed() {
        assert_eq!(
            printed("https://x.org/a?utm_medium=x&fbclid=1#top"),
            "https://x.org/a#top"
        );
        assert_eq!(printed("https://x.org/"), "https://x.org/");
    }

    #[test]
    fn schemes() {
        assert_eq!(scheme("HTTPS://x").as_deref(), Some("https"));
        assert_eq!(scheme("mailto:a@b.c").as_deref(), Some("mailto"));
        assert_eq!(scheme("a/b:c"), None);
        assert_eq!(scheme("C:\\x"), None);
    }

    #[test]
    fn long_addresses_are_cut_short_in_messages() {
        let data = format!("the picture `data:image/png;base64,{}` is", "A".repeat(500));
        assert_eq!(abridged(&data), "the picture `data:image/png;base64,AAAAAAAA…` is");
        let web = format!("see https://example.org/{}/end now", "é".repeat(99));
        let short = abridged(&web);
        assert!(short.ends_with("é/end now") && short.chars().count() < 75, "{short}");
        let words = "a".repeat(99);
        assert_eq!(abridged(&words), words);
    }

    #[test]
    fn addresses_are_found_among_words() {
        let found = |words: &'static str| first_in(words).map(|range| &words[range]);
        assert_eq!(found("ראו https://x.org/a/?b=1#c."), Some("https://x.org/a/?b=1#c"));
        assert_eq!(found("(https://x.org/), ועוד"), Some("https://x.org/"));
        assert_eq!(found("כתבו אל a.b@x.org, בבקשה"), Some("a.b@x.org"));
        assert_eq!(found("www.x.org"), Some("www.x.org"));
        assert_eq!(found("ab 12: @c / d"), None);
    }

    #[test]
    fn percent_signs_are_taken_back() {
        assert_eq!(percent_decode("a%20b%C3%A9%2"), "a bé%2");
        assert_eq!(percent_decode("%FF"), "%FF");
    }
}
