//! The command line as its users meet it.
#![expect(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    reason = "tests make folders, and fail where that fails"
)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// A folder of its own for each test.
fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("cli").join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    folder
}

/// A folder with a small book.
fn book(name: &str, settings: &str, posts: &[(&str, &str)]) -> PathBuf {
    let folder = folder(name);
    fs::create_dir_all(folder.join("manuscript")).unwrap();
    fs::write(folder.join("book.yaml"), settings).unwrap();
    for (name, text) in posts {
        fs::write(folder.join("manuscript").join(name), text).unwrap();
    }
    folder
}

fn bindery(folder: &Path, args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_bindery"))
        .args(args)
        .current_dir(folder)
        .env_remove("SOURCE_DATE_EPOCH")
        .output()
        .unwrap()
}

fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

const POSTS: &[(&str, &str)] = &[
    ("2017-07-06-trade.md", "---\ntags: [China]\n---\n# Trade\n\nTwo words\n"),
    ("2017-08-01-moon.md", "---\ntitle: Moon\ntags: [Korea]\n---\nOne\n"),
    ("draft.md", "---\ntags: [China]\ndraft: true\n---\nText\n"),
];

#[test]
fn a_new_book_is_listed_and_checked() {
    let folder = folder("new");
    let made = bindery(&folder, &["new", "my book"]);
    assert!(made.status.success(), "{}", stderr(&made));
    let book = folder.join("my book");
    assert!(fs::read_to_string(book.join("book.yaml")).unwrap().contains("\"My book\""));
    assert!(stdout(&bindery(&book, &["list"])).contains("A first post"));
    let checked = bindery(&book, &["check", "--strict"]);
    assert!(checked.status.success(), "{}", stderr(&checked));
    assert!(!book.join("build").exists());
}

#[test]
fn new_spares_a_folder_that_holds_something() {
    let folder = book("occupied", "title: Mine\n", &[]);
    let refused = bindery(&folder, &["new", "."]);
    assert_eq!(refused.status.code(), Some(2));
    assert_eq!(fs::read_to_string(folder.join("book.yaml")).unwrap(), "title: Mine\n");
}

#[test]
fn list_shows_chapters_and_says_why_others_are_none() {
    let settings = "title: T\ngather: { parts: month }\n";
    let folder = book("list", settings, POSTS);
    let output = bindery(&folder, &["list", "--why"]);
    assert!(output.status.success());
    let text = stdout(&output);
    let lines: Vec<&str> = text.lines().filter(|line| !line.is_empty()).collect();
    assert!(lines[0].starts_with("No.  Date"), "{text}");
    assert_eq!(lines[1], "July 2017");
    assert!(lines[2].starts_with("  1  2017-07-06      2"), "{text}");
    assert!(lines[2].ends_with("Trade"), "{text}");
    assert_eq!(lines[3], "August 2017");
    assert_eq!(lines[6], "manuscript/draft.md  is a draft (`draft: true`)");
}

#[test]
fn chapters_are_arranged_by_hand() {
    let settings = "title: T\nfront: [manuscript/dedication.md]\nchapter-numbers: roman\ngather: { parts: month, \
                    arrangement: arrangement.yaml }\n";
    let posts = [POSTS, &[("dedication.md", "To nobody.\n")]].concat();
    let folder = book("arrange", settings, &posts);
    let absent = bindery(&folder, &["list"]);
    assert!(stderr(&absent).contains("`bindery arrange` writes it"), "{absent:?}");
    assert!(bindery(&folder, &["arrange"]).status.success());
    let file = folder.join("arrangement.yaml");
    let written = fs::read_to_string(&file).unwrap();
    assert!(written.contains("- title: July 2017\n  chapters:\n  - "), "{written}");
    // What a person has made of it stays when it is written again.
    let edited = "# Mine.\nchapters:\n- moon # first\n";
    fs::write(&file, edited).unwrap();
    let forgotten = bindery(&folder, &["list"]);
    assert!(stderr(&forgotten).contains("unlisted-post"), "{forgotten:?}");
    assert!(bindery(&folder, &["arrange"]).status.success());
    let written = fs::read_to_string(&file).unwrap();
    assert!(written.starts_with("# Mine.\nchapters:\n- "), "{written}");
    assert!(written.contains("- moon # first\n"), "{written}");
    let tree = stdout(&bindery(&folder, &["list", "--tree"]));
    assert!(tree.contains("│  ├─ dedication: manuscript/dedication.md\n"), "{tree}");
    assert!(tree.contains("├─ I. "), "{tree}");
    fs::write(&file, "chapters: {a: b}\n").unwrap();
    let wrong = bindery(&folder, &["arrange"]);
    assert_eq!(wrong.status.code(), Some(1));
    assert_eq!(fs::read_to_string(&file).unwrap(), "chapters: {a: b}\n");
}

