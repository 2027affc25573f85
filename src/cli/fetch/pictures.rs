//! Fetching pictures, with the guards that pages are fetched with.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use super::client::{Answer, Client};
use super::robots::Robots;
use super::{CRAWL_DELAY, root_and_path};
use crate::picture_lock::sha256;

/// The largest picture that is taken, in bytes.
const MAX_PICTURE_BYTES: u64 = 40 * 1024 * 1024;

/// What is asked for.
const ACCEPT: &str = "image/*";

/// Asks for pictures, one after the other.
pub(in crate::cli) struct PictureFetcher {
    client: Client,
    robots: BTreeMap<String, Robots>,
    /// When each site was asked last.
    asked: BTreeMap<String, Instant>,
}

/// A picture that was fetched.
pub(in crate::cli) struct FetchedPicture {
    pub(in crate::cli) bytes: Vec<u8>,
    /// A name for its file: the site, the name there, and what it is.
    pub(in crate::cli) name: String,
    /// In base 16.
    pub(in crate::cli) sha256: String,
}

impl PictureFetcher {
    /// One that goes to addresses of the open network only, unless it may go to private ones.
    pub(in crate::cli) fn new(allow_private: bool) -> Self {
        let client = Client::new(allow_private);
        Self { client, robots: BTreeMap::new(), asked: BTreeMap::new() }
    }

    /// Fetches the picture of an address.
    ///
    /// # Errors
    /// In words, why there is none.
    pub(in crate::cli) fn fetch(
        &mut self,
        address: &str,
    ) -> Result<FetchedPicture, String> {
        let (root, path) = root_and_path(address);
        self.rest(&root);
        let client = &self.client;
        let rules = self.robots.entry(root.clone()).or_insert_with(|| {
            match client.get(&format!("{root}/robots.txt")) {
                Ok(Answer { status: 200..300, body, .. }) => {
                    Robots::read(&String::from_utf8_lossy(&body))
                }
                Ok(Answer { status: 500.., .. }) => Robots::closed(),
                Ok(_) | Err(_) => Robots::default(),
            }
        });
        if !rules.allows(&path) {
            return Err("the site does not let robots read it".to_owned());
        }
        let answer = self.client.get_up_to(address, ACCEPT, MAX_PICTURE_BYTES + 1)?;
        if !(200..300).contains(&answer.status) {
            return Err(format!("the site answers with {}", answer.status));
        }
        if answer.body.len() as u64 > MAX_PICTURE_BYTES {
            return Err("it is larger than 40 MB".to_owned());
        }
        let Some(extension) = extension(&answer.body) else {
            let kind = answer.media_type.split(';').next().unwrap_or_default();
            return Err(format!("it is no picture that is known, but `{kind}`"));
        };
        let host = root.split("://").nth(1).unwrap_or_default();
        let file = path.split(['?', '#']).next().unwrap_or_default();
        let file = file.rsplit('/').next().unwrap_or_default();
        let file = crate::address::percent_decode(file);
        let stem = file.rsplit_once('.').map_or(file.as_str(), |(stem, _)| stem);
        let stem = if stem.is_empty() { "picture" } else { stem };
        let sha256 = sha256(&answer.body);
        Ok(FetchedPicture {
            bytes: answer.body,
            name: format!("{host}/{stem}.{extension}"),
            sha256,
        })
    }

    /// Waits until a site may be asked again.
    fn rest(&mut self, root: &str) {
        if let Some(last) = self.asked.get(root) {
            let rest = CRAWL_DELAY.checked_sub(last.elapsed());
            std::thread::sleep(rest.unwrap_or(Duration::ZERO));
        }
        self.asked.insert(root.to_owned(), Instant::now());
    }
}

/// What a picture is, by how it begins.
fn extension(bytes: &[u8]) -> Option<&'static str> {
    let starts = |prefix: &[u8]| bytes.starts_with(prefix);
    let at = |place: usize, word: &[u8]| {
        bytes.get(place..).is_some_and(|it| it.starts_with(word))
    };
    Some(match () {
        () if starts(b"\x89PNG") => "png",
        () if starts(b"\xff\xd8\xff") => "jpg",
        () if starts(b"GIF8") => "gif",
        () if starts(b"RIFF") && at(8, b"WEBP") => "webp",
        () if starts(b"BM") => "bmp",
        () if starts(b"II*\0") || starts(b"MM\0*") => "tiff",
        () if at(4, b"ftypavif") => "avif",
        () if starts(b"\0\0\x01\0") => "ico",
        () => {
            let head = String::from_utf8_lossy(&bytes[..bytes.len().min(1024)]);
            let is_svg =
                head.contains("<svg") && !head.to_ascii_lowercase().contains("<html");
            return is_svg.then_some("svg");
        }
    })
}
