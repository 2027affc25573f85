use jiff::civil::date;

use crate::compile::{Compiled, Request, compile};
use crate::diag::Code;
use crate::world::MemoryWorld;

/// Eight posts of a page each in two years and two parts; the first refers to the last, and the last
/// to the first.
fn bound(volumes: &str) -> Compiled {
    let mut world = MemoryWorld::new(date(2025, 1, 1));
    let parts =
        "gather: {parts: [{title: Land, dates: {to: 2023-06-30}}, {rest: {title: Sea}}]}";
    let settings = format!("title: Tides\nauthor: A\n{parts}\nvolumes: {volumes}\n");
    world.insert("book.yaml", settings.as_bytes());
    for number in 1..=8_u32 {
        let (year, month) = (2023 + number / 5, number % 5 + 1);
        let link = match number {
            1 => "The [ebb](2024-04-01-post8.md) comes last.",
            8 => "The [flood](2023-02-01-post1.md) came first.",
            _ => "Water.",
        };
        let post = format!("# Post {number}\n\n{link}\n");
        world.insert(
            format!("manuscript/{year}-{month:02}-01-post{number}.md"),
            post.as_bytes(),
        );
    }
    compile(&world, "book.yaml", &Request::default().comparing_text(true))
}

/// How many chapters each volume has.
fn chapters(volumes: &str) -> Vec<usize> {
    let compiled = bound(volumes);
    assert!(compiled.epub.is_none() && compiled.pdf.is_none());
    for volume in &compiled.volumes {
        assert!(volume.epub.is_some() && volume.pdf.is_some());
    }
    compiled.volumes.iter().map(|volume| volume.chapters).collect()
}

fn codes(volumes: &str) -> Vec<Code> {
    bound(volumes).diagnostics.iter().map(|it| it.code).collect()
}

#[test]
fn a_book_is_cut_between_years_and_parts() {
    assert_eq!(chapters("{by: year}"), [4, 4]);
    assert_eq!(chapters("{by: part}"), [4, 4]);
    assert_eq!(chapters("[First, {title: Second, from: post3}, {from: Sea}]"), [2, 2, 4]);
    assert_eq!(chapters("[First, {title: Second, from: 2023-03-15}]"), [2, 6]);
}

#[test]
fn a_book_is_cut_where_volumes_are_even() {
    let compiled = bound("{by: pages, max-pages: 24, names: [Flood]}");
    assert_eq!(compiled.diagnostics, []);
    assert!(compiled.volumes.is_empty(), "one volume is enough");
    let compiled = bound("{by: part, max-pages: 24}");
    assert_eq!(compiled.volumes.iter().map(|it| it.chapters).collect::<Vec<_>>(), [4, 4]);
    assert!(compiled.volumes.iter().all(|it| it.page_count.is_some_and(|it| it <= 24)));
}

#[test]
fn each_word_is_in_a_volume_and_references_name_volume_and_page() {
    let compiled = bound("[First, {title: Second, short-title: II, from: Sea}]");
    assert_eq!(compiled.diagnostics, []);
    assert!(compiled.comparisons.iter().all(|it| it.missing == 0 && it.words > 10));
    let texts: Vec<String> = compiled
        .volumes
        .iter()
        .filter_map(|volume| volume.epub.as_deref())
        .map(|epub| crate::epub::text(epub).into_iter().map(|(_, text)| text).collect())
        .collect();
    assert!(texts[0].contains("ebb (Volume\u{a0}2) comes"), "{}", texts[0]);
    assert!(texts[1].contains("flood (Volume\u{a0}1) came"), "{}", texts[1]);
    assert_eq!(compiled.volumes[1].name, "Volume\u{a0}2: Second");
}

#[test]
fn volumes_that_cannot_be_are_told() {
    assert_eq!(codes("[A, {from: post33}]"), [Code::UnknownSlug]);
    assert_eq!(codes("[A, {from: Sea}, {from: post2}]"), [Code::InvalidValue]);
    assert_eq!(codes("[A]"), [Code::InvalidValue]);
    assert_eq!(codes("[A, B]"), [Code::MissingKey]);
    assert_eq!(codes("{by: pages}"), [Code::MissingKey]);
    assert_eq!(codes("{by: year, names: [A, B, C]}"), [Code::VolumesDiffer]);
}
