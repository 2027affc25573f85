//! Files that are not UTF-8.

use encoding_rs::{Encoding, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// The text of a file, and the encoding that it is converted from, if it is not UTF-8; none if it
/// is no text.
pub(super) fn decode(bytes: &[u8]) -> Option<(String, Option<&'static str>)> {
    if let Some((encoding, length)) = Encoding::for_bom(bytes)
        && encoding != encoding_rs::UTF_8
    {
        return converted(&bytes[length..], encoding);
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Some((text.to_owned(), None));
    }
    if let Some(encoding) = without_mark(bytes) {
        return converted(bytes, encoding);
    }
    if bytes.contains(&0) {
        return None;
    }
    converted(bytes, declared(bytes).unwrap_or(WINDOWS_1252))
}

fn converted(
    bytes: &[u8],
    encoding: &'static Encoding,
) -> Option<(String, Option<&'static str>)> {
    let (text, had_errors) = encoding.decode_without_bom_handling(bytes);
    // Bytes that mean nothing in Windows-1252 become control characters.
    let is_text = !had_errors && !text.contains(|c| matches!(c, '\u{80}'..='\u{9f}'));
    let name = match encoding.name() {
        "windows-1252" => "Latin-1 (Windows-1252)",
        name => name,
    };
    is_text.then(|| (text.into_owned(), Some(name)))
}

/// UTF-16 without a byte order mark: every other byte of Latin letters is zero.
fn without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    let start = &bytes[..bytes.len().min(400)];
    let zeros =
        |from: usize| start.iter().skip(from).step_by(2).filter(|b| **b == 0).count();
    let most = start.len() / 2 * 3 / 4;
    match (zeros(0), zeros(1)) {
        (0, odd) if odd > most && most > 0 => Some(UTF_16LE),
        (even, 0) if even > most && most > 0 => Some(UTF_16BE),
        _ => None,
    }
}

/// The encoding that a page of HTML says it has.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let start = String::from_utf8_lossy(&bytes[..bytes.len().min(1_024)]).to_lowercase();
    let (_, rest) = start.split_once("charset=")?;
    let label = rest.trim_start_matches(['"', '\'']);
    let end = label.find(|c: char| !c.is_ascii_alphanumeric() && !"-_:".contains(c));
    Encoding::for_label(&label.as_bytes()[..end.unwrap_or(label.len())])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encodings_are_told_apart() {
        let name =
            |bytes: &[u8]| decode(bytes).map(|(text, name)| (text, name.unwrap_or("")));
        let some = |text: &str, name| Some((text.to_owned(), name));
        assert_eq!(name("é".as_bytes()), some("é", ""));
        assert_eq!(
            name(b"caf\xe9 \x93x\x94"),
            some("café “x”", "Latin-1 (Windows-1252)")
        );
        assert_eq!(name(b"\xff\xfea\0b\0"), some("ab", "UTF-16LE"));
        assert_eq!(name(b"\xfe\xff\0a\0b"), some("ab", "UTF-16BE"));
        assert_eq!(name(b"a\0b\0c\0\xe9\0"), some("abcé", "UTF-16LE"));
        assert_eq!(
            name(b"<meta charset=iso-8859-2>\xb1"),
            some("<meta charset=iso-8859-2>ą", "ISO-8859-2")
        );
        assert_eq!(name(b"\x81\x82"), None);
        assert_eq!(name(b"\x89PNG\0\0\0"), None);
    }
}