#[test]
fn tags_on_the_command_line_stand_for_those_of_the_book() {
    let folder = book("tag", "title: T\ngather: { tags: [China] }\n", POSTS);
    let text = stdout(&bindery(&folder, &["list", "--tag", "korea"]));
    assert!(text.contains("Moon") && !text.contains("Trade"), "{text}");
    let unknown = bindery(&folder, &["list", "--tag", "Chna"]);
    assert_eq!(unknown.status.code(), Some(1));
    assert!(stderr(&unknown).contains("did you mean `China` (2 posts)?"));
}

#[test]
fn errors_show_their_place() {
    let folder = book("place", "title: T\ngather: { oder: date }\n", POSTS);
    let output = bindery(folder.parent().unwrap(), &["check", "--book", "place"]);
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(
        stderr(&output),
        "\
error[unknown-key]: there is no key `gather.oder`
 --> place/book.yaml:2:11
  |
2 | gather: { oder: date }
  |           ^^^^
  |
  = help: did you mean `order`?

error: the book has 1 error
"
    );
}

#[test]
fn machines_get_a_line_for_each_message() {
    let folder = book("json", "title: T\ndate: soon\npdf: { trim: a9 }\n", POSTS);
    let output = bindery(&folder, &["check", "--message-format", "json"]);
    let text = stdout(&output);
    let lines: Vec<serde_json::Value> =
        text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(lines.len(), 2);
    assert_eq!(lines[1]["code"], "invalid-value");
    assert_eq!(lines[1]["severity"], "error");
    assert_eq!((&lines[1]["line"], &lines[1]["column"]), (&3.into(), &14.into()));
    assert_eq!(lines[1]["file"], "book.yaml");
}

#[test]
fn strict_makes_errors_of_warnings() {
    let posts = [("2017-07-06-trade.md", "Words with [an end](nowhere.md).\n")];
    let folder = book("strict", "title: T\n", &posts);
    assert_eq!(bindery(&folder, &["check"]).status.code(), Some(0));
    let strict = bindery(&folder, &["compile", "--strict"]);
    assert_eq!(strict.status.code(), Some(1));
    assert!(stderr(&strict).contains("error[broken-link]"));
    assert!(!folder.join("build").exists());
}

#[test]
fn compile_writes_the_same_bytes_each_time_and_nothing_else() {
    let folder = book("compile", "title: My Book\n", POSTS);
    let read = || {
        let output = bindery(&folder, &["compile"]);
        assert!(output.status.success(), "{}", stderr(&output));
        assert!(stderr(&output).contains("Bound 2 chapters, 3 words, "));
        assert!(stdout(&output).contains("my-book.epub"));
        ["my-book.epub", "my-book.pdf"]
            .map(|n| fs::read(folder.join("build").join(n)).unwrap())
    };
    assert!(read() == read(), "two runs differ");
    assert_eq!(fs::read_dir(folder.join("build")).unwrap().count(), 2);
}

