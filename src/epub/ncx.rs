//! The NCX, the navigation for readers of old: what Kindle shows.

use super::xml::Xml;
use crate::book::Book;
use crate::document::spoken_text;
use crate::language::Language;
use crate::markup::{Builder, Entry};

/// Two levels, as Kindle shows no more.
const DEPTH: u8 = 2;

/// The NCX of EPUB 2.
pub(super) fn write(book: &Book, builder: &Builder) -> String {
    let metadata = &book.metadata;
    let mut xml = Xml::document();
    let root = [
        ("xmlns", Some("http://www.daisy.org/z3986/2005/ncx/")),
        ("version", Some("2005-1")),
        ("xml:lang", Some(metadata.language.tag())),
    ];
    xml.element("ncx", &root, |xml| {
        xml.element("head", &[], |xml| {
            for (name, content) in
                [("dtb:uid", metadata.identifier.as_str()), ("dtb:depth", "2")]
            {
                xml.empty("meta", &[("name", Some(name)), ("content", Some(content))]);
            }
        });
        xml.element("docTitle", &[], |xml| xml.leaf("text", &[], &metadata.full_title()));
        xml.element("navMap", &[], |xml| {
            let mut order = 0;
            for entry in builder.entries() {
                point(xml, builder, &entry, DEPTH, &mut order);
            }
        });
    });
    xml.finish()
}

fn point(xml: &mut Xml, builder: &Builder, entry: &Entry, depth: u8, order: &mut u32) {
    *order += 1;
    let (id, number) = (format!("point-{order}"), order.to_string());
    let attributes = [("id", Some(id.as_str())), ("playOrder", Some(number.as_str()))];
    let Entry { title, place, children } = entry;
    xml.element("navPoint", &attributes, |xml| {
        let own = place.chapter().and_then(|chapter| builder.language_of(chapter));
        let direction = own.map(|it| if it.is_right_to_left() { "rtl" } else { "ltr" });
        let label = [("xml:lang", own.map(Language::tag)), ("dir", direction)];
        xml.element("navLabel", &label, |xml| {
            let language = builder.book_language().tag();
            xml.leaf("text", &[], &spoken_text(title, language));
        });
        xml.empty("content", &[("src", Some(&builder.href(place)))]);
        if depth > 1 {
            for child in children {
                point(xml, builder, child, depth - 1, order);
            }
        }
    });
}
