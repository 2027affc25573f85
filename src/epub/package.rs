//! The package document: what the book is, what it consists of, in what order (EPUB 3.3, 5).

use super::accessibility;
use super::cover::Cover;
use super::documents::Document;
use super::files::Files;
use super::xml::Xml;
use crate::book::{Book, Metadata};

/// Writes the package document.
pub(super) fn write(
    book: &Book,
    files: &Files,
    documents: &[Document],
    cover: &Cover,
) -> String {
    let mut xml = Xml::document();
    let language = book.metadata.language.tag();
    let attributes = [
        ("xmlns", Some("http://www.idpf.org/2007/opf")),
        ("version", Some("3.0")),
        ("unique-identifier", Some("pub-id")),
        ("xml:lang", Some(language)),
    ];
    let direction = book.metadata.language.is_right_to_left().then_some("rtl");
    xml.element("package", &attributes, |xml| {
        let namespace = [("xmlns:dc", Some("http://purl.org/dc/elements/1.1/"))];
        xml.element("metadata", &namespace, |xml| {
            metadata(xml, &book.metadata);
            accessibility::write(xml, book, documents);
            xml.empty(
                "meta",
                &[("name", Some("cover")), ("content", Some("cover-image"))],
            );
        });
        xml.element("manifest", &[], |xml| manifest(xml, book, files, documents, cover));
        let toc = [("toc", Some("ncx")), ("page-progression-direction", direction)];
        xml.element("spine", &toc, |xml| spine(xml, documents));
    });
    xml.finish()
}

fn metadata(xml: &mut Xml, metadata: &Metadata) {
    xml.leaf("dc:identifier", &[("id", Some("pub-id"))], &metadata.identifier);
    if let Some(isbn) = &metadata.isbn {
        xml.leaf("dc:identifier", &[], &format!("urn:isbn:{isbn}"));
    }
    xml.leaf("dc:title", &[("id", Some("title-main"))], &metadata.title);
    if let Some(subtitle) = &metadata.subtitle {
        refine(xml, "title-main", "title-type", None, "main");
        xml.leaf("dc:title", &[("id", Some("title-sub"))], subtitle);
        refine(xml, "title-sub", "title-type", None, "subtitle");
    }
    for (author, number) in metadata.authors.iter().zip(1..) {
        let number: u32 = number;
        let id = format!("creator-{number}");
        xml.leaf("dc:creator", &[("id", Some(&id))], author);
        refine(xml, &id, "role", Some("marc:relators"), "aut");
    }
    xml.leaf("dc:language", &[], metadata.language.tag());
    let date = metadata.modified.to_string();
    xml.leaf("dc:date", &[], &date);
    let optional = [
        ("dc:publisher", &metadata.publisher),
        ("dc:rights", &metadata.rights),
        ("dc:description", &metadata.description),
    ];
    for (name, value) in optional {
        if let Some(value) = value {
            xml.leaf(name, &[], value);
        }
    }
    let modified = format!("{date}T00:00:00Z");
    xml.leaf("meta", &[("property", Some("dcterms:modified"))], &modified);
}

fn refine(xml: &mut Xml, id: &str, property: &str, scheme: Option<&str>, value: &str) {
    let id = format!("#{id}");
    let attributes = [
        ("refines", Some(id.as_str())),
        ("property", Some(property)),
        ("scheme", scheme),
    ];
    xml.leaf("meta", &attributes, value);
}

fn manifest(
    xml: &mut Xml,
    book: &Book,
    files: &Files,
    documents: &[Document],
    cover: &Cover,
) {
    let mut item = |id: &str, href: &str, media_type: &str, properties: Option<&str>| {
        let attributes = [
            ("id", Some(id)),
            ("href", Some(href)),
            ("media-type", Some(media_type)),
            ("properties", properties),
        ];
        xml.empty("item", &attributes);
    };
    const XHTML: &str = "application/xhtml+xml";
    item("nav", "nav.xhtml", XHTML, Some("nav"));
    item("ncx", "toc.ncx", "application/x-dtbncx+xml", None);
    item("css", "style.css", "text/css", None);
    item("cover-image", cover.name, cover.media_type, Some("cover-image"));
    for document in documents {
        let properties = document.has_math.then_some("mathml");
        item(&id(document), &document.name, XHTML, properties);
    }
    for ((picture, loaded), number) in book.pictures.iter().zip(1..) {
        let number: u32 = number;
        let id = format!("picture-{number}");
        item(&id, files.picture(picture), loaded.format.media_type(), None);
    }
}

/// Documents in reading order; the contents after the front matter.
fn spine(xml: &mut Xml, documents: &[Document]) {
    for document in documents {
        xml.empty("itemref", &[("idref", Some(&id(document)))]);
        if document.name == "copyright.xhtml" {
            xml.empty("itemref", &[("idref", Some("nav"))]);
        }
    }
}

fn id(document: &Document) -> String {
    document.name.trim_end_matches(".xhtml").to_owned()
}
