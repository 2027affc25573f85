//! Where a picture's file may lie.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use crate::address::{host_and_path, is_web, parts, percent_decode, scheme};
use crate::config::{BookConfig, Generator};
use crate::manuscript::Post;
use crate::world::{World, normalize};

/// Folders whose content blogs put at the root of their addresses, whatever makes their pages.
const ROOTS: [&str; 5] = ["static", "public", "assets", "source", "src"];

/// What blogs write before the path of a picture of their own (Pelican, Ghost, Zola).
const MARKS: [&str; 7] = [
    "{static}",
    "{attach}",
    "{filename}",
    "|static|",
    "|filename|",
    "__GHOST_URL__",
    "@/",
];

/// Finds the files of pictures.
pub(super) struct Finder<'a> {
    config: &'a BookConfig,
    world: &'a dyn World,
    /// The files of the book's folder and of those that posts are gathered from; listed when a
    /// picture is not where it should be.
    files: OnceLock<Files>,
}

/// Files by their names.
#[derive(Default)]
struct Files {
    /// By the name in small letters, without extension.
    by_stem: BTreeMap<String, Vec<String>>,
    /// Those whose names are not UTF-8, with U+FFFD for what is not.
    unreadable: Vec<String>,
}

/// Why no file was found.
pub(super) struct NotFound {
    /// Where it was looked for.
    candidates: Vec<String>,
    /// A file that may be meant: its name differs by case or by extension.
    similar: Option<String>,
}

impl<'a> Finder<'a> {
    pub(super) fn new(config: &'a BookConfig, world: &'a dyn World) -> Self {
        Self { config, world, files: OnceLock::new() }
    }

    /// The path of the picture that a post shows.
    pub(super) fn find(&self, address: &str, post: &Post) -> Result<String, NotFound> {
        let candidates = candidates(address, post, self.config);
        if let Some(found) = candidates.iter().find(|path| self.world.exists(path)) {
            return Ok(found.clone());
        }
        if candidates.is_empty() {
            return Err(NotFound { candidates, similar: None });
        }
        let name = file_name(&candidates[0]);
        let files = self.files.get_or_init(|| self.list());
        let alike = files.by_stem.get(&stem(name).to_lowercase());
        let alike = alike.map(Vec::as_slice).unwrap_or_default();
        // What an address has below the blog's own folders is the end of the file's path; a vault of
        // Obsidian has each name but once.
        let below = candidates[0].as_str();
        let below = below.strip_prefix(parent(&post.path)).unwrap_or(below);
        let below = below.trim_start_matches('/');
        let by_name = post.origin.generator == Generator::Obsidian;
        let is_meant = |path: &&String| {
            let rest = path.strip_suffix(below);
            let ends = rest.is_some_and(|rest| rest.is_empty() || rest.ends_with('/'));
            by_name && file_name(path) == name || ends && below.contains('/')
        };
        let meant: Vec<&String> = alike.iter().filter(is_meant).collect();
        if let [only] = meant.as_slice() {
            return Ok((*only).clone());
        }
        let similar = alike.iter().find(|path| {
            candidates.iter().any(|candidate| {
                let folder = |path: &str| parent(path).to_lowercase();
                folder(candidate) == folder(path)
            })
        });
        let is_picture = |path: &&String| has_extension_of_picture(path);
        let similar = similar.filter(is_picture).or_else(|| {
            let mut paths = files.unreadable.iter();
            paths.find(|path| candidates.iter().any(|it| is_same_but_bytes(path, it)))
        });
        let similar = similar.cloned();
        Err(NotFound { candidates, similar })
    }

    fn list(&self) -> Files {
        let mut files = Files::default();
        let folders = self.config.gather.from.iter().map(String::as_str);
        let mut seen: Vec<String> = Vec::new();
        for folder in [""].into_iter().chain(folders) {
            let folder = normalize(folder);
            let within = |outer: &String| {
                outer.is_empty() && !folder.starts_with("..") && !folder.starts_with('/')
                    || folder == *outer
            };
            if seen.iter().any(within) {
                continue;
            }
            for path in self.world.files(&folder).unwrap_or_default() {
                if path.contains(char::REPLACEMENT_CHARACTER) && !self.world.exists(&path)
                {
                    files.unreadable.push(normalize(&path));
                    continue;
                }
                let stem = stem(file_name(&path)).to_lowercase();
                files.by_stem.entry(stem).or_default().push(normalize(&path));
            }
            seen.push(folder);
        }
        files
    }
}

impl NotFound {
    /// What to do about it.
    pub(super) fn hint(&self, address: &str) -> String {
        if let Some(similar) = &self.similar {
            if similar.contains(char::REPLACEMENT_CHARACTER) {
                return format!(
                    "there is `{similar}`, whose name is not UTF-8: rename it"
                );
            }
            return format!("there is `{similar}`: write its name as the file has it");
        }
        if scheme(address).as_deref() == Some("file") {
            return "it is a file of the machine that wrote the address: save it beside \
                the post"
                .to_owned();
        }
        let shown: Vec<String> =
            self.candidates.iter().take(4).map(|it| format!("`{it}`")).collect();
        let more = match self.candidates.len().saturating_sub(shown.len()) {
            0 => String::new(),
            more => format!(" and {more} more places"),
        };
        format!("looked for at {}{more}", shown.join(", "))
    }
}

/// Whether a path is another one with U+FFFD in the place of characters.
fn is_same_but_bytes(unreadable: &str, path: &str) -> bool {
    let mut characters = path.chars();
    unreadable.chars().all(|known| {
        let other = characters.next();
        other == Some(known) || known == char::REPLACEMENT_CHARACTER && other.is_some()
    }) && characters.next().is_none()
}

