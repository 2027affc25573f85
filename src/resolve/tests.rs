use std::fmt::Write;

use jiff::civil::date;

use crate::bibliography::Library;
use crate::config::{BookConfig, Generator, LinkPolicy, NamedSource};
use crate::document::debug_tree;
use crate::language::Language;
use crate::manuscript::{Manuscript, Origin, Post, PostFormat, PostHeader, PostPart};
use crate::markdown;
use crate::source::Sources;
use crate::world::MemoryWorld;

use super::{Resolved, resolve};

/// A book's settings, all but the title as by default.
pub(crate) fn config() -> BookConfig {
    let settings = "title: A Book\nauthor: A. Blogger\ncode: {highlight: false}\n";
    let mut world = MemoryWorld::new(date(2020, 1, 1));
    world.insert("book.yaml", settings.as_bytes());
    let read = crate::config::read(&world, "book.yaml", &mut Sources::default());
    let config = read.expect("a title is enough").value;
    // The sections that are made stand around the posts of no test.
    BookConfig { front: Vec::new(), back: Vec::new(), ..config }
}

/// Posts by path and text, dated July 12, 2017, in one part.
pub(crate) fn manuscript(posts: &[(&str, &str)]) -> Manuscript {
    let mut sources = Sources::default();
    let posts: Vec<Post> = posts
        .iter()
        .map(|(path, text)| {
            let name = path.rsplit('/').next().unwrap_or(path).trim_end_matches(".md");
            Post {
                section: None,
                notes: Vec::new(),
                file: sources.add(path, *text),
                path: (*path).to_owned(),
                text: (*text).into(),
                body: 0..text.len(),
                header: PostHeader {
                    title: format!("Post *{name}*"),
                    date: Some(date(2017, 7, 12)),
                    ..PostHeader::default()
                },
                slug: name.to_owned(),
                format: PostFormat::Markdown,
                smart_punctuation: true,
                language: Language::parse("en").expect("a language"),
                origin: Origin::of(Generator::Unknown),
            }
        })
        .collect();
    let part = PostPart { posts: 0..posts.len(), ..PostPart::default() };
    Manuscript { posts, parts: vec![part], left_out: Vec::new() }
}

/// What becomes of posts.
pub(crate) fn resolved(
    config: &BookConfig,
    manuscript: &Manuscript,
    world: &MemoryWorld,
) -> crate::diag::Warned<Resolved> {
    let documents =
        manuscript.posts.iter().map(|post| markdown::read(post).value).collect();
    resolve(manuscript, documents, &Library::default(), config, world)
}

fn sketch_of(
    config: &BookConfig,
    manuscript: &Manuscript,
    world: &MemoryWorld,
) -> String {
    let resolved = resolved(config, manuscript, world);
    let mut out = String::new();
    for (chapter, post) in resolved.value.chapters.iter().zip(&manuscript.posts) {
        let _ = writeln!(out, "== {}", debug_tree::inlines(&chapter.title));
        out += &debug_tree::blocks(&chapter.blocks);
        for note in &chapter.notes {
            let _ =
                write!(out, "n{} {}", note.id.index, debug_tree::blocks(&note.blocks));
        }
        for said in &resolved.diagnostics {
            if said.span.is_some_and(|span| span.file == post.file) {
                let _ = writeln!(out, "! {}: {}", said.code.name(), said.message);
            }
        }
    }
    out
}

/// A post by itself.
fn post(text: &str) -> String {
    let world = MemoryWorld::new(date(2026, 1, 1));
    sketch_of(&config(), &manuscript(&[("manuscript/a.md", text)]), &world)
}

#[test]
fn bracketed_sources() {
    insta::assert_snapshot!(post(
        "Intro:\n\n> It said so.\n>\n> \"It *did*.\" [[Daily News](https://news.example/a)]\n\n\
         You can read more at the [link](https://news.example/a), but look.\n\n\
         > Escaped. \\[[Weekly](https://weekly.example/)\\]\n\n\
         > Alone. [Monthly](https://monthly.example/x)\n\n\
         > In its own line.\n>\n> [[Yearly](https://yearly.example), May 3]\n\n\
         > He looked at the wall [of his house], [sic] and (...) so on.\n\n\
         Running [[Hourly](https://hourly.example)]. And *[[Hourly](https://hourly.example/)]* again.\n\n\
         > Two. [[One](https://one.example); [Two](https://two.example)]\n"
    ));
}

