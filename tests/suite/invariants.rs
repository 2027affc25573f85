//! What holds for books of any words.

use std::time::{Duration, Instant};

use bindery::MemoryWorld;
use jiff::civil::date;
use proptest::prelude::*;

use crate::case::{Bound, Case, bind, unpack};
use crate::pages;

/// A book of posts without headers.
fn world(posts: impl IntoIterator<Item = String>) -> MemoryWorld {
    let mut world = MemoryWorld::new(date(2026, 1, 1));
    world.insert("book.yaml", "title: Any\npdf: { trim: a5 }\n".as_bytes());
    for (at, post) in posts.into_iter().enumerate() {
        world.insert(format!("manuscript/{at:04}.md"), post.into_bytes());
    }
    world
}

fn bound(posts: impl IntoIterator<Item = String>) -> Bound {
    bind(&world(posts))
}

fn words(text: &str) -> Vec<&str> {
    text.split_whitespace().collect()
}

/// The words of a document, its markup aside.
fn words_of_markup(markup: &str) -> String {
    let body = markup.split_once("<body").map_or(markup, |(_, body)| body);
    let mut text = String::new();
    for part in body.split('<').skip(1) {
        let (tag, words) = part.split_once('>').unwrap_or(("", part));
        let closes_block = ["/p", "/h1", "/div"].iter().any(|name| tag.starts_with(name));
        text += if closes_block { " " } else { "" };
        text += words;
    }
    text
}

/// Parts of posts in which something stands that XML forbids.
fn unclean() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<String>(),
        any::<char>().prop_map(|c| format!("&#{}; ", u32::from(c) % 0x200)),
        (0..0x11_0000_u32).prop_map(|c| format!("&#x{c:X}; ")),
        (0..0x20_u32).prop_map(|c| {
            let c = char::from_u32(c).unwrap_or(' ');
            format!("<b title='{c}' class=\"a{c}b\" lang='{c}'>{c}</b> `{c}` ${c}x$ [a{c}](/{c}x '{c}')")
        }),
        prop::sample::select(vec![
            "\n\n## &#xFFFF; heading {#a\u{2}}\n\n", "\n\n```x\u{1}\ncode\n```\n\n",
            "![\u{fffe}](data:image/png;base64,AAAA)", "[^\u{1}]\n\n[^\u{1}]: note\n\n",
            "^[\u{3}note]", "| a\u{1} |\n|---|\n| b | c |\n\n", "<ol start='\u{1}'><li value=&#2;>x</ol>",
            "<o:p>", "<Note a=\"\u{1}\">", "</Note>", "<!-- ", "-->", "<![CDATA[ \u{1}", "<?\u{1}",
            "\\(a\u{1}\\)", "{: .a\u{1} #b}", "\n\n",
        ])
        .prop_map(str::to_owned),
    ]
}

/// What XML 1.0 forbids or discourages (section 2.2), as far as a `char` can be it.
fn is_forbidden(c: char) -> bool {
    let code = u32::from(c);
    c.is_control() && !matches!(c, '\t' | '\n' | '\r')
        || code & 0xfffe == 0xfffe
        || (0xfdd0..=0xfdef).contains(&code)
}

/// Whether a document is XML: its elements are closed, and no character is forbidden.
fn well_formed(document: &str) -> Result<(), String> {
    use quick_xml::events::Event;
    if let Some(c) = document.chars().find(|&c| is_forbidden(c)) {
        return Err(format!("U+{:04X}", u32::from(c)));
    }
    for part in document.split("&#").skip(1) {
        let number = part.split(';').next().unwrap_or_default();
        let value = match number.strip_prefix(['x', 'X']) {
            Some(digits) => u32::from_str_radix(digits, 16),
            None => number.parse(),
        };
        if value.ok().and_then(char::from_u32).is_none_or(is_forbidden) {
            return Err(format!("&#{number};"));
        }
    }
    let mut reader = quick_xml::Reader::from_str(document);
    loop {
        match reader.read_event().map_err(|error| error.to_string())? {
            Event::Start(tag) | Event::Empty(tag) => {
                for attribute in tag.attributes() {
                    attribute.map_err(|error| error.to_string())?;
                }
            }
            Event::Eof => return Ok(()),
            _ => {}
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 16, ..ProptestConfig::default() })]

    #[test]
    fn every_document_is_well_formed(
        title in any::<String>(),
        author in any::<String>(),
        parts in prop::collection::vec(unclean(), 0..40),
    ) {
        let text = |text: &str| serde_json::to_string(text).expect("JSON");
        let (title, author) = (text(&format!("T\u{1}{title}")), text(&author));
        let mut world = MemoryWorld::new(date(2026, 1, 1));
        let book = format!("title: {title}\nauthors: [{author}]\ndescription: {author}\n");
        world.insert("book.yaml", book.into_bytes());
        let post = format!("{{ \"title\": {title}, \"author\": {author} }}\n\n{}", parts.concat());
        world.insert("manuscript/post.md", post.into_bytes());
        let bound = bind(&world);
        if let Some(editions) = &bound.editions {
            for (path, content) in unpack(&editions.epub) {
                if [".xhtml", ".opf", ".ncx"].iter().any(|kind| path.ends_with(kind)) {
                    let judged = well_formed(&content);
                    prop_assert!(judged.is_ok(), "{path}: {judged:?}\n{content}");
                }
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 16, ..ProptestConfig::default() })]

    #[test]
    fn no_word_is_lost(
        posts in prop::collection::vec(
            prop::collection::vec(
                prop::collection::vec("[a-z]{1,18}", 1..120), 1..8), 1..4)
    ) {
        let texts: Vec<String> = posts
            .iter()
            .map(|post| {
                let paragraphs = post.iter().map(|words| words.join(" "));
                paragraphs.collect::<Vec<_>>().join("\n\n")
            })
            .collect();
        let bound = bound(texts.iter().cloned());
        let editions = bound.editions.as_ref().expect("editions");
        let files = unpack(&editions.epub);
        let running = pages::running_text(&editions.frames);
        let running = format!(" {} ", words(&running).join(" "));
        for (at, text) in texts.iter().enumerate() {
            let expected = format!(" {} ", words(text).join(" "));
            let name = format!("EPUB/chapter-{:03}", at + 1);
            let (_, chapter) =
                files.iter().find(|(path, _)| path.starts_with(&name)).expect("chapter");
            let chapter = words_of_markup(chapter);
            let chapter = format!(" {} ", words(&chapter).join(" "));
            prop_assert!(chapter.contains(&expected), "{chapter}\nlacks\n{expected}");
            prop_assert!(running.contains(&expected), "{running}\nlacks\n{expected}");
        }
    }
}

