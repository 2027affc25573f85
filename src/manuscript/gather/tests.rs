use jiff::civil::date;

use super::*;
use crate::world::MemoryWorld;

const POSTS: &[(&str, &str)] = &[
    (
        "manuscript/2017-07-06-trade.md",
        "---\ntags: [China, Sanctions]\n---\n# Trade\nText\n",
    ),
    ("manuscript/2017-07-23-envoy.md", "---\ntitle: Envoy\ntags: china\n---\nText\n"),
    ("manuscript/2017/08/moon.md", "Title: Moon\nTags: Korea\nWeight: 1\n\nText\n"),
    ("manuscript/undated.md", "---\ntags: [China]\n---\nText\n"),
    ("manuscript/draft.md", "---\ntags: [China]\ndraft: true\n---\nText\n"),
    ("manuscript/future.md", "---\ntags: [China]\ndate: 2030-01-01\n---\nText\n"),
    ("manuscript/_index.md", "---\ntitle: All posts\n---\n"),
    ("manuscript/picture.png", "no text"),
];

fn run(yaml: &str) -> (Outcome<Manuscript>, Sources) {
    let mut world = MemoryWorld::new(date(2020, 1, 1));
    for (path, text) in POSTS {
        world.insert(*path, text.as_bytes());
    }
    world.insert("book.yaml", format!("title: T\n{yaml}").into_bytes());
    let mut sources = Sources::default();
    let config = crate::config::read(&world, "book.yaml", &mut sources).unwrap().value;
    (gather(&config, &world, &mut sources), sources)
}

fn slugs(yaml: &str) -> Vec<String> {
    let manuscript = run(yaml).0.unwrap().value;
    manuscript.posts.into_iter().map(|post| post.slug).collect()
}

/// The errors as `code: message (hints)`.
fn errors(yaml: &str) -> Vec<String> {
    let errors = run(yaml).0.expect_err(yaml);
    let show = |d: &Diagnostic| {
        format!("{}: {} ({})", d.code.name(), d.message, d.hints.join("; "))
    };
    errors.iter().map(show).collect()
}

#[test]
fn posts_come_by_tag_and_in_order() {
    assert_eq!(slugs("gather: { tags: [CHINA] }"), ["trade", "envoy", "undated"]);
    assert_eq!(
        slugs("gather: { tags: China, order: -date }"),
        ["envoy", "trade", "undated"]
    );
    assert_eq!(slugs("gather: { order: title }"), ["envoy", "moon", "trade", "undated"]);
    assert_eq!(slugs("gather: { order: weight }"), ["moon", "trade", "envoy", "undated"]);
    assert_eq!(slugs("gather: { order: [moon, trade] }"), ["moon", "trade"]);
    assert_eq!(slugs("gather: { tags: { none: [china] } }"), ["moon"]);
    assert_eq!(slugs("gather: { tags: { all: [china, sanctions] } }"), ["trade"]);
    assert_eq!(slugs("gather: { dates: { from: 2017-07-07 } }"), ["envoy", "moon"]);
}

#[test]
fn a_heading_becomes_the_title_and_leaves_the_body() {
    let manuscript = run("gather: { tags: [Sanctions] }").0.unwrap().value;
    let post = &manuscript.posts[0];
    assert_eq!(post.header.title, "Trade");
    assert_eq!(&post.text[post.body.clone()], "Text\n");
    assert_eq!(post.header.date, Some(date(2017, 7, 6)));
}

#[test]
fn every_post_left_out_has_its_reason() {
    let manuscript = run("gather: { tags: [China] }").0.unwrap().value;
    let reasons: Vec<(&str, &str)> = manuscript
        .left_out
        .iter()
        .map(|post| (post.path.as_str(), post.reason.as_str()))
        .collect();
    assert_eq!(
        reasons,
        [
            ("manuscript/2017/08/moon.md", "has none of the tags asked for"),
            ("manuscript/_index.md", "is the page of a section, not a post"),
            ("manuscript/draft.md", "is a draft (`draft: true`)"),
            ("manuscript/future.md", "is dated 2030-01-01, which is yet to come"),
        ]
    );
}

#[test]
fn parts_follow_the_calendar_or_the_tags() {
    let titles = |yaml| {
        let parts = run(yaml).0.unwrap().value.parts;
        parts.into_iter().map(|part| (part.title, part.posts)).collect::<Vec<_>>()
    };
    assert_eq!(
        titles("gather: { parts: month }"),
        [
            (Some("July 2017".to_owned()), 0..2),
            (Some("August 2017".to_owned()), 2..3),
            (None, 3..4),
        ]
    );
    assert_eq!(
        titles("gather: { tags: [Korea, China], parts: tag }"),
        [(Some("Korea".to_owned()), 0..1), (Some("China".to_owned()), 1..4)]
    );
    assert_eq!(titles("language: es\ngather: { tags: Korea, parts: month }").len(), 1);
}

#[test]
fn slips_say_what_was_meant() {
    assert_eq!(
        errors("gather: { tags: [Chna] }"),
        ["unknown-tag: no post has the tag `Chna` (did you mean `China` (5 posts)?; \
          the most used tags are `China` (5), `Korea` (1), `Sanctions` (1))"]
    );
    assert_eq!(
        errors("gather: { order: [mon, draft, trade, trade] }"),
        [
            "unknown-slug: no post has the slug `mon` (did you mean `moon`?)",
            "unknown-slug: `draft` is listed, but it is a draft (`draft: true`) \
             (take it off the list, or change the post)",
            "unknown-slug: `trade` is listed twice (keep one of the two)",
        ]
    );
    assert_eq!(
        errors("gather: { from: nowhere }"),
        ["folder-unreadable: there is no folder `nowhere` \
          (`gather.from` names the folder that holds the posts)"]
    );
    assert!(
        errors("gather: { dates: { from: 2018-01-01 } }")[0].contains("7 posts found")
    );
}

#[test]
fn what_a_list_forgets_is_warned_of_once() {
    let outcome = run("gather: { tags: [China], order: [envoy] }").0.unwrap();
    let codes: Vec<_> = outcome.diagnostics.iter().map(|d| d.code).collect();
    assert_eq!(codes, [Code::UnlistedPost]);
    assert_eq!(outcome.value.posts.len(), 1);
}
