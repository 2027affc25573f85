//! `sources --fetch` against a server of our own: what it asks, what it takes, where it stops.
#![expect(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    reason = "a test talks to a server, to disk and to the program, and fails where they do"
)]

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::path::PathBuf;
use std::process::{Command, Output};
use std::sync::{Arc, Mutex};

/// A page whose head says everything, in Korean's older encoding.
const ARTICLE: &[u8] = b"<html><head><meta charset=euc-kr><title>\xc7\xd1\xb1\xb9 News</title>\
    <meta property='og:site_name' content='Harbour Gazette'><meta name=author content='Ann Lee'>\
    <meta property='article:published_time' content='2024-02-28T08:00:00Z'></head>";

/// A picture.
const TIDE: &[u8] = include_bytes!("import/html/pages/tide_files/tide.png");

/// A server, and the paths that it was asked for.
struct Server {
    address: String,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Server {
    fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let asked = Arc::new(Mutex::new(Vec::new()));
        let log = Arc::clone(&asked);
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let log = Arc::clone(&log);
                std::thread::spawn(move || answer(stream, &log));
            }
        });
        Self { address, asked }
    }

    fn asked(&self, path: &str) -> usize {
        self.asked.lock().unwrap().iter().filter(|it| it.starts_with(path)).count()
    }
}

fn answer(mut stream: TcpStream, log: &Mutex<Vec<String>>) {
    let mut lines = BufReader::new(stream.try_clone().unwrap()).lines();
    let request = lines.next().unwrap().unwrap();
    let path = request.split(' ').nth(1).unwrap().to_owned();
    while lines.next().is_some_and(|line| line.is_ok_and(|line| !line.is_empty())) {}
    log.lock().unwrap().push(path.clone());
    let archived = br#"{"archived_snapshots": {"closest": {"available": true,
        "url": "http://web.archive.org/web/2024/copy", "status": "200"}}}"#;
    let large = [b"<title>Lar\x01ge</title>".as_slice(), &vec![b' '; 8 << 20]].concat();
    let (head, body): (&str, &[u8]) = match path.split('?').next().unwrap() {
        "/robots.txt" => ("200 OK\r\n", b"User-agent: *\nDisallow: /secret\n"),
        "/article" => ("200 OK\r\nContent-Type: text/html\r\n", ARTICLE),
        "/old" => ("301 Moved\r\nLocation: /article\r\n", b""),
        "/tide.png" => ("200 OK\r\nContent-Type: image/png\r\n", TIDE),
        "/moved.png" => ("302 Found\r\nLocation: /tide.png\r\n", b""),
        "/page.png" => ("200 OK\r\nContent-Type: text/html\r\n", b"<html><svg>"),
        "/loop" => ("302 Found\r\nLocation: /loop\r\n", b""),
        "/large" => ("200 OK\r\nContent-Type: text/html\r\n", &large),
        "/picture" => ("200 OK\r\nContent-Type: image/png\r\n", b"<title>No</title>"),
        "/available" => ("200 OK\r\nContent-Type: application/json\r\n", archived),
        _ => ("404 Not Found\r\n", b"<title>Not here</title>"),
    };
    let length = body.len();
    let head =
        format!("HTTP/1.1 {head}Content-Length: {length}\r\nConnection: close\r\n\r\n");
    // A client that has read enough goes away.
    let _ = stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(body));
}

fn book(name: &str, server: &Server) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("fetch").join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(folder.join("manuscript")).unwrap();
    fs::write(folder.join("book.yaml"), "title: T\n").unwrap();
    let paths = ["article", "old", "loop", "large", "picture", "gone", "secret"];
    let links = paths.map(|path| format!("A [{path}]({}/{path}).", server.address));
    let post = format!("---\ndate: 2024-03-01\n---\n# Post\n\n{}\n", links.join("\n\n"));
    fs::write(folder.join("manuscript/post.md"), post).unwrap();
    folder
}