#[test]
fn one_format_is_written_where_it_is_wanted() {
    let folder = book("format", "title: T\n", POSTS);
    let args = ["compile", "--format", "epub", "--output", "out/here"];
    assert!(bindery(&folder, &args).status.success());
    assert!(folder.join("out/here/t.epub").exists());
    assert!(!folder.join("out/here/t.pdf").exists() && !folder.join("build").exists());
}

#[test]
fn an_output_that_cannot_be_written_is_an_error() {
    let folder = book("unwritable", "title: T\n", POSTS);
    let args = ["compile", "--format", "epub", "--output", "book.yaml"];
    let output = bindery(&folder, &args);
    assert_eq!(output.status.code(), Some(1));
    assert!(stderr(&output).contains("error[output-unwritable]"), "{}", stderr(&output));
    assert_eq!(fs::read_to_string(folder.join("book.yaml")).unwrap(), "title: T\n");
}

#[test]
fn wrong_usage_is_not_an_error_of_the_book() {
    let folder = folder("usage");
    assert_eq!(bindery(&folder, &["compile", "--format", "docx"]).status.code(), Some(2));
    let none = bindery(&folder, &["compile"]);
    assert_eq!(none.status.code(), Some(1));
    assert!(stderr(&none).contains("bindery new DIR"));
}

#[test]
fn dates_after_the_source_date_epoch_are_yet_to_come() {
    let folder = book("epoch", "title: T\n", POSTS);
    let output = Command::new(env!("CARGO_BIN_EXE_bindery"))
        .args(["list", "--why"])
        .current_dir(&folder)
        .env("SOURCE_DATE_EPOCH", "1500000000")
        .output()
        .unwrap();
    let text = stdout(&output);
    assert!(text.contains("is dated 2017-08-01, which is yet to come"), "{text}");
}

#[test]
fn licenses_of_others_are_printed() {
    let printed = stdout(&bindery(&folder("licenses"), &["licenses"]));
    for named in ["Libertinus Serif", "CC BY-SA 3.0", "two-face", "hypher", "| [krilla "]
    {
        assert!(printed.contains(named), "{named}");
    }
}

#[test]
fn completions_and_manual_are_printed() {
    let folder = folder("manual");
    assert!(stdout(&bindery(&folder, &["completions", "bash"])).contains("_bindery"));
    assert!(stdout(&bindery(&folder, &["man"])).starts_with(".ie"));
    assert!(bindery(&folder, &["man", "pages"]).status.success());
    let page = fs::read_to_string(folder.join("pages/bindery-compile.1")).unwrap();
    assert!(page.contains("bindery-compile") && page.contains("message"), "{page}");
}

#[test]
fn sources_and_quotations_are_listed() {
    let post = "---\ndate: 2024-03-01\n---\n# Post\n\n> Three words quoted. [[Gazette](https://gazette.example/a)]\n\n\
                A [link](https://star.example/b), and a note.[^1]\n\n> Ends so. [Some Paper]\n\n\
                Read more [here](https://gazette.example/a).\n\n[^1]: Its text.\n";
    let folder = book("lists", "title: T\n", &[("post.md", post)]);
    let output = bindery(&folder, &["check", "--sources", "--quotes"]);
    assert!(output.status.success());
    let text = stdout(&output);
    for line in [
        "manuscript/post.md:6:24     1  brackets  Gazette  https://gazette.example/a",
        "3 references to 3 notes: 1 footnote, 1 brackets, 1 link",
        "[Some Paper]  no address is known for this name",
        "Gazette                   1      3        3",
        "(no source named)         1      4        4",
        "Post        12       7   58 %",
        "manuscript/post.md:12:1  Read more here.",
    ] {
        assert!(text.contains(line), "{line}:\n{text}");
    }
    let csv = stdout(&bindery(&folder, &["check", "--quotes", "--csv"]));
    assert!(csv.starts_with("Source,Excerpts,Words,Longest\nGazette,1,3,3\n"), "{csv}");
    let plain = stdout(&bindery(&folder, &["check"]));
    assert!(plain.contains("Left out:") && !plain.contains("Gazette"), "{plain}");
}

