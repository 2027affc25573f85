use crate::document::sketch;
use crate::language::Language;
use crate::manuscript::{Post, PostHeader};
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
        file,
        path: "posts/a-post.md".to_owned(),
        text: text.into(),
        body: 0..text.len(),
        header: PostHeader { title: "A post".to_owned(), ..PostHeader::default() },
        slug: "a-post".to_owned(),
        smart_punctuation: true,
        language: Language::parse(language).expect("a language"),
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
    sketch::document(&read.value) + &said
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
