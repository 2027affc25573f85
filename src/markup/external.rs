//! Addresses that lead out of the book, as a reading system accepts them.

use std::fmt::Write;

/// The address with everything escaped that no address may hold (RFC 3986, 2.1); none if it is
/// not an address of a kind that leads out of a book.
pub(super) fn href(address: &str) -> Option<String> {
    let address = address.trim();
    let (scheme, rest) = address.split_once(':')?;
    let known =
        ["http", "https", "mailto", "tel", "ftp", "news", "doi", "urn", "magnet", "geo"];
    let scheme = scheme.to_ascii_lowercase();
    if !known.contains(&scheme.as_str()) || rest.is_empty() {
        return None;
    }
    if matches!(scheme.as_str(), "http" | "https" | "ftp") && !has_host(rest) {
        return None;
    }
    let mut valid = format!("{scheme}:");
    let mut fragment = false;
    let bytes = rest.as_bytes();
    for (at, character) in rest.char_indices() {
        match character {
            '%' if bytes.get(at + 1..at + 3).is_some_and(is_hex) => valid.push('%'),
            '#' if !fragment => {
                fragment = true;
                valid.push('#');
            }
            'a'..='z' | 'A'..='Z' | '0'..='9' => valid.push(character),
            '-' | '.' | '_' | '~' | ':' | '/' | '?' | '@' | '!' | '$' | '&' | '\''
            | '(' | ')' | '*' | '+' | ',' | ';' | '=' => valid.push(character),
            _ => {
                for byte in character.encode_utf8(&mut [0; 4]).bytes() {
                    write!(valid, "%{byte:02X}").ok()?;
                }
            }
        }
    }
    Some(valid)
}

fn is_hex(digits: &[u8]) -> bool {
    digits.iter().all(u8::is_ascii_hexdigit)
}

/// Whether `//host[:port]` comes next, its host one that could exist.
fn has_host(rest: &str) -> bool {
    let Some(rest) = rest.strip_prefix("//") else { return false };
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let host = rest[..end].rsplit('@').next().unwrap_or_default();
    let (host, port) = host.split_once(':').unwrap_or((host, "80"));
    let digits = port.is_empty() || port.parse::<u16>().is_ok();
    let legal = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
    digits && !host.is_empty() && host.chars().all(legal) && !host.starts_with(['.', '-'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_no_address_may_hold_is_escaped() {
        let written = "HTTP://example.org/a b|c?q={x}&p=50%&ü#one#two";
        let valid = href(written);
        let expected = "http://example.org/a%20b%7Cc?q=%7Bx%7D&p=50%25&%C3%BC#one%23two";
        assert_eq!(valid.as_deref(), Some(expected));
    }

    #[test]
    fn what_leads_nowhere_is_no_address() {
        for written in
            ["http://", "https:///x", "javascript:alert(1)", "foo", "http://a b/"]
        {
            assert_eq!(href(written), None, "{written}");
        }
    }
}
