//! JSON as it comes: what a reader wants of it, one value after the other, and nothing else is held.

use std::fmt::{self, Formatter};
use std::io::{BufReader, Read};

use serde::de::{
    DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor,
};
use serde_json::Value;

use crate::diag::{Code, Diagnostic};

/// What is to be done with the value of a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wanted {
    /// Nothing.
    Nothing,
    /// Its keys are asked for in turn; of a list, those of each item.
    Inside,
    /// It is handed on.
    Whole,
    /// Its items are handed on, one after the other.
    Items,
}

/// What of a text is wanted.
pub(super) trait Pick {
    /// What of the value at a path of keys.
    fn wanted(&mut self, path: &[String]) -> Wanted;

    /// A value that is wanted.
    fn take(&mut self, path: &[String], value: Value);
}

/// What is wrong with a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Malformed {
    /// The line, from one.
    pub line: usize,
    /// What, in words.
    pub message: String,
}

impl Malformed {
    /// What is to be said of a file that is malformed there.
    pub(super) fn diagnostic(&self, file: &str) -> Diagnostic {
        let message =
            format!("the JSON is malformed, and cannot be read on: {}", self.message);
        Diagnostic::new(Code::ImportMalformed, message)
            .in_file(file, u64::try_from(self.line).ok())
            .hint("all posts before it were read")
    }
}

/// Reads a text, and hands on what is wanted of it.
///
/// # Errors
/// Where the text is no JSON. All before that was handed on.
pub(super) fn read(reader: impl Read, pick: &mut dyn Pick) -> Result<(), Malformed> {
    let malformed = |error: &serde_json::Error| Malformed {
        line: error.line(),
        message: error.to_string(),
    };
    // By value: through a reference each byte would be a call of its own.
    let reader = BufReader::new(WithoutMark { inner: reader, begun: false });
    let mut text = serde_json::Deserializer::from_reader(reader);
    let mut path = Vec::new();
    let whole = Part { pick, path: &mut path, wanted: Wanted::Inside };
    whole.deserialize(&mut text).map_err(|error| malformed(&error))?;
    text.end().map_err(|error| malformed(&error))
}

/// A part of the text at a path.
struct Part<'a> {
    pick: &'a mut dyn Pick,
    path: &'a mut Vec<String>,
    wanted: Wanted,
}

impl Part<'_> {
    fn again(&mut self, wanted: Wanted) -> Part<'_> {
        Part { pick: self.pick, path: self.path, wanted }
    }
}

impl<'de> DeserializeSeed<'de> for Part<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, part: D) -> Result<(), D::Error> {
        match self.wanted {
            Wanted::Nothing => part.deserialize_ignored_any(IgnoredAny).map(|_| ()),
            Wanted::Whole => {
                let value = serde::Deserialize::deserialize(part)?;
                self.pick.take(self.path, value);
                Ok(())
            }
            Wanted::Inside | Wanted::Items => part.deserialize_any(self),
        }
    }
}

impl<'de> Visitor<'de> for Part<'_> {
    type Value = ();

    fn expecting(&self, f: &mut Formatter) -> fmt::Result {
        f.write_str("any JSON")
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut map: A) -> Result<(), A::Error> {
        while let Some(key) = map.next_key::<String>()? {
            self.path.push(key);
            let wanted = match self.wanted {
                Wanted::Inside => self.pick.wanted(self.path),
                _ => Wanted::Nothing,
            };
            map.next_value_seed(self.again(wanted))?;
            self.path.pop();
        }
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(mut self, mut items: A) -> Result<(), A::Error> {
        let wanted = match self.wanted {
            Wanted::Items => Wanted::Whole,
            other => other,
        };
        while items.next_element_seed(self.again(wanted))?.is_some() {}
        Ok(())
    }

    fn visit_bool<E>(self, _: bool) -> Result<(), E> {
        Ok(())
    }

    fn visit_i64<E>(self, _: i64) -> Result<(), E> {
        Ok(())
    }

    fn visit_u64<E>(self, _: u64) -> Result<(), E> {
        Ok(())
    }

    fn visit_f64<E>(self, _: f64) -> Result<(), E> {
        Ok(())
    }

    fn visit_str<E>(self, _: &str) -> Result<(), E> {
        Ok(())
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }
}

