//! Makes an EPUB with epub-builder that has an author and a language, and shows the ids of its
//! package document. EPUBCheck refuses the file: `epubcheck /tmp/measure-epub-builder.epub`.

use epub_builder::{EpubBuilder, EpubContent, EpubVersion, ZipLibrary};

fn main() {
    let mut out = Vec::new();
    let mut builder = EpubBuilder::new(ZipLibrary::new().expect("zip")).expect("builder");
    builder.epub_version(EpubVersion::V33);
    builder.metadata("title", "Measure").expect("title");
    builder.metadata("author", "A. Blogger").expect("author");
    builder.metadata("lang", "en").expect("language");
    let page = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!DOCTYPE html>\n\
                <html xmlns=\"http://www.w3.org/1999/xhtml\"><head><title>One</title></head>\
                <body><p>One.</p></body></html>";
    let content = EpubContent::new("one.xhtml", page.as_bytes()).title("One");
    builder.add_content(content).expect("content");
    builder.generate(&mut out).expect("epub");
    let file = std::env::temp_dir().join("measure-epub-builder.epub");
    std::fs::write(&file, &out).expect("writable");
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(out)).expect("zip");
    let mut entry = archive.by_name("OEBPS/content.opf").expect("package");
    let mut package = String::new();
    std::io::Read::read_to_string(&mut entry, &mut package).expect("text");
    for line in package.lines().filter(|line| line.contains("<dc:")) {
        println!("{}", line.trim());
    }
    println!("now: epubcheck {}", file.display());
}