fn fetch(folder: &PathBuf, server: &Server, arguments: &[&str]) -> (Output, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_bindery"))
        .args(["sources", "--fetch", "--archive"])
        .arg(format!("{}/available", server.address))
        .args(arguments)
        .current_dir(folder)
        .output()
        .unwrap();
    let source_lock = fs::read_to_string(folder.join("sources.lock.yaml")).unwrap();
    (output, source_lock)
}

/// The lines of the source lock for a path.
fn entry(source_lock: &str, path: &str) -> String {
    let entries = source_lock.split("\n- address: ");
    let found = entries.filter(|it| it.lines().next().unwrap().contains(path));
    found.collect()
}

#[test]
fn pages_say_what_they_are() {
    let server = Server::start();
    let folder = book("pages", &server);
    let (output, source_lock) = fetch(&folder, &server, &["--allow-private"]);
    assert!(output.status.success());
    for path in ["/article", "/old"] {
        let entry = entry(&source_lock, path);
        for line in [
            "title: 한국 News",
            "author: Ann Lee",
            "date: 2024-02-28",
            "accessed: 2024-03-01",
        ] {
            assert!(entry.contains(line), "{line}: {entry}");
        }
        assert!(
            entry.contains("archive: https://web.archive.org/web/2024/copy"),
            "{entry}"
        );
    }
    assert!(entry(&source_lock, "/large").contains("title: Large"));
    assert!(!entry(&source_lock, "/picture").contains("title"));
    assert!(!entry(&source_lock, "/gone").contains("title"));
    assert!(entry(&source_lock, "/gone").contains(" 404\n"), "{source_lock}");
    assert!(server.asked("/loop") < 10);
    assert_eq!(server.asked("/secret"), 0, "robots are kept out of it");
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(said.matches("warning[page-unreachable]").count(), 3, "{said}");
    let lost = format!(
        "the control character U+0001 was left out of what {}/large",
        server.address
    );
    assert_eq!(said.matches(&lost).count(), 1, "{said}");

    // What was asked is not asked again, and what was fixed stays.
    let mended = source_lock.replace("title: 한국 News", "title: Mended");
    fs::write(folder.join("sources.lock.yaml"), &mended).unwrap();
    let before = server.asked("/article");
    let (_, again) = fetch(&folder, &server, &["--allow-private"]);
    assert_eq!(server.asked("/article"), before);
    assert!(again.contains("title: Mended"));
    let (_, again) = fetch(&folder, &server, &["--allow-private", "--again"]);
    assert!(server.asked("/article") > before);
    assert!(again.contains("title: Mended") && !again.contains("한국"));

    // Binding reads the source lock, and leaves it.
    let bound = Command::new(env!("CARGO_BIN_EXE_bindery"))
        .args(["compile", "--format", "epub"])
        .current_dir(&folder)
        .output()
        .unwrap();
    assert!(bound.status.success());
    assert_eq!(fs::read_to_string(folder.join("sources.lock.yaml")).unwrap(), again);
}

#[test]
fn private_networks_are_not_asked() {
    let server = Server::start();
    let folder = book("private", &server);
    let (output, source_lock) = fetch(&folder, &server, &[]);
    assert!(output.status.success());
    assert!(server.asked.lock().unwrap().is_empty());
    assert!(!source_lock.contains("fetched"));
    assert!(String::from_utf8(output.stderr).unwrap().contains("--allow-private"));
}

/// Runs the program in a folder.
fn bindery(folder: &PathBuf, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_bindery"))
        .args(arguments)
        .current_dir(folder)
        .output()
        .unwrap()
}

const SHOWN: [&str; 5] =
    ["tide.png", "moved.png", "page.png", "gone.png", "secret/x.png"];

