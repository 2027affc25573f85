//! YAML (and JSON, which is YAML) into values, from the events of serde-saphyr's parser.
//!
//! Events and not serde: a value keeps its spelling (`1984`, `no`), and every key its place.

use std::collections::BTreeMap;

use serde_saphyr::granit_parser::{
    Event, Options, Parser, ScalarStyle, ScanError, Span as Place, StrInput,
};

use super::value::{Entry, Kind, Malformed, Value};
use crate::source::{FileId, Span};

/// How many values aliases may add: a thousand are more than any header has, and a "billion
/// laughs" needs many more.
const MAX_ALIASED_VALUES: usize = 1_000;

/// Reads one document. `text` begins at byte `offset` of `file`.
pub(crate) fn parse(text: &str, file: FileId, offset: usize) -> Result<Value, Malformed> {
    let mut options = Options::default();
    options.emit_comments = false;
    let parser = Parser::new_from_str_with_options(text, options);
    let mut builder = Builder {
        parser,
        places: Places { file, offset, length: text.len() },
        anchors: BTreeMap::new(),
        aliased: 0,
    };
    builder.document()
}

struct Builder<'a> {
    parser: Parser<'a, StrInput<'a>>,
    places: Places,
    anchors: BTreeMap<usize, Value>,
    aliased: usize,
}

impl<'a> Builder<'a> {
    fn document(&mut self) -> Result<Value, Malformed> {
        let mut document = None;
        loop {
            let (event, place) = self.next()?;
            match event {
                Event::StreamEnd => break,
                Event::StreamStart | Event::DocumentEnd => {}
                Event::DocumentStart(..) if document.is_none() => {}
                Event::DocumentStart(..) => {
                    return Err(Malformed {
                        span: self.places.span(place),
                        message: "a second document begins here".to_owned(),
                        hint: Some("one file is one document: take the `---` out"),
                    });
                }
                event => document = Some(self.value(event, place)?),
            }
        }
        let nothing = Value { span: self.places.at(0), kind: Kind::Null };
        Ok(document.unwrap_or(nothing))
    }

    fn value(&mut self, event: Event<'a>, place: Place) -> Result<Value, Malformed> {
        let span = self.places.span(place);
        let (anchor, value) = match event {
            Event::Alias(id) => return self.alias(id, span),
            Event::Scalar(text, style, anchor, _) => {
                let null = style == ScalarStyle::Plain
                    && matches!(&*text, "" | "~" | "null" | "Null" | "NULL");
                let kind =
                    if null { Kind::Null } else { Kind::Scalar(text.into_owned()) };
                (anchor, Value { span, kind })
            }
            Event::SequenceStart(_, anchor, _) => (anchor, self.list(span)?),
            Event::MappingStart(_, anchor, _) => (anchor, self.map(span)?),
            _ => (0, Value { span, kind: Kind::Null }),
        };
        if anchor != 0 {
            self.anchors.insert(anchor, value.clone());
        }
        Ok(value)
    }

    fn list(&mut self, start: Span) -> Result<Value, Malformed> {
        let mut items = Vec::new();
        loop {
            let (event, place) = self.next()?;
            if event == Event::SequenceEnd {
                let span = start.join(self.places.span(place));
                return Ok(Value { span, kind: Kind::List(items) });
            }
            items.push(self.value(event, place)?);
        }
    }

    fn map(&mut self, start: Span) -> Result<Value, Malformed> {
        let mut entries: Vec<Entry> = Vec::new();
        loop {
            let (event, place) = self.next()?;
            if event == Event::MappingEnd {
                let span = start.join(self.places.span(place));
                return Ok(Value { span, kind: Kind::Map(entries) });
            }
            let (key, span) = self.key(event, place)?;
            if entries.iter().any(|entry| entry.key == key) {
                return Err(Malformed {
                    span,
                    message: format!("`{key}` is given twice"),
                    hint: Some("keep one of them"),
                });
            }
            let (event, place) = self.next()?;
            let value = self.value(event, place)?;
            entries.push(Entry { key, span, value });
        }
    }

    fn key(
        &mut self,
        event: Event<'a>,
        place: Place,
    ) -> Result<(String, Span), Malformed> {
        let span = self.places.span(place);
        match self.value(event, place)?.kind {
            Kind::Scalar(key) => Ok((key, span)),
            Kind::Null => Ok((String::new(), span)),
            Kind::List(_) | Kind::Map(_) => Err(Malformed {
                span,
                message: "a key must be a word".to_owned(),
                hint: None,
            }),
        }
    }