#[test]
fn the_ledger_is_filled_from_the_posts_and_keeps_what_was_mended() {
    let post = "---\ndate: 2024-03-01\n---\n# Post\n\n> Words. [[Gazette](https://gazette.example/a)]\n";
    let folder = book("ledger", "title: T\n", &[("post.md", post)]);
    assert!(bindery(&folder, &["sources"]).status.success());
    let file = folder.join("sources.lock.yaml");
    let ledger = fs::read_to_string(&file).unwrap();
    assert!(ledger.contains("outlet: Gazette\n  accessed: 2024-03-01\n"), "{ledger}");
    let mended = ledger.replace("outlet: Gazette", "outlet: Harbour Gazette");
    fs::write(&file, &mended).unwrap();
    assert!(bindery(&folder, &["sources"]).status.success());
    assert_eq!(fs::read_to_string(&file).unwrap(), mended);
    fs::write(&file, "sources: [\n").unwrap();
    assert_eq!(bindery(&folder, &["sources"]).status.code(), Some(1));
    assert_eq!(fs::read_to_string(&file).unwrap(), "sources: [\n");
}

/// Two processes have different seeds for their hash maps, and here different numbers of threads.
#[test]
fn two_processes_write_the_same_bytes() {
    let prose =
        "Words that go on, *with emphasis*[^a], until the line is full. ".repeat(30);
    let post = |n: usize| {
        format!(
            "---\ntags: [T{}]\n---\n# Post {n}\n\n{prose}\n\n| a | b |\n|---|---|\n| {n} | c |\n\n```rust\nlet a = {n};\n```\n\n[^a]: [Note](https://example.org/{n}).\n",
            n % 3
        )
    };
    let posts: Vec<(String, String)> =
        (1..=12).map(|n| (format!("2024-03-{n:02}-post.md"), post(n))).collect();
    let posts: Vec<(&str, &str)> =
        posts.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    let folder = book("twice", "title: Twice\nindex: tags\n", &posts);
    let bound = ["1", "3"].map(|threads| {
        let output = Command::new(env!("CARGO_BIN_EXE_bindery"))
            .args(["compile", "--output", threads])
            .current_dir(&folder)
            .env("SOURCE_DATE_EPOCH", "1767225600")
            .env("RAYON_NUM_THREADS", threads)
            .output()
            .unwrap();
        assert!(output.status.success(), "{}", stderr(&output));
        ["twice.epub", "twice.pdf"]
            .map(|file| fs::read(folder.join(threads).join(file)).unwrap())
    });
    assert!(bound[0] == bound[1], "one thread and three write different books");
}

/// A folder with the blog of a generator.
fn blog(name: &str, files: &[(&str, &str)]) -> PathBuf {
    let folder = folder(name);
    for (path, text) in files {
        let file = folder.join(path);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, text).unwrap();
    }
    folder
}