#[test]
fn pictures_are_fetched_and_bound() {
    let server = Server::start();
    let folder = book("pictures", &server);
    let pictures = SHOWN.map(|path| format!("![A tide]({}/{path})", server.address));
    let post =
        format!("---\ndate: 2024-03-01\n---\n# Post\n\n{}\n", pictures.join("\n\n"));
    fs::write(folder.join("manuscript/post.md"), post).unwrap();
    let listed = bindery(&folder, &["pictures"]);
    assert_eq!(String::from_utf8(listed.stdout).unwrap().lines().count(), SHOWN.len());
    assert_eq!(server.asked("/"), 0);
    let guarded = bindery(&folder, &["pictures", "--fetch"]);
    assert!(String::from_utf8(guarded.stderr).unwrap().contains("private network"));
    assert_eq!(server.asked("/"), 0);
    let fetched = bindery(&folder, &["pictures", "--fetch", "--allow-private"]);
    let said = String::from_utf8(fetched.stderr).unwrap();
    assert!(said.contains("2 pictures fetched"), "{said}");
    for reason in ["no picture that is known", "answers with 404", "let robots"] {
        assert!(said.contains(reason), "{reason}: {said}");
    }
    assert_eq!(server.asked("/secret"), 0);
    let lock = fs::read_to_string(folder.join("pictures.lock.yaml")).unwrap();
    assert!(lock.contains("sha256: ") && lock.contains("/moved.png"), "{lock}");
    let left = bindery(&folder, &["pictures"]);
    assert_eq!(String::from_utf8(left.stdout).unwrap().lines().count(), 3);
    let bound = bindery(&folder, &["compile", "--format", "epub"]);
    let said = String::from_utf8(bound.stderr).unwrap();
    assert!(said.contains("3 × remote-picture"), "{said}");

    // A file that is another one now, or gone, is told, and can be had again.
    let files = fs::read_dir(folder.join("pictures")).unwrap();
    let site = files.map(|it| it.unwrap().path()).find(|it| it.is_dir()).unwrap();
    let tide = site.join("tide.png");
    let other = include_bytes!("suite/content/picture-formats/manuscript/flat.bmp");
    fs::write(&tide, other).unwrap();
    fs::remove_file(site.join("moved.png")).unwrap();
    let bound = bindery(&folder, &["compile", "--format", "epub"]);
    let said = String::from_utf8(bound.stderr).unwrap();
    assert!(said.contains("warning[picture-changed]"), "{said}");
    assert!(said.contains("which is gone"), "{said}");
    let again = bindery(&folder, &["pictures", "--fetch", "--again", "--allow-private"]);
    let said = String::from_utf8(again.stderr).unwrap();
    assert!(said.contains("2 pictures fetched"), "{said}");
    assert_eq!(fs::read(&tide).unwrap(), TIDE);
    let bound = bindery(&folder, &["compile", "--format", "epub"]);
    let said = String::from_utf8(bound.stderr).unwrap();
    assert!(
        !said.contains("picture-changed") && !said.contains("which is gone"),
        "{said}"
    );
}

#[test]
fn an_import_fetches_its_pictures() {
    let server = Server::start();
    let folder = book("import", &server);
    let picture =
        |path: &str| format!("<p><img src='{}/{path}' alt='A tide'></p>", server.address);
    let feed = format!(
        "<rss><channel><title>T</title><item><title>Tide</title><description><![CDATA[{}{}]]>\
         </description></item></channel></rss>",
        picture("moved.png"),
        picture("gone.png")
    );
    fs::write(folder.join("feed.xml"), feed).unwrap();
    let arguments =
        ["import", "feed", "feed.xml", "--into", "posts", "--fetch", "--allow-private"];
    let imported = bindery(&folder, &arguments);
    let said = String::from_utf8(imported.stderr).unwrap();
    assert!(imported.status.success() && said.contains("with 1 picture"), "{said}");
    assert!(said.contains("answers with 404"), "{said}");
    let post = fs::read_to_string(folder.join("posts/tide.md")).unwrap();
    let file = post.split("src=\"").nth(1).unwrap().split('"').next().unwrap();
    assert_eq!(fs::read(folder.join("posts").join(file)).unwrap(), TIDE);
    assert!(folder.join("posts/pictures.lock.yaml").is_file());
}
