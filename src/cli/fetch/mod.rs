//! `sources --fetch`, and pictures that are fetched: the only place that uses the network.

mod client;
mod pictures;
mod robots;

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::time::Duration;

use jiff::civil::Date;

use crate::address::{host_and_path, percent_encode};
use crate::diag::{Code, Diagnostic};
use crate::source_lock::{Entry, Page, SourceLock, read_page};
use client::{Answer, Client};
pub(super) use pictures::PictureFetcher;
use robots::Robots;

/// How many sites are asked at a time.
const WORKERS: usize = 4;

/// The rest between two questions to one site.
const CRAWL_DELAY: Duration = Duration::from_millis(300);

/// What to ask for, and how.
pub(super) struct Request<'a> {
    /// Whether private networks may be asked.
    pub(super) allow_private: bool,
    /// Whether pages are asked again that were asked before.
    pub(super) again: bool,
    /// The service that knows of archived copies.
    pub(super) archive: &'a str,
    /// Today.
    pub(super) today: Date,
}

/// Completes the entries of a source lock from the pages themselves, and from the archive.
pub(super) fn complete(
    source_lock: &mut SourceLock,
    request: &Request<'_>,
) -> Vec<Diagnostic> {
    let mut sites: BTreeMap<String, Vec<&mut Entry>> = BTreeMap::new();
    for entry in source_lock.entries_mut() {
        let Some((host, _)) = host_and_path(&entry.address) else { continue };
        let over_http =
            ["http://", "https://"].iter().any(|it| entry.address.starts_with(it));
        // What no post cites any more need not be known better.
        let wanted = over_http && !entry.cited_by.is_empty();
        if wanted && (request.again || entry.fetched.is_empty()) {
            sites.entry(host.to_lowercase()).or_default().push(entry);
        }
    }
    let client = Client::new(request.allow_private);
    let archive_was_asked = Mutex::new(());
    let queue = Mutex::new(sites.into_values().collect::<Vec<_>>());
    let told = Mutex::new(Vec::new());
    std::thread::scope(|scope| {
        for _ in 0..WORKERS {
            scope.spawn(|| {
                loop {
                    let site = queue.lock().ok().and_then(|mut queue| queue.pop());
                    let Some(entries) = site else { break };
                    let asker =
                        Asker { client: &client, archive: &archive_was_asked, request };
                    let said = asker.site(entries);
                    if let Ok(mut told) = told.lock() {
                        told.extend(said);
                    }
                }
            });
        }
    });
    let mut told = told.into_inner().unwrap_or_default();
    told.sort_by(|a, b| a.message.cmp(&b.message));
    told
}

/// Asks for the pages of one site, one after the other.
struct Asker<'a> {
    client: &'a Client,
    /// Held while the archive is asked: it is one site, too.
    archive: &'a Mutex<()>,
    request: &'a Request<'a>,
}

