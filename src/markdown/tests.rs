use proptest::prelude::*;

use crate::config::Generator;
use crate::document::{
    Block, Inline, Visit, debug_tree, walk_block, walk_inline, words_of,
};
use crate::language::Language;
use crate::manuscript::{Origin, Post, PostFormat, PostHeader};
use crate::source::Sources;

use super::read;

/// A post in English whose body is `text`.
pub(crate) fn post(text: &str) -> Post {
    post_in(text, "en")
}

/// A post in a language.
pub(crate) fn post_in(text: &str, language: &str) -> Post {
    let file = Sources::default().add("posts/a-post.md", text);
    Post {
        section: None,
        notes: Vec::new(),
        file,
        path: "posts/a-post.md".to_owned(),
        text: text.into(),
        body: 0..text.len(),
        header: PostHeader { title: "A post".to_owned(), ..PostHeader::default() },
        slug: "a-post".to_owned(),
        format: PostFormat::Markdown,
        smart_punctuation: true,
        language: Language::parse(language).expect("a language"),
        origin: Origin::of(Generator::Unknown),
    }
}

/// The sketch of a post, then its diagnostics.
fn reading(text: &str) -> String {
    let read = read(&post(text));
    let said: String = read
        .diagnostics
        .iter()
        .map(|it| {
            let at = it.span.map_or(String::new(), |span| {
                text[span.range()].escape_debug().to_string()
            });
            format!("! {} at `{at}`: {}\n", it.code.name(), it.message)
        })
        .collect();
    debug_tree::document(&read.value) + &said
}

#[test]
fn commonmark() {
    insta::assert_snapshot!(reading(
        "A *first* **paragraph** with `code`,\na [link](https://example.org \"T\") and ![a](b.png).\n\n\
         ### Deep\n\nhard  \nbreak\n\n##### Deeper\n\n#### Deep again\n\n- one\n- two\n  1. inner\n\n- [x] done\n\n\
         > quoted\n>\n> > twice\n\n```rust,ignore\nfn main() {}\n```\n\n***\n\n\
         | a | b |\n|---|:-:|\n| 1 | *2* |\n\nTerm\n: Meaning\n\nNote[^1] and note[^x].\n\n[^1]: The note.\n\n\
         ![A *caption*](pic.png)\n"
    ));
}

#[test]
fn html() {
    insta::assert_snapshot!(reading(
        "<details>\n<summary>More</summary>\n\nText *inside*.\n\n</details>\n\n\
         <div class=\"a b\" id=here>\n\n- item\n\n</div>\n\n\
         A <b>bold <i>both</b> word</i>, Vec<T> and <something happening>.<br>Next<!-- gone -->\n\n\
         <figure><img src=x.png alt=\"X\"><figcaption>Words <em>here</em></figcaption></figure>\n\n\
         <table><tr><th>A<th>B<tr><td colspan=2>wide</table>\n\n\
         <ul><li>one<li>two <p>three</ul>\n\n\
         > <div>\n> in a quote\n\n\
         <script>bad()</script>\n\n<iframe src=\"https://video.example/1\" title=\"A film\"></iframe>\n\n\
         <my-thing>kept</my-thing> <span>plain</span>\n"
    ));
}

#[test]
fn containers_and_alerts() {
    insta::assert_snapshot!(reading(
        "Before\n::: note A *title*\nInside\n:::\nAfter\n\n\
         :::figure A caption\n\n| a |\n|---|\n| b |\n\n:::\n\n\
         ::::outer\n:::inner\nDeep\n:::\nOut\n::::\n\n\
         > [!WARNING]\n> Mind.\n\n> ::: tip[Quoted]\n> Tip\n> :::\n\n\
         ```\n::: code\n:::\n```\n\n:::\n\n::: open\nNever closed\n"
    ));
}

