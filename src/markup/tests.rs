use jiff::civil::date;

use crate::bibliography::Library;
use crate::book::{Book, assemble};
use crate::config::{BookConfig, NoteMarks, NotePlace};
use crate::document::ChapterId;
use crate::manuscript::{Manuscript, PostPart};
use crate::resolve::tests::{config, manuscript, resolved};
use crate::world::MemoryWorld;

use super::{Builder, DocumentKind, Medium, debug_tree};

fn bind(config: &BookConfig, manuscript: &Manuscript) -> Book {
    let world = MemoryWorld::new(date(2026, 1, 1));
    let resolved = resolved(config, manuscript, &world).value;
    assemble(config, manuscript, resolved, &Library::default(), None).value
}

/// One document of a book of these posts.
fn document(
    posts: &[&str],
    medium: Medium,
    kind: DocumentKind,
    configure: impl FnOnce(&mut BookConfig),
) -> String {
    let names = ["manuscript/a.md", "manuscript/b.md"];
    let posts: Vec<_> = names.into_iter().zip(posts.iter().copied()).collect();
    let mut config = config();
    configure(&mut config);
    let book = bind(&config, &manuscript(&posts));
    debug_tree::tree(&Builder::new(&book, medium).document(kind).tree)
}

fn chapter(text: &str, medium: Medium) -> String {
    document(&[text, "B"], medium, DocumentKind::Chapter(ChapterId(0)), |_| {})
}

const FIRST: &str = "\
Words [out](https://one.example \"There\")[^b] and [over](b.md).[^b]

> Quoted. [[Star](https://star.example)]

- [x] one
- [ ] two

[^b]: A note.
";

#[test]
fn a_chapter_is_the_same_in_both_editions_but_for_the_pages() {
    insta::assert_snapshot!(chapter(FIRST, Medium::Ebook));
    let print = chapter(FIRST, Medium::Print);
    let see = " [data-see=see p.]";
    assert!(print.contains(see), "{print}");
    assert_eq!(print.replace(see, ""), chapter(FIRST, Medium::Ebook));
}

#[test]
fn blocks_are_elements() {
    let text = "\
<blockquote class=\"epigraph\">So it goes.</blockquote>

## A *heading*

1. one

   more
2. two

Term
:   Meaning

| a |   |
|:-:|--:|
| b | c |

```rust
fn main() {}
```

![Caption (AFP)](a.png)

<aside>Aside</aside>

<ruby>漢<rt>kan</rt></ruby> $x^2$ `code`

***
";
    insta::assert_snapshot!(chapter(text, Medium::Ebook));
}

#[test]
fn notes_stand_where_the_book_has_them() {
    let notes = |medium, kind, place| {
        document(&[FIRST], medium, kind, |config| {
            config.notes.place = place;
            config.notes.marks = match place {
                NotePlace::Book => NoteMarks::Numbers,
                _ => NoteMarks::Symbols,
            };
        })
    };
    let back = |medium| notes(medium, DocumentKind::Notes, NotePlace::Book);
    insta::assert_snapshot!(back(Medium::Ebook));
    // On paper the space before the way back goes where that goes.
    assert!(back(Medium::Print).contains("\"\\u{a0}↩"), "{}", back(Medium::Print));
    let first = DocumentKind::Chapter(ChapterId(0));
    let section = |medium, place| {
        let chapter = notes(medium, first, place);
        let at = chapter.find("section.notes").expect("notes");
        chapter[at..].to_owned()
    };
    let after = section(Medium::Print, NotePlace::Chapter);
    assert!(after.starts_with("section.notes.chapter-notes "), "{after}");
    assert!(after.contains("h2\n      \"Notes\"\n    ol.symbols\n"), "{after}");
    assert!(after.contains("span.note-label\n            \"†\""), "{after}");
    let foot = section(Medium::Print, NotePlace::Page);
    assert!(foot.starts_with("section.notes.foot-notes "), "{foot}");
    assert!(!foot.contains("h2"), "{foot}");
    assert_eq!(
        section(Medium::Ebook, NotePlace::Page),
        section(Medium::Ebook, NotePlace::Chapter)
    );
}

/// A book of two parts with everything that a book may have.
fn whole() -> Book {
    let mut manuscript = manuscript(&[
        (
            "manuscript/a.md",
            "# The *first* [link](https://x.example)\n\n## In it\n\n> Quoted. [[Star](https://star.example)]\n\n![Caption (AFP)](a.png)\n",
        ),
        ("manuscript/b.md", "> More. [[Star](https://star.example)]\n"),
    ]);
    manuscript.parts = vec![
        PostPart { title: Some("2016".to_owned()), posts: 0..1, ..PostPart::default() },
        PostPart { title: Some("2017".to_owned()), posts: 1..2, ..PostPart::default() },
    ];
    let mut config = config();
    config.notes.sources_quoted = true;
    config.subtitle = Some("A subtitle".to_owned());
    config.authors = vec!["A. Blogger".to_owned()];
    config.publisher = Some("A Press".to_owned());
    bind(&config, &manuscript)
}

fn front_and_back(medium: Medium) -> String {
    let book = whole();
    let builder = Builder::new(&book, medium).with_depth(2);
    let kinds = builder.kinds().into_iter();
    let others = kinds
        .filter(|kind| !matches!(kind, DocumentKind::Chapter(_) | DocumentKind::Notes));
    let documents = others.map(|kind| {
        let document = builder.document(kind);
        let text = debug_tree::tree(&document.tree);
        let text = text.replace(env!("CARGO_PKG_VERSION"), "[version]");
        format!("== {}: {}\n{text}", document.name, document.title)
    });
    documents.collect()
}

#[test]
fn front_and_back_matter_of_the_ebook() {
    insta::assert_snapshot!(front_and_back(Medium::Ebook));
}

#[test]
fn front_and_back_matter_of_the_printed_book() {
    insta::assert_snapshot!(front_and_back(Medium::Print));
}