/// A text without the byte order mark that it may begin with.
struct WithoutMark<R> {
    inner: R,
    begun: bool,
}

impl<R: Read> Read for WithoutMark<R> {
    fn read(&mut self, out: &mut [u8]) -> std::io::Result<usize> {
        if self.begun {
            return self.inner.read(out);
        }
        self.begun = true;
        let mut first = Vec::new();
        self.inner.by_ref().take(3).read_to_end(&mut first)?;
        let kept: &[u8] = if first == b"\xef\xbb\xbf" { b"" } else { &first };
        // A buffer of the standard library is larger than that.
        let (into, rest) = out.split_at_mut(kept.len().min(out.len()));
        into.copy_from_slice(&kept[..into.len()]);
        Ok(into.len() + self.inner.read(rest)?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What comes of `a.items` and `b`, in order.
    #[derive(Default)]
    struct Picked(Vec<String>);

    impl Pick for Picked {
        fn wanted(&mut self, path: &[String]) -> Wanted {
            let path: Vec<&str> = path.iter().map(String::as_str).collect();
            match path.as_slice() {
                ["a"] => Wanted::Inside,
                ["a", "items"] => Wanted::Items,
                ["b"] => Wanted::Whole,
                _ => Wanted::Nothing,
            }
        }

        fn take(&mut self, path: &[String], value: Value) {
            self.0.push(format!("{} {value}", path.join(".")));
        }
    }

    fn picked(text: &str) -> (Vec<String>, Option<usize>) {
        let mut picked = Picked::default();
        let line = read(text.as_bytes(), &mut picked).err().map(|it| it.line);
        (picked.0, line)
    }

    #[test]
    fn what_is_wanted_is_handed_on_in_order() {
        let text = "\u{feff}{\"a\": [{\"x\": [1], \"items\": [1, {\"c\": null}]}], \"b\": {\"d\": 2.5}}";
        let found = vec!["a.items 1", "a.items {\"c\":null}", "b {\"d\":2.5}"];
        assert_eq!(picked(text), (found.into_iter().map(str::to_owned).collect(), None));
    }

    #[test]
    fn a_text_that_breaks_off_was_read_so_far() {
        let (found, line) = picked("{\"a\": {\"items\": [1,\n2, \"x");
        assert_eq!((found.len(), line), (2, Some(2)));
        assert_eq!(picked("{\"a\": 3} x").1, Some(1));
        assert_eq!(picked("{\"a\": \"text\", \"b\": true}").0, ["b true"]);
        assert_eq!(picked("").1, Some(1));
    }

    #[test]
    fn no_more_is_held_than_one_item() {
        /// Counts items of a text without end, and forgets them.
        struct Counted(usize);
        impl Pick for Counted {
            fn wanted(&mut self, _: &[String]) -> Wanted {
                Wanted::Items
            }
            fn take(&mut self, _: &[String], _: Value) {
                self.0 += 1;
            }
        }
        let items = std::iter::repeat_n(b"{\"text\": \"words\"},".as_slice(), 50_000);
        let items = items.flatten().copied();
        let mut text = b"{\"items\": [".iter().copied().chain(items);
        /// Gives bytes as they are asked for.
        struct Stream<'a>(&'a mut dyn Iterator<Item = u8>);
        impl Read for Stream<'_> {
            fn read(&mut self, out: &mut [u8]) -> std::io::Result<usize> {
                let mut count = 0;
                for (place, byte) in out.iter_mut().zip(&mut self.0) {
                    *place = byte;
                    count += 1;
                }
                Ok(count)
            }
        }
        let mut counted = Counted(0);
        assert!(read(Stream(&mut text), &mut counted).is_err());
        assert_eq!(counted.0, 50_000);
    }
}