#[test]
fn forms() {
    let mut manuscript = manuscript(&[(
        "manuscript/a.md",
        "> Linked brackets. [\\[Harbour News\\]](https://a.example)\n\n\
         The [Harbour News](https://b.example) reports:\n\n> Words of theirs.\n\n\
         As [a report from the pier](https://c.example) has it:\n\n> Words.\n>\n> - and a list\n\n\
         The Evening Star wrote this:\n\n> Words of a star.\n\n\
         > Words. (h/t [Jane](https://d.example))\n\n\
         > Words.\n\nHT: [Bob](https://e.example)\n\n\
         Running text (via [Blog](https://f.example)), and (see [this](https://g.example)).\n\n\
         > Two. Source: [One](https://h.example), [Two](https://i.example)\n\n\
         > Words. [KT, May 3]\n\n> Words. [Unknown Paper]\n\n> Words. [emphasis mine]\n\n\
         <blockquote cite=\"https://j.example/x\"><p>In HTML.</p></blockquote>\n\n\
         > Words.\n\n— The Evening Star\n\n\
         > Words.[^1]\n\n[^1]: See [it](https://k.example).\n\n\
         The [act ([text](https://l.example))] is not.\n\n\
         - [ ] task\n- [x] done [[Item News](https://m.example)]\n\n\
         | a | b [[Cell](https://n.example)] |\n|---|---|\n| [drop](https://o.example){.drop} | [inline](https://p.example){.inline} |\n\n\
         ## Head [[Paper](https://q.example)]\n\n\
         ![Caption. Source: [Agency](https://r.example)](x.png)\n\n\
         > Words. Full story: [Tribune](https://s.example)\n\nRead more [here](https://s.example). Read more [here](https://t.example).\n",
    )]);
    manuscript.posts[0]
        .header
        .sources
        .push(("Evening Star".to_owned(), "https://star.example".to_owned()));
    let mut config = config();
    config.sources.push(NamedSource {
        name: "KT".to_owned(),
        full_name: Some("Korea Times".to_owned()),
        address: None,
    });
    let world = MemoryWorld::new(date(2026, 1, 1));
    let mut debug_tree = sketch_of(&config, &manuscript, &world);
    let resolved = resolved(&config, &manuscript, &world).value;
    let super::Findings { sources, left, dropped } = &resolved.chapters[0].findings;
    for found in sources {
        let note = found.note.map_or(String::new(), |note| format!("n{}", note.index));
        let _ = writeln!(
            debug_tree,
            "{} {note} {} <{}>",
            found.form.name(),
            found.name,
            found.address
        );
    }
    for left in left {
        let _ = writeln!(debug_tree, "left [{}]: {}", left.text, left.reason);
    }
    for dropped in dropped {
        let _ = writeln!(debug_tree, "dropped {}", dropped.text);
    }
    insta::assert_snapshot!(debug_tree);
}

#[test]
fn attributions() {
    insta::assert_snapshot!(post(
        "> Words.\n>\n> --- Ann Lee, [*A Book*](https://book.example)\n\n\
         > Words.\n\n--- Ann Lee, [*A Book*](https://book.example/2)\n\n\
         > Words.  \n> -- Somebody, [Site](https://site.example)\n\n\
         > Words.\n>\n> --- Nobody\n\n\
         <blockquote><p>Words.</p><footer><cite><a href=\"https://cite.example\">Cited</a></cite></footer></blockquote>\n\n\
         > Words.\n\nSource: [The Paper](https://paper.example)\n\n\
         > Words. (Via [Agency](https://agency.example))\n\n\
         > Words.\n\n[Just a link](https://just.example) begins this paragraph.\n\n\
         > Words\n> - in a list\n>\n> [[List](https://list.example)]\n\n\
         > ```\n> code\n> ```\n>\n> [[Code](https://code.example)]\n"
    ));
}

#[test]
fn bare_names_stand_in_the_header() {
    let mut manuscript = manuscript(&[(
        "manuscript/a.md",
        "> So they say. [Korea Daily]\n\n> So they say. [of his house]\n",
    )]);
    let sources = &mut manuscript.posts[0].header.sources;
    sources.push(("korea daily".to_owned(), "https://daily.example".to_owned()));
    let world = MemoryWorld::new(date(2026, 1, 1));
    insta::assert_snapshot!(sketch_of(&config(), &manuscript, &world));
}

