//! Text in whatever encoding it says that it has.

use std::io::{Cursor, Read};

use encoding_rs::{Encoding, UTF_8};

/// How much of a text is looked at for the name of its encoding, in bytes.
const HEAD_BYTES: u64 = 1024;

/// Bytes as UTF-8. What is UTF-8 already is passed on as it comes.
pub(super) fn utf8<R: Read + 'static>(mut inner: R) -> std::io::Result<Box<dyn Read>> {
    let mut head = Vec::new();
    inner.by_ref().take(HEAD_BYTES).read_to_end(&mut head)?;
    let encoding = encoding(&head);
    let mut whole = Cursor::new(head).chain(inner);
    if encoding == UTF_8 {
        return Ok(Box::new(whole));
    }
    let mut bytes = Vec::new();
    whole.read_to_end(&mut bytes)?;
    let text = encoding.decode(&bytes).0.into_owned();
    Ok(Box::new(Cursor::new(text.into_bytes())))
}

/// The text of a file.
pub(super) fn text(bytes: &[u8]) -> String {
    let head = &bytes[..bytes.len().min(usize::try_from(HEAD_BYTES).unwrap_or(1024))];
    encoding(head).decode(bytes).0.into_owned()
}

/// The encoding by a byte order mark, an XML declaration, a `meta` element; else UTF-8.
fn encoding(head: &[u8]) -> &'static Encoding {
    if let Some((encoding, _)) = Encoding::for_bom(head) {
        return encoding;
    }
    let text = String::from_utf8_lossy(head).to_ascii_lowercase();
    let label = ["encoding=", "charset="].iter().find_map(|key| {
        let (_, label) = text.split_once(key)?;
        let label = label.trim_start_matches(['"', '\'']);
        let end = label.find(|c: char| !(c.is_alphanumeric() || "-_".contains(c)));
        Encoding::for_label(&label.as_bytes()[..end.unwrap_or(label.len())])
    });
    // A name that a text of bytes below 128 cannot have.
    label.filter(|it| it.is_ascii_compatible()).unwrap_or(UTF_8)
}
