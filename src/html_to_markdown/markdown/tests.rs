use proptest::prelude::*;

use super::super::notes;
use super::super::tree::{LineEnds, into_paragraphs, parse};
use super::*;
use crate::document::{
    Block, BlockKind, Inline, InlineKind, Visit, walk_block, walk_inline, words_of,
};
use crate::markdown::tests::post;

fn written(html: &str) -> String {
    write(&notes::find(into_paragraphs(parse(html), LineEnds::Spaces), &[]))
}

/// All text that our own reader finds.
#[derive(Default)]
struct Words(String);

impl Visit for Words {
    fn block(&mut self, block: &Block) {
        if let BlockKind::Code { text, .. } = &block.kind {
            self.0.push_str(text);
        }
        walk_block(self, block);
    }

    fn inline(&mut self, inline: &Inline) {
        match &inline.kind {
            InlineKind::Text(text) | InlineKind::Code(text) => self.0.push_str(text),
            _ => walk_inline(self, inline),
        }
    }
}

fn words(text: &str) -> String {
    let read = crate::markdown::read(&post(text)).value;
    let mut words = Words::default();
    words.blocks(&read.blocks);
    for note in &read.footnotes {
        words.blocks(&note.blocks);
    }
    words.0
}

#[test]
fn what_markdown_can_say() {
    for (html, markdown) in [
        ("<p>a <b>bold</b> and <i>sloped</i> word</p>", "a **bold** and *sloped* word"),
        ("<p><strong><em>both</em></strong></p>", "***both***"),
        ("<p>a<b> spaced </b>b</p>", "a **spaced** b"),
        ("<p>a<br>b</p>", "a\\\nb"),
        ("<h2>Heading</h2>", "## Heading"),
        ("<p><a href=\"/a b\">words</a></p>", "[words](/a%20b)"),
        (
            "<p><a href=\"https://a.example\">https://a.example</a></p>",
            "<https://a.example>",
        ),
        ("<p>x <img src=a.png alt=\"A [b]\"> y</p>", "x ![A \\[b&#93;](a.png) y"),
        ("<ul><li>a<li>b<ul><li>c</ul></ul>", "- a\n- b\n  - c"),
        ("<ol start=3><li><p>a</p><li><p>b</p></ol>", "3. a\n\n4. b"),
        ("<ul><li>a</ul><ul><li>b</ul>", "- a\n\n* b"),
        ("<blockquote><p>a</p><p>b</p></blockquote>", "> a\n>\n> b"),
        ("<blockquote>a<cite>B</cite></blockquote>", "> a\n>\n> — B"),
        (
            "<pre><code class=language-rust>fn a() {\n}\n</code></pre>",
            "```rust\nfn a() {\n}\n```",
        ),
        ("<pre>a ``` b</pre>", "````\na ``` b\n````"),
        ("<p><code>a ` b</code></p>", "``a ` b``"),
        ("<hr>", "---"),
        (
            "<table><tr><th>a<th align=right>b<tr><td>1<td>2|3</table>",
            "| a | b |\n| --- | ---: |\n| 1 | 2\\|3 |",
        ),
        ("<p>x<sub>2</sub> <u>u</u> <s>s</s></p>", "x<sub>2</sub> <u>u</u> ~~s~~"),
        ("<p>a <span lang=fr>mot</span></p>", "a <span lang=\"fr\">mot</span>"),
        ("<ul><li><input type=checkbox checked> done</ul>", "- [x] done"),
    ] {
        assert_eq!(written(html).trim_end(), markdown, "{html}");
    }
}