/// The paths at which the picture that a post shows may be, likeliest first.
fn candidates(address: &str, post: &Post, config: &BookConfig) -> Vec<String> {
    let Some(path) = local_path(address, post, config) else { return Vec::new() };
    // Windows writes such paths.
    let path = path.replace('\\', "/");
    let mut candidates: Vec<String> = Vec::new();
    let mut add = |candidate: String| {
        let candidate = normalize(&candidate);
        if !candidate.is_empty() && !candidates.contains(&candidate) {
            candidates.push(candidate);
        }
    };
    let decoded = percent_decode(&path);
    let site = &post.origin.site;
    for path in [decoded.as_str(), path.as_str()] {
        let folder = parent(&post.path);
        let below = path.trim_start_matches('/');
        if !path.starts_with('/') {
            add(join(folder, path));
            // Hexo's folder of a post stands beside it, and has its name.
            add(join(stem(&post.path), path));
        }
        for public in site.public_folders() {
            add(join(&site.path(public), below));
        }
        let mut bases = bases(folder, config);
        bases.extend((!bases.contains(&site.root)).then(|| site.root.clone()));
        for base in &bases {
            add(join(base, below));
        }
        for root in ROOTS {
            for base in &bases {
                add(join(&join(base, root), below));
            }
        }
        // The address of the post itself, and what lies in its folder.
        if let Some((pages, name)) = below.rsplit_once('/')
            && file_name(pages).eq_ignore_ascii_case(&post.slug)
        {
            add(join(folder, name));
            add(join(stem(&post.path), name));
        }
        for below in uploaded(below) {
            for base in &bases {
                add(join(base, &below));
            }
        }
    }
    candidates
}

/// What WordPress calls an uploaded picture: below a folder of uploads, and without the size that
/// it was made smaller to, `quay-300x200.jpg`.
fn uploaded(path: &str) -> Vec<String> {
    let Some((_, below)) = path.split_once("wp-content/uploads/") else {
        return Vec::new();
    };
    let (name, extension) = below.rsplit_once('.').unwrap_or((below, ""));
    let is_size = |size: &str| {
        size.split_once('x').is_some_and(|(width, height)| {
            let is_number = |text: &str| {
                !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
            };
            is_number(width) && is_number(height)
        })
    };
    let whole = name.rsplit_once('-').filter(|(_, size)| is_size(size));
    let whole = whole.map(|(name, _)| format!("{name}.{extension}"));
    let names = std::iter::once(below.to_owned()).chain(whole);
    let folders = ["wp-content/uploads/", "uploads/", "media/", ""];
    names.flat_map(|name| folders.map(|folder| format!("{folder}{name}"))).collect()
}

/// The path of an address on this machine, or on the blog itself; without its query.
fn local_path<'t>(address: &'t str, post: &Post, config: &BookConfig) -> Option<&'t str> {
    let address =
        MARKS.iter().find_map(|mark| address.strip_prefix(mark)).unwrap_or(address);
    let (path, _, _) = parts(address);
    let site = post.site_address(config).and_then(host_and_path);
    let path = match scheme(address) {
        // A drive of Windows is no scheme of the web; what lies on it is not here.
        Some(_) if is_web(address) => {
            let (host, path) = host_and_path(path)?;
            host.eq_ignore_ascii_case(site?.0).then_some(path)?
        }
        Some(_) => return None,
        None if address.starts_with("//") => return None,
        None => path,
    };
    // The blog may be a folder of its host, which no path of its files has.
    let below = site.map_or("", |(_, below)| below.trim_end_matches('/'));
    let own = path.strip_prefix(below).filter(|rest| rest.starts_with('/'));
    let path = own.filter(|_| !below.is_empty()).unwrap_or(path);
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

fn has_extension_of_picture(path: &str) -> bool {
    let extension = path.rsplit_once('.').map_or("", |(_, extension)| extension);
    const KNOWN: [&str; 12] = [
        "jpg", "jpeg", "png", "gif", "svg", "webp", "avif", "heic", "bmp", "tif", "tiff",
        "ico",
    ];
    KNOWN.iter().any(|known| extension.eq_ignore_ascii_case(known))
}

fn file_name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

/// A path without its extension.
fn stem(path: &str) -> &str {
    match path.rsplit_once('.') {
        Some((stem, extension)) if !extension.contains('/') => stem,
        _ => path,
    }
}

fn parent(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(parent, _)| parent)
}

fn join(folder: &str, path: &str) -> String {
    if folder.is_empty() { path.to_owned() } else { format!("{folder}/{path}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_in_latin_1_is_told_from_others() {
        assert!(is_same_but_bytes("a/caf\u{fffd}.png", "a/café.png"));
        assert!(is_same_but_bytes("a/caf\u{fffd}.png", "a/caf\u{fffd}.png"));
        assert!(!is_same_but_bytes("a/caf\u{fffd}.png", "a/caf.png"));
        assert!(!is_same_but_bytes("a/caf\u{fffd}.png", "a/caféé.png"));
    }

    #[test]
    fn uploads_are_found_whole_where_the_address_has_a_size() {
        let found = uploaded("wp-content/uploads/2017/08/quay-300x200.jpg");
        assert_eq!(found[0], "wp-content/uploads/2017/08/quay-300x200.jpg");
        assert!(found.contains(&"uploads/2017/08/quay.jpg".to_owned()));
        assert!(uploaded("img/quay-300x200.jpg").is_empty());
    }
}