/// Something that a post may say: its Markdown, and the words that a reader must find.
#[derive(Debug, Clone)]
struct Said {
    markdown: String,
    words: String,
    /// Whether the words stand in reading order on paper: text from right to left is drawn from
    /// left to right.
    in_order: bool,
}

fn said() -> impl Strategy<Value = Said> {
    let plain =
        |markdown: String| Said { words: markdown.clone(), markdown, in_order: true };
    let latin =
        || prop::collection::vec("[a-z]{1,12}", 1..30).prop_map(|it| it.join(" "));
    let ideographs =
        || prop::collection::vec("[一-十人大小山川日月木火土金水]{1,20}[。，]", 1..12);
    prop_oneof![
        latin().prop_map(plain),
        ideographs().prop_map(|it| it.concat()).prop_map(plain),
        prop::collection::vec("[א-ת]{1,9}|[ا-غ]{1,9}", 1..25).prop_map(|it| {
            let words = it.join(" ");
            Said { markdown: words.clone(), words, in_order: false }
        }),
        (latin(), latin(), latin()).prop_map(|(a, b, c)| Said {
            markdown: format!("{a} *{b}* **{c}** `{b}` {a}"),
            words: format!("{a} {b} {c} {b} {a}"),
            in_order: true,
        }),
        (latin(), latin(), "[a-z]{4,8}").prop_map(|(a, b, label)| Said {
            // The note itself stands elsewhere.
            markdown: format!("{a}[^{label}]\n\n[^{label}]: {b}"),
            words: b,
            in_order: true,
        }),
        prop::collection::vec(("[a-z]{1,9}", "[a-z]{1,9}"), 1..8).prop_map(|rows| {
            let row = |(a, b): &(String, String)| format!("| {a} | {b} |\n");
            let body: String = rows.iter().map(row).collect();
            let cell = |(a, b): &(String, String)| format!("{a} {b} ");
            Said {
                markdown: format!("| first | second |\n|---|---|\n{body}"),
                words: rows.iter().map(cell).collect(),
                in_order: true,
            }
        }),
    ]
}

/// A text without white space, and without what only tells words where they may break.
fn bare(text: &str) -> String {
    let shown = |c: &char| !c.is_whitespace() && !matches!(c, '\u{ad}' | '\u{200b}');
    text.chars().filter(shown).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn whatever_is_said_is_in_both_editions(said in prop::collection::vec(said(), 1..10)) {
        let mut post = String::new();
        for (at, part) in said.iter().enumerate() {
            // Labels of notes must differ.
            post += &part.markdown.replace("[^", &format!("[^{at}"));
            post += "\n\n";
        }
        let bound = bound([post]);
        let editions = bound.editions.as_ref().expect("editions");
        let files = unpack(&editions.epub);
        let documents = files.iter().filter(|(path, _)| path.ends_with(".xhtml"));
        let epub: String = documents.map(|(_, text)| bare(&words_of_markup(text))).collect();
        let pdf = bare(&pages::running_text(&editions.frames));
        for part in &said {
            let expected = bare(&part.words);
            prop_assert!(epub.contains(&expected), "{epub}\nlacks\n{expected}");
            if part.in_order {
                prop_assert!(pdf.contains(&expected), "{pdf}\nlacks\n{expected}");
            } else {
                for word in words(&part.words) {
                    prop_assert!(pdf.contains(word), "{pdf}\nlacks\n{word}");
                }
            }
        }
    }
}

#[test]
fn a_book_bound_twice_is_the_same_book() {
    let named = ["content/figures", "notes/footnotes", "pages/front-matter"];
    let cases = Case::all();
    for name in named {
        let case = cases.iter().find(|case| case.name == name).expect(name);
        let [one, two] = [case.bind(), case.bind()];
        assert_eq!(one.messages(), two.messages(), "{name}");
        let files = |bound: &Bound| {
            bound.editions.as_ref().map(|e| (e.epub.clone(), e.pdf.clone()))
        };
        assert!(files(&one) == files(&two), "{name}: two bindings differ");
    }
}
/// Four times the posts may not take eight times as long. Only a ratio is asked for, and the
/// better of two runs counts: the machine may be busy.
#[test]
fn the_time_grows_with_the_posts_and_no_faster() {
    let sentence =
        "The pilot boat came out at dawn, and lay alongside the old pier.[^n] ";
    let post =
        |at: usize| format!("{}\n\n[^n]: Note of post {at}.\n", sentence.repeat(24));
    let time = |posts: usize| -> Duration {
        let run = || {
            let start = Instant::now();
            assert!(bound((0..posts).map(post)).editions.is_some());
            start.elapsed()
        };
        run().min(run())
    };
    let (few, many) = (time(25), time(100));
    assert!(many < few * 8, "25 posts take {few:?}, 100 posts {many:?}");
}
