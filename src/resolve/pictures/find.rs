//! Where a picture's file may lie.

use crate::address::{host_and_path, parts, percent_decode, scheme};
use crate::config::BookConfig;
use crate::manuscript::Post;
use crate::world::normalize;

/// Folders whose content blogs put at the root of their addresses.
const ROOTS: [&str; 5] = ["static", "public", "assets", "source", "src"];

/// The paths at which the picture that a post shows may be, likeliest first.
pub(super) fn candidates(address: &str, post: &Post, config: &BookConfig) -> Vec<String> {
    let Some(path) = local_path(address, config) else { return Vec::new() };
    let mut candidates: Vec<String> = Vec::new();
    let mut add = |candidate: String| {
        let candidate = normalize(&candidate);
        if !candidate.is_empty() && !candidates.contains(&candidate) {
            candidates.push(candidate);
        }
    };
    let decoded = percent_decode(path);
    for path in [decoded.as_str(), path] {
        let folder = parent(&post.path);
        let below = path.trim_start_matches('/');
        if !path.starts_with('/') {
            add(join(folder, path));
        }
        let bases = bases(folder, config);
        for base in &bases {
            add(join(base, below));
        }
        for root in ROOTS {
            for base in &bases {
                add(join(&join(base, root), below));
            }
        }
    }
    candidates
}

/// The path of an address on this machine, or on the blog itself; without its query.
fn local_path<'t>(address: &'t str, config: &BookConfig) -> Option<&'t str> {
    let (path, _, _) = parts(address);
    let path = match scheme(address) {
        Some(_) => {
            let (host, path) = host_and_path(path)?;
            let (site, _) = host_and_path(config.site.as_deref()?)?;
            host.eq_ignore_ascii_case(site).then_some(path)?
        }
        None if address.starts_with("//") => return None,
        None => path,
    };
    (!path.trim_matches('/').is_empty()).then_some(path)
}

/// The folders below which pictures are looked for: those of the posts, and all above them and
/// above the post up to the book's.
fn bases(folder: &str, config: &BookConfig) -> Vec<String> {
    let mut bases: Vec<String> = Vec::new();
    let from = config.gather.from.iter().map(String::as_str);
    for start in from.chain([folder]) {
        let mut base = normalize(start);
        loop {
            if !bases.contains(&base) {
                bases.push(base.clone());
            }
            if base.is_empty() || base.ends_with("..") {
                break;
            }
            base = parent(&base).to_owned();
        }
    }
    bases
}

fn parent(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(parent, _)| parent)
}

fn join(folder: &str, path: &str) -> String {
    if folder.is_empty() { path.to_owned() } else { format!("{folder}/{path}") }
}