#[test]
fn a_book_begins_in_the_blog_that_is_there() {
    const POST: &str =
        "---\ntitle: A boat\ndate: 2024-01-02\ntags: [Boats, Sea]\n---\nIt came.\n";
    const OTHER: &str =
        "---\ntitle: A lamp\ndate: 2024-03-04\ntags: [sea]\n---\nIt burnt.\n";
    let jekyll = "title: 'Shore: notes'\nurl: https://shore.example\nbaseurl: /blog\nlang: en-GB\n\
        author: { name: Ann }\n";
    let hugo = "baseURL = 'https://hugo.example/'\nlanguageCode = 'en-gb'\ntitle = 'Dunes'\n\
        theme = 'x'\n[params]\nauthor = 'Sue'\n";
    let pelican =
        "SITENAME = 'Feathers'\nAUTHOR = \"Pel\"\nSITEURL = 'https://p.example'\n";
    let mkdocs =
        "site_name: Manual\nsite_url: https://m.example\ntheme:\n  language: de\n";
    let eleventy = "export default {\n\ttitle: \"Sails\",\n\turl: \"https://e.example\", // later\n\
        \tauthor: {\n\t\tname: \"Eve\",\n\t},\n}\n";
    for (name, configuration, text, posts, expected) in [
        (
            "jekyll",
            "_config.yml",
            jekyll,
            "_posts",
            ["\"Shore: notes\"", "[\"Ann\"]", "shore.example/blog"],
        ),
        ("hugo", "hugo.toml", hugo, "content/posts", ["\"Dunes\"", "[\"Sue\"]", "en-GB"]),
        (
            "pelican",
            "pelicanconf.py",
            pelican,
            "content",
            ["Feathers", "[\"Pel\"]", "https://p.example"],
        ),
        (
            "mkdocs",
            "mkdocs.yml",
            mkdocs,
            "docs/blog/posts",
            ["Manual", "https://m.example", "language: de"],
        ),
        (
            "eleventy",
            "_data/metadata.js",
            eleventy,
            "content/blog",
            ["\"Sails\"", "[\"Eve\"]", "https://e.example"],
        ),
        (
            "plain",
            "readme.txt",
            "",
            "posts",
            ["Init plain", "tags: [\"sea\"]", "order: date"],
        ),
    ] {
        let first = format!("{posts}/2024-01-02-boat.md");
        let second = format!("{posts}/2024-03-04-lamp.md");
        let name = format!("init-{name}");
        let folder =
            blog(&name, &[(configuration, text), (&first, POST), (&second, OTHER)]);
        if name == "init-eleventy" {
            fs::write(folder.join("eleventy.config.js"), "export default f() {}")
                .unwrap();
        }
        let tags = stdout(&bindery(&folder, &["tags", "--message-format", "json"]));
        assert!(
            tags.starts_with("{\"tag\":\"Sea\",\"posts\":2,\"first\":\"2024-01-02\""),
            "{tags}"
        );
        let made = bindery(&folder, &["init", "--tag", "sea"]);
        assert!(made.status.success(), "{}", stderr(&made));
        let settings = fs::read_to_string(folder.join("book.yaml")).unwrap();
        for expected in expected
            .iter()
            .chain(&[&format!("from: \"{posts}\"")[..], "Sea (2), Boats (1)"])
        {
            assert!(settings.contains(expected), "{name}: {expected}\n{settings}");
        }
        let bound = bindery(&folder, &["compile", "--format", "epub"]);
        assert!(stderr(&bound).contains("2 chapters"), "{}", stderr(&bound));
        assert!(
            stdout(&bindery(&folder, &["tags"]))
                .contains("    1  2024-01-02  2024-01-02  Boats")
        );
        assert!(!bindery(&folder, &["init"]).status.success());
    }
}

#[test]
fn an_export_that_lies_there_is_named() {
    let export =
        "<rss xmlns:wp=\"http://wordpress.org/export/1.2/\"><channel></channel></rss>";
    let folder = blog("export", &[("down/blog.xml", export)]);
    let command = "bindery import wordpress down/blog.xml --into posts";
    for arguments in [&["compile"][..], &["init"], &["new", "."]] {
        let output = bindery(&folder, arguments);
        assert!(
            !output.status.success() && stderr(&output).contains(command),
            "{}",
            stderr(&output)
        );
    }
    fs::write(folder.join("book.yaml"), "title: T\n").unwrap();
    assert!(stderr(&bindery(&folder, &["compile"])).contains(command));
}

#[cfg(unix)]
#[test]
fn names_that_are_not_utf_8_are_told() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;

    let shown = "# Quay\n\n![The quay](café.png)\n";
    let folder = book("latin-1", "title: T\n", &[("2024-01-01-quay.md", shown)]);
    for name in [b"2024-01-02-caf\xe9.md".as_slice(), b"caf\xe9.png"] {
        fs::write(folder.join("manuscript").join(OsStr::from_bytes(name)), "# X\n")
            .unwrap();
    }
    let compiled = bindery(&folder, &["compile", "--format", "epub"]);
    let said = stderr(&compiled);
    assert!(compiled.status.success(), "{said}");
    let unread =
        "`manuscript/2024-01-02-caf\u{fffd}.md` cannot be read: its name is not UTF-8";
    assert!(said.contains(unread), "{said}");
    let offered =
        "there is `manuscript/caf\u{fffd}.png`, whose name is not UTF-8: rename it";
    assert!(said.contains(offered), "{said}");
    let listed = stdout(&bindery(&folder, &["list", "--why"]));
    assert!(listed.contains("2024-01-02-caf\u{fffd}.md"), "{listed}");
}

