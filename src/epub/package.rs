//! The package document: what the book is, what it consists of, in what order (EPUB 3.3, 5).

use super::Font;
use super::accessibility;
use super::cover::Cover;
use super::xhtml::File;
use super::xml::Xml;
use crate::book::{Book, Metadata};
use crate::markup::{Addresses, DocumentKind};

/// All that the package document tells of.
pub(super) struct Package<'a> {
    pub(super) book: &'a Book,
    pub(super) addresses: &'a Addresses,
    /// In reading order.
    pub(super) documents: &'a [File],
    pub(super) cover: &'a Cover,
    pub(super) fonts: &'a [Font],
    /// Whether the pages of the printed book are marked.
    pub(super) paged: bool,
}

impl Package<'_> {
    /// Writes the package document.
    pub(super) fn write(&self) -> String {
        let mut xml = Xml::document();
        let language = &self.book.metadata.language;
        let attributes = [
            ("xmlns", Some("http://www.idpf.org/2007/opf")),
            ("version", Some("3.0")),
            ("unique-identifier", Some("pub-id")),
            ("xml:lang", Some(language.tag())),
        ];
        let direction = language.is_right_to_left().then_some("rtl");
        xml.element("package", &attributes, |xml| {
            let namespace = [("xmlns:dc", Some("http://purl.org/dc/elements/1.1/"))];
            xml.element("metadata", &namespace, |xml| {
                metadata(xml, self.book);
                if self.paged {
                    page_source(xml, &self.book.metadata);
                }
                accessibility::write(xml, self.book, self.documents, self.paged);
                xml.empty(
                    "meta",
                    &[("name", Some("cover")), ("content", Some("cover-image"))],
                );
            });
            xml.element("manifest", &[], |xml| self.manifest(xml));
            let toc = [("toc", Some("ncx")), ("page-progression-direction", direction)];
            xml.element("spine", &toc, |xml| {
                for document in self.documents {
                    xml.empty("itemref", &[("idref", Some(id(document)))]);
                }
            });
        });
        xml.finish()
    }

    fn manifest(&self, xml: &mut Xml) {
        let mut item =
            |id: &str, href: &str, media_type: &str, properties: Option<&str>| {
                let attributes = [
                    ("id", Some(id)),
                    ("href", Some(href)),
                    ("media-type", Some(media_type)),
                    ("properties", properties),
                ];
                xml.empty("item", &attributes);
            };
        item("ncx", "toc.ncx", "application/x-dtbncx+xml", None);
        item("css", "style.css", "text/css", None);
        for (font, number) in self.fonts.iter().zip(1..) {
            let number: u32 = number;
            item(&format!("font-{number}"), &font.name, font_type(font), None);
        }
        let cover = self.cover;
        item("cover-image", cover.name, cover.media_type, Some("cover-image"));
        let contents = self.addresses.document(DocumentKind::Contents);
        for document in self.documents {
            let is_contents = document.name == contents;
            let properties = match (is_contents, document.has_math) {
                (true, true) => Some("nav mathml"),
                (true, false) => Some("nav"),
                (false, true) => Some("mathml"),
                (false, false) => None,
            };
            item(id(document), &document.name, "application/xhtml+xml", properties);
        }
        for ((picture, loaded), number) in self.book.pictures.iter().zip(1..) {
            let number: u32 = number;
            let id = format!("picture-{number}");
            let path = self.addresses.picture(picture);
            item(&id, path, loaded.format.media_type(), None);
        }
    }
}

/// The core media type of a font (EPUB 3.3, 3.2).
fn font_type(font: &Font) -> &'static str {
    if font.name.ends_with(".otf") { "font/otf" } else { "font/ttf" }
}

fn metadata(xml: &mut Xml, book: &Book) {
    let metadata = &book.metadata;
    xml.leaf("dc:identifier", &[("id", Some("pub-id"))], &metadata.identifier);
    if let Some(isbn) = &metadata.isbns.epub {
        xml.leaf("dc:identifier", &[], &format!("urn:isbn:{}", isbn.digits));
    }
    xml.leaf("dc:title", &[("id", Some("title-main"))], &metadata.full_title());
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
    let chapters = book.texts().filter_map(|chapter| chapter.language.as_ref());
    let mut languages = vec![&metadata.language];
    for language in chapters {
        if !languages.contains(&language) {
            languages.push(language);
        }
    }
    for language in languages {
        xml.leaf("dc:language", &[], language.tag());
    }
    if let Some(volume) = &metadata.volume {
        let collection =
            [("property", Some("belongs-to-collection")), ("id", Some("collection"))];
        xml.leaf("meta", &collection, &metadata.title);
        refine(xml, "collection", "collection-type", None, "set");
        let number = volume.number.to_string();
        refine(xml, "collection", "group-position", None, &number);
    }
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

/// What the marked pages are those of (EPUB Accessibility 1.1, 3.1.3).
fn page_source(xml: &mut Xml, metadata: &Metadata) {
    let isbn = metadata.isbns.pdf.as_ref();
    let isbn = isbn.map(|isbn| format!("urn:isbn:{}", isbn.digits));
    let source = isbn.as_ref().unwrap_or(&metadata.identifier);
    xml.leaf("meta", &[("property", Some("pageBreakSource"))], source);
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

fn id(document: &File) -> &str {
    document.name.trim_end_matches(".xhtml")
}