#[test]
fn what_it_cannot_say_stays_html() {
    for (html, markdown) in [
        (
            "<table><tr><td colspan=2>a</td></tr><tr><td>b<td>c</table>",
            "<table>\n<tbody>",
        ),
        ("<dl><dt>a<dd>b</dl>", "<dl>\n<dt>a</dt>\n<dd>b</dd></dl>"),
        ("<p>wo<b>r</b>d <b>(x)</b>y</p>", "wo**r**d <strong>(x)</strong>y"),
        (
            "<figure><img src=a.png alt=A><figcaption>B</figcaption></figure>",
            "<figure>\n<img src=\"a.png\" alt=\"A\">\n<figcaption>B</figcaption>\n</figure>",
        ),
        (
            "<details><summary>a</summary><p>b</p></details>",
            "<details>\n<summary>a</summary>\n\nb\n\n</details>",
        ),
        (
            "<p><img src=a.png alt=A></p>",
            "<figure>\n<img src=\"a.png\" alt=\"A\">\n</figure>",
        ),
    ] {
        let written = written(html);
        let begins =
            written.starts_with(markdown) || written.starts_with("<table>\n<tr>");
        assert!(begins, "{html}\n{written}");
    }
}

#[test]
fn text_is_no_markup() {
    for text in [
        "# no heading",
        "1. no list",
        "- no list",
        "+ no list",
        "> no quotation",
        "a * b * c",
        "snake_case and _this_",
        "a `b` c",
        "[a](b)",
        "[a]: b",
        "![a](b)",
        "a < b and <c>",
        "&amp; &copy;",
        "AT&T; x",
        "$5 and $6",
        "{.class}",
        "a {#id}",
        "=== x",
        "--- x",
        "~~a~~",
        "a \\ b \\* c",
        "| a | b |",
        ": a",
        "::: note",
        "[^1] and [^a]: b",
        "[[wiki]] [x][y]",
        "!important",
        "!!! note",
        "``` x",
        "    indented",
        "http://a.example/b_c_d",
        "***",
        "* * *",
        "+++",
        "---",
        "[x] a",
        "{{ a }} {% b %}",
        "%% c %%",
        "<!-- d -->",
        "a\\",
        "_",
        "a_",
        "2) b",
        "[@key]",
        "@fig-x",
        "[Korea Times]",
        "x^2^ H~2~O",
        "\\(a b\\) c",
    ] {
        let html = format!("<p>{}</p>", super::super::tree::escaped(text));
        let markdown = written(&html);
        let read = crate::markdown::read(&post(&markdown)).value;
        let found = words_of(&read.blocks);
        let expected = text.split_whitespace().collect::<Vec<_>>().join(" ");
        assert_eq!(read.blocks.len(), 1, "{text}\n{markdown}{:?}", read.blocks);
        let straight = found.replace('—', "---").replace('–', "--");
        assert_eq!(straight.trim(), expected, "{text}\n{markdown}");
    }
}

#[test]
fn what_is_written_is_as_long_as_what_is_read() {
    let piece = "<div><p>A <b>word</b> and <a href=\"#x\">[1]</a>.</p><ul><li>item</ul>";
    let length = |times: usize| written(&piece.repeat(times)).len();
    assert!(length(4_000) < length(400) * 11);
}

proptest! {
    #[test]
    fn no_word_is_lost(
        html in r"(<(p|b|i|em|strong|ul|li|ol|blockquote|h2|h5|code|a href=x|sup|td|table|tr|th|div|figure|s|br|pre|dl|dt|dd|figcaption|u|span|q)>|</(p|b|i|ul|li|blockquote|h2|a|table|tr|div|em|strong|figure|code|s)>|[a-z]{1,4}|[a-z]{1,4}[ *_.!(\[#|<>&~`$\\-]| |\n){0,24}",
    ) {
        let markdown = written(&html);
        let letters = |text: &str| {
            text.chars().filter(char::is_ascii_alphabetic).collect::<String>()
        };
        let source = letters(&plain_of(&html));
        let mut found = letters(&words(&markdown));
        prop_assert_eq!(found.len(), source.len(), "{}\n{}", html, markdown);
        found.clear();
    }
}

/// The words of HTML, without what stands between the parts of tables and lists.
fn plain_of(html: &str) -> String {
    super::super::tree::plain_text(&parse(html))
}