#[test]
fn machines_get_the_place_in_an_export() {
    let folder = folder("import-places");
    let item = "<item>\n<title>One</title>\n<content:encoded>[seating row=\"2\"]</content:encoded>\n\
        <wp:post_type>post</wp:post_type></item>";
    let export = format!("<rss>\n<channel>\n{item}\n</div>\n</channel></rss>");
    fs::write(folder.join("export.xml"), export).unwrap();
    let posts = r#"{"db": [{"data": {"posts": [{"id": 1, "title": "One", "html": "<p>1</p>",
        "status": "published"},
        {"id": 2, "ti"#;
    fs::write(folder.join("export.json"), posts).unwrap();
    let messages = |arguments: &[&str]| {
        let common = ["--into", "posts", "--message-format", "json"];
        stdout(&bindery(&folder, &[&["import"], arguments, &common].concat()))
    };
    let said = messages(&["wordpress", "export.xml"]);
    let loss = said.lines().find(|line| line.contains("import-loss")).unwrap();
    assert!(loss.contains(r#""file":"export.xml","line":3"#), "{said}");
    let malformed = said.lines().find(|line| line.contains("import-malformed")).unwrap();
    assert!(malformed.contains(r#""file":"export.xml","line":7"#), "{said}");
    assert!(malformed.contains("`</div>` ends nothing that is open"), "{said}");
    let said = messages(&["ghost", "export.json"]);
    assert!(said.contains(r#""file":"export.json","line":3"#), "{said}");
    assert!(
        folder.join("posts/one-2.md").is_file() || folder.join("posts/one.md").is_file()
    );
    let said = messages(&["ghost", "export.xml"]);
    assert!(said.contains(r#""file":"export.xml""#), "{said}");
}

#[test]
fn tags_are_read_as_the_generator_reads_them() {
    let pelican = "SITENAME = 'Feathers'\nSITEURL = ''\n";
    let published = "SITEURL = 'https://p.example'\n";
    let folder = blog(
        "init-pelican-pages",
        &[
            ("pelicanconf.py", pelican),
            ("publishconf.py", published),
            (
                "content/boat.md",
                "Title: A boat\nDate: 2024-01-02\nTags: sea\n\nIt came.\n",
            ),
            ("content/pages/about.md", "Title: About\n\nWords.\n"),
        ],
    );
    let made = bindery(&folder, &["init"]);
    assert!(stderr(&made).contains("1 post in content"), "{}", stderr(&made));
    let settings = fs::read_to_string(folder.join("book.yaml")).unwrap();
    assert!(settings.contains("exclude: [\"pages\"]"), "{settings}");
    assert!(settings.contains("https://p.example"), "{settings}");

    let note = "Stones. #harbour #boats/old\n\n`#code`\n";
    let folder =
        blog("tags-obsidian", &[(".obsidian/app.json", "{}"), ("Quay.md", note)]);
    let tags = stdout(&bindery(&folder, &["tags"]));
    assert!(tags.contains("  harbour") && tags.contains("  boats/old"), "{tags}");
    assert!(!tags.contains("code"), "{tags}");

    let post = "---\ntitle: A boat\ntags: number 2\n---\nIt came.\n";
    let folder = blog("tags-eleventy", &[(".eleventy.js", ""), ("posts/boat.md", post)]);
    let tags = stdout(&bindery(&folder, &["tags"]));
    assert!(tags.contains("  number 2"), "{tags}");
}