const LINKS: &str = "A [place](https://a.example/?utm_source=x \"Its Title\"), *[twice](https://A.example)*. \
    An <https://auto.example>, [auto.example](https://auto.example), [mail](mailto:a@b.c).\n\n\
    [here](https://here.example) and [here](https://here.example), (see [this](https://a.example)).\n\n\
    ## A [heading](https://heading.example)\n\n[![P](p.png)](https://big.example/p.png)\n\n\
    Note.[^n] Agency [said](https://said.example)---so.\n\n[^n]: See [that](https://that.example) and [^m].\n[^m]: Deep[^n].\n";

#[test]
fn links_become_notes() {
    insta::assert_snapshot!(post(LINKS));
}

#[test]
fn links_in_other_ways() {
    let manuscript =
        manuscript(&[("manuscript/a.md", "A [place](https://a.example), so.\n")]);
    let world = MemoryWorld::new(date(2026, 1, 1));
    for (links, text) in [
        (
            LinkPolicy::Inline,
            "p: A [place](https://a.example) (https://a.example), so.\n",
        ),
        (LinkPolicy::Drop, "p: A [place](https://a.example), so.\n"),
    ] {
        let mut config = config();
        config.notes.links = links;
        let debug_tree = sketch_of(&config, &manuscript, &world);
        assert_eq!(debug_tree, format!("== Post {{Emphasis: a}}\n{text}"));
    }
}

#[test]
fn footnotes_and_their_faults() {
    insta::assert_snapshot!(post(
        "One[^A], again[^a], none[^x], escaped \\[^y].\n\n[^a]: First.\n\n    > Quoted.\n\n[^A]: Double.\n\n[^b]: Unused.\n"
    ));
}

#[test]
fn boilerplate_is_left_out() {
    let mut config = config();
    config.notes.boilerplate =
        Some(vec!["read more at the link".to_owned(), "Hat tip".to_owned()]);
    let text = "Words.\n\nRead more at the [link](https://x.example).\n\n\
                So it *is*. Read more at the [link](https://x.example)! And on.\n";
    let world = MemoryWorld::new(date(2026, 1, 1));
    let debug_tree =
        sketch_of(&config, &manuscript(&[("manuscript/a.md", text)]), &world);
    assert_eq!(
        debug_tree,
        "== Post {Emphasis: a}\np: Words.\np: So it {Emphasis: is}. And on.\n"
    );
}

#[test]
fn links_between_posts() {
    let mut config = config();
    let mut manuscript = manuscript(&[
        (
            "manuscript/one.md",
            "## Some Place\n\n[a](two.md) [b](./sub/three#a-place) [c](/2017/07/two/) \
             [d](@/sub/three.md) [e](#some-place) [f](#nowhere) [g](two.md#nowhere) \
             [h](gone.md) [i](same) [j](/old/address) [k](https://blog.example/2017/07/two) \
             [l](#Some_Place) [m](https://blog.example/about)\n",
        ),
        ("manuscript/two.md", "Two.\n"),
        ("manuscript/sub/three.md", "### A place\n"),
        ("manuscript/x/same.md", "Same.\n"),
        ("manuscript/y/same.md", "Same.\n"),
    ]);
    manuscript.posts[2].header.addresses.push("/old/address/".to_owned());
    let world = MemoryWorld::new(date(2026, 1, 1));
    let without = sketch_of(&config, &manuscript, &world);
    config.site = Some("https://blog.example".to_owned());
    insta::assert_snapshot!(without + &sketch_of(&config, &manuscript, &world));
}

#[test]
fn pictures_are_found() {
    let mut world = MemoryWorld::new(date(2026, 1, 1));
    let drawing = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\"/>";
    for path in ["manuscript/a b.svg", "static/img/b.svg", "cover.svg"] {
        world.insert(path, drawing.as_bytes());
    }
    world.insert("manuscript/bad.png", b"bad".as_slice());
    let mut config = config();
    config.cover = Some("cover.svg".to_owned());
    let text = "![One](a%20b.svg?x=1) ![Two](/img/b.svg) ![Three](a%20b.svg) ![](gone.png) \
                ![Four](gone.png) ![Five](https://x.example/y.png) ![Six](bad.png) ![](cover.svg 'Seven')\n";
    let manuscript = manuscript(&[("manuscript/a.md", text)]);
    let resolved = resolved(&config, &manuscript, &world);
    assert!(resolved.value.cover.is_some());
    let paths: Vec<&str> = resolved
        .value
        .pictures
        .iter()
        .map(|(_, picture)| picture.path.as_str())
        .collect();
    assert_eq!(paths, ["manuscript/a b.svg", "static/img/b.svg", "cover.svg"]);
    insta::assert_snapshot!(sketch_of(&config, &manuscript, &world));
}