#[test]
fn figures() {
    insta::assert_snapshot!(reading(
        "![A \"crowd\". (Yonhap)](a.jpg)\n\n![Alt](b.jpg 'A title / Agency photo by Ann Lee')\n\n\
         [![Linked](c.jpg)](https://x.example)\n\n![](d.jpg)\n\n![One](e.jpg) ![Two](f.jpg)\n\n\
         ![By [Ann](https://ann.example) (Photo: Ann Lee)](g.jpg)\n\n\
         <figure class=wide><img src=h.jpg alt='H'><figcaption>Words<br>(AFP)</figcaption></figure>\n\n\
         | ![cell](i.jpg) |\n|---|\n"
    ));
}

#[test]
fn html_keeps_its_words() {
    insta::assert_snapshot!(reading(
        "<p align=center>Centred <font color=red>red</font></p>\n\n\
         <pre><code class=\"language-c\">if (a &lt; b)\n\n  <b>x</b>;\n</code></pre>\n\n\
         Vec<Object>, Box<A> and Iterator<Item = T>; <B>BOLD</B><BR>\n\n\
         <a name=\"here\"></a><a id=there href=\"#here\">to *here*</a> <code>a <a href=b>b</a></code>\n\n\
         <ruby>漢<rp>(</rp><rt>kan</rt><rp>)</rp></ruby> <abbr title=\"World\">W</abbr> <q>quoted</q> <kbd>Esc</kbd>\n\n\
         <ol start=3><li id=fn1>three</ol>\n\n<dl><dt>T<dd>M</dl>\n\n\
         <b>\n\nA bold paragraph.\n\n</b>\n\n\
         <table><caption>C</caption><thead><tr><th>h</th><th style=\"text-align: right\">i</th></tr></thead>\n<tr><td rowspan=2>a</td><td>b</td></tr><tr><td>c</td></tr></table>\n\n\
         <li>stray item\n\n<td>stray cell\n\n\
         <form>Name <input name=x> <button>Go</button></form>\n\n<svg><text>gone</text></svg>\n\n\
         <video controls><source src=a/b.mp4><source src=c.webm>Cannot</video>\n\n\
         <style>p { color: red }</style>\n\nA<!-- comment\nof lines -->B &amp; &copy; \u{c}C\n\n<div\n"
    ));
}

#[test]
fn headings_and_names() {
    insta::assert_snapshot!(reading(
        "#### Deepest first\n\n# 1. Top\n\n### Skips {#own .c}\n\n# 1. Top\n\n## Ref-counting\n\n\
         <h2 id=own>Again</h2>\n\n# \n\n## ref- and *marks*, `code`!\n"
    ));
}

#[test]
fn formulas() {
    insta::assert_snapshot!(reading(
        "Inline $a^2$ and display $$b$$ end. They paid $5–$10.\n\n$$\nc\n$$\n\n$\\nonsense$\n"
    ));
}

#[test]
fn scripts_without_spaces() {
    assert_eq!(reading("漢字\nかな\n한국\n어 and\nso\n"), "p: 漢字かな 한국 어 and so\n");
}

/// How deep a tree is.
struct Depth {
    now: usize,
    most: usize,
}

impl Visit for Depth {
    fn block(&mut self, block: &Block) {
        self.now += 1;
        self.most = self.most.max(self.now);
        walk_block(self, block);
        self.now -= 1;
    }

    fn inline(&mut self, inline: &Inline) {
        self.now += 1;
        self.most = self.most.max(self.now);
        walk_inline(self, inline);
        self.now -= 1;
    }
}

