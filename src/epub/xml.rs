//! Writing XML: elements that are closed as they were opened, text that is escaped, and no
//! character that XML forbids, whatever its way into the book.

use std::borrow::Cow;

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};

use crate::characters::{clean, clean_references};

/// An XML document in the making.
pub(super) struct Xml(Writer<Vec<u8>>);

/// The attributes of an element: names and values; those without a value are left out.
pub(super) type Attributes<'a> = &'a [(&'a str, Option<&'a str>)];

impl Xml {
    /// A fragment.
    pub(super) fn new() -> Self {
        Self(Writer::new(Vec::new()))
    }

    /// A document, with its declaration.
    pub(super) fn document() -> Self {
        let mut xml = Self::new();
        xml.event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)));
        xml.newline();
        xml
    }

    /// An element with what `content` writes into it.
    pub(super) fn element(
        &mut self,
        name: &str,
        attributes: Attributes,
        content: impl FnOnce(&mut Self),
    ) {
        self.open(name, attributes);
        content(self);
        self.close(name);
    }

    /// The start of an element. Whoever opens it closes it.
    pub(super) fn open(&mut self, name: &str, attributes: Attributes) {
        self.event(Event::Start(start(name, attributes)));
    }

    /// The end of an element.
    pub(super) fn close(&mut self, name: &str) {
        self.event(Event::End(BytesEnd::new(name)));
    }

    /// An element with text alone.
    pub(super) fn leaf(&mut self, name: &str, attributes: Attributes, text: &str) {
        self.element(name, attributes, |xml| xml.text(text));
    }

    /// An element with nothing in it.
    pub(super) fn empty(&mut self, name: &str, attributes: Attributes) {
        self.event(Event::Empty(start(name, attributes)));
    }

    /// Text.
    pub(super) fn text(&mut self, text: &str) {
        self.event(Event::Text(BytesText::new(&clean(text))));
    }

    /// Text that is XML already.
    pub(super) fn raw(&mut self, xml: &str) {
        let xml = clean(xml);
        self.event(Event::Text(BytesText::from_escaped(clean_references(&xml))));
    }

    /// A whole `math` element, and the words that are read in its place.
    pub(super) fn math(&mut self, mathml: &str, words: &str) {
        let Some(rest) = mathml.strip_prefix("<math") else { return self.raw(mathml) };
        let words = quick_xml::escape::escape(words);
        self.raw(&format!("<math alttext=\"{words}\"{rest}"));
    }

    /// A line end, for those who read the source.
    pub(super) fn newline(&mut self) {
        self.raw("\n");
    }

    /// All that was written.
    pub(super) fn finish(self) -> String {
        String::from_utf8(self.0.into_inner()).expect("only text was written")
    }

    fn event(&mut self, event: Event) {
        self.0.write_event(event).expect("writing to memory does not fail");
    }
}

fn start<'a>(name: &'a str, attributes: Attributes<'a>) -> BytesStart<'a> {
    let mut tag = BytesStart::new(name);
    for &(key, value) in attributes {
        if let Some(value) = value {
            match clean(value) {
                Cow::Borrowed(value) => tag.push_attribute((key, value)),
                Cow::Owned(value) => tag.push_attribute((key, value.as_str())),
            }
        }
    }
    tag
}
