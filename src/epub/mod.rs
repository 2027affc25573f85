//! The EPUB: an EPUB 3.3 package of one XHTML document a chapter.

mod accessibility;
mod archive;
mod cover;
mod ncx;
mod package;
mod pagebreaks;
#[cfg(test)]
mod tests;
mod text;
mod xhtml;
mod xml;

use crate::book::Book;
use crate::config::EpubSettings;
use crate::diag::{self, Warned};
use crate::document::PictureFormat;
use crate::markup::{Builder, DocumentKind, Medium, PageBreakMarker, PageNumbers};
use crate::typefaces::FontData;
use archive::Archive;
use package::Package;
use pagebreaks::PageBreaks;
use xhtml::File;

pub(crate) use text::text;

/// What goes into an EPUB beside the book itself.
#[derive(Clone)]
pub(crate) struct Edition<'a> {
    /// How the EPUB is made.
    pub settings: &'a EpubSettings,
    /// The stylesheet.
    pub css: &'a str,
    /// The fonts that it names.
    pub fonts: &'a [Font],
    /// The fonts of the cover's words, beside those in the binary.
    pub cover_fonts: &'a [FontData],
    /// The pages of the printed book, if they are known.
    pub pages: &'a [PageBreakMarker],
    /// On which of them places are.
    pub numbers: Option<&'a (dyn PageNumbers + Sync)>,
}

/// A font in the EPUB.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Font {
    /// Its address, beside the documents.
    pub name: String,
    /// The file: OpenType.
    pub data: Vec<u8>,
}

/// Writes the file. The same book gives the same bytes. A document at which that fails is named in
/// its stead.
pub(crate) fn write(book: &Book, edition: &Edition) -> Warned<Vec<u8>> {
    let mut diagnostics = Vec::new();
    let builder =
        Builder::new(book, Medium::Ebook).with_depth(edition.settings.toc_depth);
    let mut breaks = PageBreaks::new(edition.pages);
    let mut documents: Vec<File> = Vec::new();
    let mut navigation = (0, None);
    for kind in builder.kinds() {
        if kind == DocumentKind::Contents {
            let name = builder.addresses().document(kind);
            navigation = (documents.len(), breaks.opening(&name));
        } else {
            let span = builder.span(kind);
            let written = diag::catch("writing a chapter of the EPUB", span, || {
                // An index leads to the pages that it names on paper, if there are any.
                let document = match edition.numbers {
                    Some(numbers) if kind == DocumentKind::Index => {
                        builder.document_on_pages(kind, numbers)
                    }
                    _ => builder.document(kind),
                };
                xhtml::write(document, &mut breaks)
            });
            documents.push(written.unwrap_or_else(|fault| {
                diagnostics.push(fault);
                xhtml::write(builder.placeholder(kind), &mut breaks)
            }));
        }
    }
    // The navigation lists the pages, and so is written when all have their marks.
    let pages = breaks.into_links();
    let paged = !pages.is_empty();
    let builder = builder.with_pages(pages);
    let (at, opening) = navigation;
    let mut breaks = PageBreaks::new(opening.as_slice());
    let contents = builder.document(DocumentKind::Contents);
    documents.insert(at, xhtml::write(contents, &mut breaks));
    let addresses = builder.addresses();
    let cover = cover::cover(book, addresses.cover(), edition.cover_fonts);
    let fonts = edition.fonts;
    let package =
        Package { book, addresses, documents: &documents, cover: &cover, fonts, paged };
    let mut archive = Archive::new();
    archive.stored("mimetype", b"application/epub+zip");
    archive.deflated("META-INF/container.xml", CONTAINER.as_bytes());
    archive.deflated("EPUB/package.opf", package.write().as_bytes());
    archive.deflated("EPUB/toc.ncx", ncx::write(book, &builder).as_bytes());
    archive.deflated("EPUB/style.css", edition.css.as_bytes());
    for font in fonts {
        archive.deflated(&format!("EPUB/{}", font.name), &font.data);
    }
    archive.stored(&format!("EPUB/{}", cover.name), &cover.data);
    for document in &documents {
        archive.deflated(&format!("EPUB/{}", document.name), document.content.as_bytes());
    }
    for (id, picture) in book.pictures.iter() {
        let path = format!("EPUB/{}", addresses.picture(id));
        match picture.format {
            PictureFormat::Svg => archive.deflated(&path, &picture.data),
            _ => archive.stored(&path, &picture.data),
        }
    }
    Warned { value: archive.finish(), diagnostics }
}

const CONTAINER: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
  <rootfiles>
    <rootfile full-path="EPUB/package.opf" media-type="application/oebps-package+xml"/>
  </rootfiles>
</container>
"#;