impl Asker<'_> {
    fn site(&self, entries: Vec<&mut Entry>) -> Vec<Diagnostic> {
        let mut told = Vec::new();
        let mut robots: BTreeMap<String, Robots> = BTreeMap::new();
        for entry in entries {
            let (root, path) = root_and_path(&entry.address);
            let rules = robots.entry(root.clone()).or_insert_with(|| self.robots(&root));
            if rules.allows(&path) {
                self.page(entry, &mut told);
                std::thread::sleep(CRAWL_DELAY);
            } else {
                told.push(unfetched(entry, "the site does not let robots read it"));
            }
            if entry.archive.is_empty() {
                entry.archive = self.archived(entry).unwrap_or_default();
            }
        }
        told
    }

    /// What a site lets us read: all if it does not say, and nothing if it cannot say just now
    /// (RFC 9309, section 2.3.1).
    fn robots(&self, root: &str) -> Robots {
        match self.client.get(&format!("{root}/robots.txt")) {
            Ok(Answer { status: 200..300, body, .. }) => {
                Robots::read(&String::from_utf8_lossy(&body))
            }
            Ok(Answer { status: 500.., .. }) => Robots::closed(),
            // Where the site cannot be reached, asking for the page will say why.
            Ok(_) | Err(_) => Robots::default(),
        }
    }

    fn page(&self, entry: &mut Entry, told: &mut Vec<Diagnostic>) {
        let answer = match self.client.get(&entry.address) {
            Ok(answer) => answer,
            Err(reason) => return told.push(unfetched(entry, &reason)),
        };
        entry.fetched = self.request.today.to_string();
        if !(200..300).contains(&answer.status) {
            entry.fetched.push_str(&format!(" {}", answer.status));
            let reason = format!("the site answers with {}", answer.status);
            return told.push(unfetched(entry, &reason));
        }
        let is_html = answer.media_type.contains("html") || answer.media_type.is_empty();
        if is_html {
            let (page, lost) = read_page(&decoded(&answer)).cleaned();
            told.extend(lost.map(|c| {
                let message = format!(
                    "the control character U+{:04X} was left out of what {} says of itself",
                    u32::from(c),
                    entry.address
                );
                Diagnostic::new(Code::ControlCharacter, message)
            }));
            take(entry, page);
        }
    }

    /// The copy that the archive has nearest to the day on which a page was seen.
    fn archived(&self, entry: &Entry) -> Option<String> {
        let day = entry.accessed.replace('-', "");
        let query = format!("url={}&timestamp={day}", percent_encode(&entry.address));
        let address = format!("{}?{query}", self.request.archive);
        let _guard = self.archive.lock().ok()?;
        let answer = self.client.get(&address).ok()?;
        std::thread::sleep(CRAWL_DELAY);
        let value: serde_json::Value = serde_json::from_slice(&answer.body).ok()?;
        let closest = &value["archived_snapshots"]["closest"];
        let found = closest["url"].as_str().filter(|_| closest["available"] == true)?;
        let found =
            found.replacen("http://web.archive.org", "https://web.archive.org", 1);
        crate::address::is_web(&found).then_some(found)
    }
}

/// Fills what is not known yet: what the post says, or what somebody fixed, stays.
fn take(entry: &mut Entry, page: Page) {
    let Page { title, authors, outlet, date } = page;
    let fill = |known: &mut String, said: String| {
        if known.is_empty() {
            *known = said;
        }
    };
    fill(&mut entry.title, title);
    fill(&mut entry.outlet, outlet);
    fill(&mut entry.date, date);
    if entry.authors.is_empty() {
        entry.authors = authors;
    }
}

fn unfetched(entry: &Entry, reason: &str) -> Diagnostic {
    let message = format!("{} was not read: {reason}", entry.address);
    let hint = "what the source lock says of it stays; it can be completed by hand";
    Diagnostic::new(Code::PageUnreachable, message).hint(hint)
}

/// `https://host:port`, and the path with its query.
fn root_and_path(address: &str) -> (String, String) {
    let without = address.split('#').next().unwrap_or_default();
    let Some((host, path)) = host_and_path(without) else { return Default::default() };
    let scheme = without.split("://").next().unwrap_or_default();
    let path = if path.starts_with('/') { path.to_owned() } else { format!("/{path}") };
    (format!("{scheme}://{host}"), path)
}

/// The text of a page: in the encoding that its sender, or else the page itself, says.
fn decoded(answer: &Answer) -> String {
    const HEAD: usize = 1024;
    let label = |text: &str| {
        let (_, label) = text.split_once("charset=")?;
        let label = label.trim_start_matches(['"', '\'']);
        let end = label.find(|c: char| !(c.is_alphanumeric() || "-_".contains(c)));
        encoding_rs::Encoding::for_label(&label.as_bytes()[..end.unwrap_or(label.len())])
    };
    let head = &answer.body[..answer.body.len().min(HEAD)];
    let head = String::from_utf8_lossy(head).to_ascii_lowercase();
    let encoding = label(&answer.media_type).or_else(|| label(&head));
    encoding.unwrap_or(encoding_rs::UTF_8).decode(&answer.body).0.into_owned()
}
