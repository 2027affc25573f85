use std::cell::Cell;
use std::io::{Cursor, Read, Seek, SeekFrom};

use super::*;
use crate::import::Blog;

const HEAD: &str =
    "<rss xmlns:wp=\"http://wordpress.org/export/1.2/\"><channel><title>T</title>";

/// An export of as many posts as one likes, which is nowhere as a whole.
struct Endless<'a> {
    times: u64,
    at: u64,
    /// How far it was read.
    farthest: &'a Cell<u64>,
}

impl Endless<'_> {
    fn item() -> String {
        format!(
            "<item><title>A post</title><wp:post_type>post</wp:post_type><content:encoded>\
             <![CDATA[{}]]></content:encoded></item>",
            "Words and <b>words</b>. ".repeat(400)
        )
    }
}

impl Read for Endless<'_> {
    fn read(&mut self, out: &mut [u8]) -> std::io::Result<usize> {
        let item = Self::item();
        let (head, length) = (HEAD.len() as u64, item.len() as u64);
        let part = if self.at < head {
            &HEAD.as_bytes()[usize::try_from(self.at).unwrap()..]
        } else if self.at < head + length * self.times {
            &item.as_bytes()[usize::try_from((self.at - head) % length).unwrap()..]
        } else {
            b""
        };
        let count = part.len().min(out.len());
        out[..count].copy_from_slice(&part[..count]);
        self.at += count as u64;
        self.farthest.set(self.farthest.get().max(self.at));
        Ok(count)
    }
}

impl Seek for Endless<'_> {
    fn seek(&mut self, to: SeekFrom) -> std::io::Result<u64> {
        if let SeekFrom::Start(at) = to {
            self.at = at;
        }
        Ok(self.at)
    }
}

/// Looks at each post when it comes, and forgets it.
#[derive(Default)]
struct Passing<'a> {
    posts: u64,
    bodies: Vec<String>,
    keep: bool,
    faults: usize,
    left_out: usize,
    /// How far an export was read, and how long each of its items is.
    read: Option<(&'a Cell<u64>, u64)>,
}

impl Sink for Passing<'_> {
    fn post(&mut self, post: ImportedPost) {
        self.posts += 1;
        if let Some((read, length)) = self.read {
            const BUFFERS: u64 = 3 * 64 * 1024;
            let bound = HEAD.len() as u64 + self.posts * length + BUFFERS;
            assert!(read.get() <= bound, "post {} came late", self.posts);
        }
        if self.keep {
            self.bodies.push(post.body);
        }
    }

    fn picture(&mut self, _: &str) -> Option<String> {
        None
    }

    fn left_out(&mut self, _: &'static str) {
        self.left_out += 1;
    }

    fn loss(&mut self, _: String, _: &str) {}

    fn report(&mut self, _: crate::diag::Diagnostic) {
        self.faults += 1;
    }

    fn blog(&mut self, _: Blog) {
        // What comes now is the second reading.
        if let Some((read, _)) = self.read {
            read.set(0);
        }
    }
}

#[test]
fn a_post_is_handed_on_before_the_next_one_is_read() {
    const TIMES: u64 = 300;
    let farthest = Cell::new(0);
    let open = || Ok(Endless { times: TIMES, at: 0, farthest: &farthest });
    let length = Endless::item().len() as u64;
    let mut sink = Passing { read: Some((&farthest, length)), ..Passing::default() };
    import("x.xml", &open, &Selection::default(), &mut sink).unwrap();
    // It has no end tags, which is said.
    assert_eq!((sink.posts, sink.faults), (TIMES, 1));
}

fn bodies(items: &str) -> (Vec<String>, usize) {
    let export = format!("{HEAD}{items}</channel></rss>");
    let open = || Ok(Cursor::new(export.clone().into_bytes()));
    let mut sink = Passing { keep: true, ..Passing::default() };
    import("x.xml", &open, &Selection::default(), &mut sink).unwrap();
    (sink.bodies, sink.faults)
}

fn body(content: &str) -> String {
    let items =
        format!("<item><content:encoded><![CDATA[{content}]]></content:encoded></item>");
    bodies(&items).0.remove(0)
}

#[test]
fn entities_of_a_document_type_are_not_expanded() {
    let mut bomb = "<!DOCTYPE x [<!ENTITY a0 \"ha\">".to_owned();
    for level in 1..30 {
        let before = format!("&a{};", level - 1).repeat(10);
        bomb.push_str(&format!("<!ENTITY a{level} \"{before}\">"));
    }
    bomb.push_str("]>");
    let export = format!(
        "{bomb}{HEAD}<item><title>T</title><content:encoded>Ha: &a29;</content:encoded></item>\
         </channel></rss>"
    );
    let open = || Ok(Cursor::new(export.clone().into_bytes()));
    let mut sink = Passing { keep: true, ..Passing::default() };
    import("x.xml", &open, &Selection::default(), &mut sink).unwrap();
    assert_eq!(sink.bodies, ["Ha: &amp;a29;\n"]);
}

#[test]
fn malformed_text_is_read_as_far_as_it_goes() {
    let whole = "<item><content:encoded>One</content:encoded></item>";
    for (items, expected, faults) in [
        (
            format!("{whole}<item><content:encoded>Two & three</content:encoded></item>"),
            2,
            0,
        ),
        (format!("{whole}<item><content:encoded>Two</item>{whole}"), 3, 1),
        (format!("{whole}</wrong>{whole}"), 2, 0),
        (format!("{whole}<item><content:encoded>a < b</content:encoded></item>"), 2, 1),
        (format!("{whole}<item><content:encoded><![CDATA[never closed"), 2, 1),
    ] {
        let (bodies, found) = bodies(&items);
        assert_eq!(bodies.len(), expected, "{items}");
        assert!(found >= faults, "{items}: {found}");
    }
}

#[test]
fn what_no_shortcode_is_stays() {
    for (content, expected) in [
        ("[sic] and [Korea Times]", "[sic] and [Korea Times]"),
        ("a[1] = b[2];", "a[1] = b[2];"),
        ("f((x)) and ((a + b))", "f((x)) and[^1]"),
        ("<code>[gallery]</code>", "`[gallery]`"),
        ("[caption", "[caption"),
        ("[gallery ids=\"1\"", "[gallery ids=\"1\""),
        ("[footnote]never closed", "[footnote]never closed"),
    ] {
        let body = body(content);
        assert!(body.starts_with(expected), "{content}: {body}");
    }
}

#[test]
fn many_shortcodes_that_never_end_cost_what_they_are_long() {
    let content =
        "[row a=\"b\"] ((x [footnote] $latex y [caption id=\"c\"] ".repeat(1_000);
    let started = body(&content);
    assert!(started.len() >= content.len() / 2);
}