    fn alias(&mut self, id: usize, span: Span) -> Result<Value, Malformed> {
        let refuse = |message: &str| Malformed {
            span,
            message: message.to_owned(),
            hint: Some("write the value out"),
        };
        let target =
            self.anchors.get(&id).ok_or_else(|| refuse("this alias holds itself"))?;
        self.aliased += count(target);
        if self.aliased > MAX_ALIASED_VALUES {
            return Err(refuse("aliases repeat too many values"));
        }
        Ok(Value { span, ..target.clone() })
    }

    fn next(&mut self) -> Result<(Event<'a>, Place), Malformed> {
        match self.parser.next_event() {
            Some(Ok(next)) => Ok(next),
            Some(Err(error)) => Err(self.places.malformed(&error)),
            None => Ok((Event::StreamEnd, Place::default())),
        }
    }
}

/// Where the document lies.
struct Places {
    file: FileId,
    offset: usize,
    length: usize,
}

impl Places {
    fn span(&self, place: Place) -> Span {
        let range = place.byte_range().unwrap_or(0..0);
        let start = range.start.min(self.length);
        let end = range.end.clamp(start, self.length);
        Span::new(self.file, self.offset + start..self.offset + end)
    }

    fn at(&self, byte: usize) -> Span {
        let at = self.offset + byte.min(self.length);
        Span::new(self.file, at..at)
    }

    fn malformed(&self, error: &ScanError) -> Malformed {
        let message = error.kind().to_string();
        // The slips that everybody makes: `title: Seoul: a walk`, and a tab.
        let hint = if message.contains("mapping values") {
            Some("a value with a colon in it goes in quotes")
        } else if message.contains("tab") {
            Some("YAML is indented with spaces")
        } else {
            None
        };
        Malformed {
            span: self.at(error.marker().byte_offset().unwrap_or(0)),
            message,
            hint,
        }
    }
}

/// How many values a value holds, itself included.
fn count(value: &Value) -> usize {
    1 + match &value.kind {
        Kind::Null | Kind::Scalar(_) => 0,
        Kind::List(items) => items.iter().map(count).sum(),
        Kind::Map(entries) => entries.iter().map(|entry| count(&entry.value)).sum(),
    }
}

/// A scalar, in quotation marks unless every YAML parser takes it for the same text without.
pub(crate) fn scalar(text: &str) -> String {
    let plain = text.starts_with(|c: char| c.is_alphanumeric())
        && text
            .chars()
            .all(|c| c.is_alphanumeric() || " ./_-–’“”?=&%~+()".contains(c) || c == ':')
        && !text.contains(": ")
        && !text.ends_with([':', ' '])
        && !matches!(
            text.to_lowercase().as_str(),
            "true" | "false" | "yes" | "no" | "on" | "off" | "null"
        );
    if plain { text.to_owned() } else { quoted(text) }
}

/// In double quotation marks (YAML 1.2, section 7.3.1).
fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            '\t' => quoted.push_str("\\t"),
            c if c.is_control() => quoted.push_str(&format!("\\u{:04x}", u32::from(c))),
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Sources;

    fn read(text: &str) -> Result<Value, Malformed> {
        parse(text, Sources::default().add("x.yaml", text), 0)
    }

    #[test]
    fn values_keep_their_spelling_and_place() {
        let text = "title: 1984\nö: [no, \"~\"]\nempty:\n";
        let value = read(text).unwrap();
        assert_eq!(value.get("title").unwrap().text(), Some("1984"));
        let list = value.get("ö").unwrap().items();
        assert_eq!(list[0].flag(), Some(false));
        assert_eq!(list[1].text(), Some("~"));
        assert_eq!(&text[list[1].span.range()], "\"~\"");
        assert_eq!(value.get("empty").unwrap().kind, Kind::Null);
    }

    #[test]
    fn the_second_of_two_keys_is_pointed_at() {
        let error = read("a: 1\nb: 2\na: 3\n").unwrap_err();
        assert_eq!(error.span.range(), 10..11);
    }

    #[test]
    fn a_billion_laughs_are_cut_short() {
        let mut text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
        for n in 1..12 {
            let before = n - 1;
            let many = vec![format!("*a{before}"); 10].join(", ");
            text += &format!("a{n}: &a{n} [{many}]\n");
        }
        assert!(read(&text).unwrap_err().message.contains("too many"));
    }

    #[test]
    fn json_is_yaml() {
        let value = read(
            "{\n\t\"title\": \"a\\/b \\u00e9 \\ud83d\\ude00\",\n\t\"tags\": [\"x\"]\n}\n",
        )
        .unwrap();
        assert_eq!(value.get("title").unwrap().text(), Some("a/b é 😀"));
    }

    #[test]
    fn usual_slips_are_explained() {
        for text in ["title: Seoul: a walk\n", "gather:\n\tfrom: posts\n"] {
            let error = read(text).unwrap_err();
            assert!(error.hint.is_some(), "{error:?}");
        }
    }
}
