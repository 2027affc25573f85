use proptest::prelude::*;

use crate::config::{Edits, Omission, Omitted, Places, Replacement, Search};
use crate::document::words_of;
use crate::markdown;
use crate::markdown::tests::post;
use crate::source::Span;

use super::{Rules, edit};

fn rules(omit: Vec<Omitted>, replace: Vec<(Search, &str)>) -> Rules {
    let span = Span::DETACHED;
    let places = Places { text: true, links: false, code: true };
    let omit = omit.into_iter().map(|what| Omission { what, span }).collect();
    let replace = replace.into_iter().map(|(search, to)| Replacement {
        search,
        to: to.to_owned(),
        places,
        span,
    });
    let rules =
        Rules::new(&Edits { omit, replace: replace.collect(), ..Edits::default() });
    assert_eq!(rules.diagnostics, []);
    rules.value
}

/// The words that rules leave of a post, and how often each was of use.
fn edited(text: &str, rules: &Rules) -> (String, Vec<usize>) {
    let post = post(text);
    let document = markdown::read(&post).value;
    let edited = edit(rules, &post, document);
    let mut words = words_of(&edited.document.blocks);
    for note in &edited.document.footnotes {
        words.push_str(&format!(" [{}]{}", note.label, words_of(&note.blocks)));
    }
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    let count = |rule| edited.hits.iter().filter(|hit| hit.rule == Some(rule)).count();
    (words, (0..rules.names.len()).map(count).collect())
}

fn omitted(text: &str, what: Omitted) -> (String, usize) {
    let (words, hits) = edited(text, &rules(vec![what], Vec::new()));
    (words, hits[0])
}

#[test]
fn selectors_match_what_the_post_has() {
    let text = "<div class=\"a\" id=\"i\"><p>one</p></div>\n\n\
        two [three](https://x.example/s?share=1) <a class=\"b\" href=\"/y\">four</a>, five\n\n\
        - six\n- <span class=\"c\">seven</span>\n\n> eight\n\n![nine](n.png)\n\n\
        |a|b|\n|-|-|\n|c|d|\n\n## ten {.e}\n\neleven\n";
    let all = "one two three four, five six seven eight nine a b c d ten eleven";
    for (selector, gone, hits) in [
        (".a", "one ", 1),
        ("div#i > p", "one ", 1),
        ("a[href*='share=']", "three ", 1),
        ("a.b", " four", 1),
        ("p > a", " three four", 2),
        ("li:last-child", "seven ", 1),
        (".c", "seven ", 1),
        ("ul, blockquote", "six seven eight ", 2),
        ("tr:first-child td, thead", "a b c d ", 3),
        ("h2.e", "ten ", 1),
        ("h2 + p, h2", "ten eleven", 2),
        ("img", "nine ", 1),
        ("q", "", 0),
    ] {
        let (words, found) = omitted(text, Omitted::Selector(selector.to_owned()));
        assert_eq!((words.as_str(), found), (all.replace(gone, "").trim(), hits));
    }
}

#[test]
fn sections_go_up_to_the_next_of_their_level() {
    let text = "## One\n\na\n\n### *Related posts:*\n\nb\n\n#### Deep\n\nc\n\n### Two\n\nd\n\n\
        ## RELATED  Posts\n\ne\n";
    let left = omitted(text, Omitted::Heading("related posts".to_owned()));
    assert_eq!(left, ("One a Two d".to_owned(), 2));
}

#[test]
fn blocks_of_text_go_whole() {
    let text = "Read “the rest” of it… here\n\n- the rest of it\n  - and more\n- stays\n\n\
        | t |\n|---|\n| the rest |\n\n> The Rest of *it*\n\nlast";
    let found = omitted(text, Omitted::Phrase("the rest".to_owned()));
    assert_eq!(found, ("stays t last".to_owned(), 4));
    let found = omitted(text, Omitted::Pattern("^(The|the) [Rr]est of".to_owned()));
    assert_eq!(
        found,
        ("Read “the rest” of it… here stays t the rest last".to_owned(), 2)
    );
    let found = omitted(text, Omitted::Phrase("\"the rest\" of it...".to_owned()));
    assert_eq!(found.1, 1);
}

#[test]
fn notes_go_with_what_refers_to_them() {
    let text = "a[^1]\n\n[b[^2] [^1]]{.x}\n\n[^1]: one\n[^2]: two[^3]\n[^3]: three\n[^4]: four\n";
    let found = omitted(text, Omitted::Selector(".x".to_owned()));
    assert_eq!(found, ("a [1] one [4] four".to_owned(), 1));
    let found = omitted(text, Omitted::Phrase("one".to_owned()));
    assert_eq!(found, ("a b [2] two [3] three [4] four".to_owned(), 1));
}

#[test]
fn words_become_others() {
    let words = |words: &str, whole_word| {
        let words = words.to_owned();
        Search::Words { words, whole_word }
    };
    for (text, search, to, expected, hits) in [
        ("a cat, a *cat*, concat", words("cat", false), "dog", "a dog, a dog, condog", 3),
        ("a cat, a *cat*, concat", words("cat", true), "dog", "a dog, a dog, concat", 2),
        ("don't \"stop\"", words("don't \"stop\"", false), "go", "go", 1),
        ("wait... more", words("...", false), "x", "waitx more", 1),
        ("one two\nthree", words("two three", true), "2 3", "one 2 3", 1),
        ("a b c", words("b", true), "", "a c", 1),
        ("5 km `6 km`", Search::Pattern(r"(\d) km".to_owned()), "$1 m", "5 m 6 m", 2),
        ("aaa", Search::Pattern("b*".to_owned()), "x", "aaa", 0),
    ] {
        let (found, counts) = edited(text, &rules(Vec::new(), vec![(search, to)]));
        assert_eq!((found.as_str(), counts[0]), (expected, hits), "{text}");
    }
}

#[test]
fn rules_that_cannot_be_read_are_errors() {
    let span = Span::DETACHED;
    let omit = [
        Omitted::Selector("p:nonsense".to_owned()),
        Omitted::Selector(".a {".to_owned()),
        Omitted::Pattern("a(".to_owned()),
    ];
    let omit = omit.map(|what| Omission { what, span }).to_vec();
    let rules = Rules::new(&Edits { omit, ..Edits::default() });
    assert_eq!(rules.diagnostics.len(), 3);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    /// The walk that shows the tree to selectors and the one that takes things out of it number
    /// the elements alike, whatever the post is.
    #[test]
    fn both_walks_go_the_same_way(
        text in r#"(<(div|p|ul|li|table|tr|td|figure|img|figcaption|span|a href="x"|ruby|rt|dl|dt)( class="x")?>|</(div|p|ul|table|figure|span|a)>|\n\n|- |> |## |word|\[\^1\]|!\[a\]\(b\)|\| a \| b \|\n|-\|-\||\n: |\[w\]\{\.x\}){0,40}"#,
    ) {
        let words = |text: &str, selector: &str| {
            omitted(text, Omitted::Selector(selector.to_owned())).0
        };
        let whole = words(&text, "nothing");
        let left = words(&text, ".x, li:first-child, figcaption");
        prop_assert!(left.len() <= whole.len());
        prop_assert_eq!(words(&text, "body > *"), "");
    }
}
