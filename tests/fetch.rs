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