/// Posts that are meant to be too much: each a part over and over, some closed as often.
pub(crate) fn hostile() -> impl Iterator<Item = String> {
    const PARTS: [(&str, &str); 29] = [
        ("> ", ""),
        ("- ", ""),
        ("*a ", ""),
        ("**a *", ""),
        ("[", ""),
        ("[", "](x)"),
        ("![", "](x)"),
        ("<div>", ""),
        ("<b>", "</b>"),
        ("<b>", "</i>"),
        ("<ul><li>", ""),
        ("<table><tr><td>", ""),
        ("::: a\n", ""),
        ("'a ", ""),
        ("\"", ""),
        ("x<A>", ""),
        ("<a b", ""),
        ("$a", "$"),
        ("[^1]", ""),
        ("[^a", ""),
        ("<!-- ", ""),
        ("[[a](http://x.example)] ", ""),
        ("| a ", "|\n"),
        ("&lt;", ""),
        ("http://a.b ", " "),
        ("[a](#b) ", ""),
        ("![a](b/c.png) ", ""),
        ("a/", "](x"),
        ("# a\n", ""),
    ];
    PARTS.iter().map(|(open, close)| open.repeat(20_000) + "word" + &close.repeat(20_000))
}

#[test]
fn depth_is_bounded_and_time_linear() {
    // Were time not linear, these would not end.
    for text in hostile() {
        let read = read(&post(&text)).value;
        let mut depth = Depth { now: 0, most: 0 };
        depth.blocks(&read.blocks);
        assert!(depth.most < 150, "{}: {}", &text[..10], depth.most);
    }
}

/// Parts of posts, well made or not.
pub(crate) fn part() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<String>(),
        prop::sample::select(vec![
            "# ",
            "\n\n",
            "> ",
            "- ",
            "1. ",
            "    ",
            "\t",
            "*",
            "**",
            "_",
            "`",
            "```\n",
            "[",
            "](u)",
            "![",
            "[^1]",
            "\n[^1]: ",
            "| a | b |\n|---|---|\n",
            "<div>",
            "</div>",
            "<b>",
            "</i>",
            "<br>",
            "<table>",
            "<td>",
            "</table>",
            "<script>",
            "</script>",
            "<pre>",
            "<figure>",
            "<figcaption>",
            "<!--",
            "-->",
            "<a href=x>",
            "</a>",
            "<p>",
            "</p>",
            "<ruby>",
            "<rt>",
            "\n::: note\n",
            "\n:::\n",
            "$",
            "$$",
            "\"",
            "'",
            "--",
            "...",
            "http://a.b/c",
            "&amp;",
            "\\",
            "\r\n",
            "\0",
            "\u{c}",
            "\u{fffe}",
            "\n: ",
            "<svg>",
            "<iframe src=http://x/>",
            "<T>",
            "{#id .c}",
            "[[x](http://y)]",
            "<details>",
            "<summary>",
        ])
        .prop_map(str::to_owned),
        "[a-z]{1,6} ",
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn reading_never_fails(parts in prop::collection::vec(part(), 0..60)) {
        let text = parts.concat();
        let read = read(&post(&text));
        for said in &read.diagnostics {
            let span = said.span.expect("a place");
            prop_assert!(text.get(span.range()).is_some(), "{said:?}");
        }
    }

    #[test]
    fn no_word_is_lost(words in prop::collection::vec(("[a-z]{1,8}", 0..9_usize), 1..80)) {
        let mut text = String::new();
        for (word, way) in &words {
            text.push_str(&match way {
                0 => format!("*{word}* "),
                1 => format!("**{word}**\n"),
                2 => format!("[{word}](https://x.example) "),
                3 => format!("\n\n> {word}\n\n"),
                4 => format!("\n\n- {word}\n\n"),
                5 => format!("<b>{word}</b> "),
                6 => format!("`{word}` "),
                7 => format!("\n\n# {word}\n\n"),
                _ => format!("{word}, "),
            });
        }
        let read_words = words_of(&read(&post(&text)).value.blocks);
        let kept: Vec<&str> = read_words.split(|c: char| !c.is_ascii_lowercase()).filter(|it| !it.is_empty()).collect();
        let written: Vec<&str> = words.iter().map(|(word, _)| word.as_str()).collect();
        prop_assert_eq!(kept, written);
    }
}
