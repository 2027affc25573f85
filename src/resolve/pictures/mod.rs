//! Pictures: found, decoded once to be sure of them, and cleaned of what nobody should see.

mod css;
mod data;
mod decode;
mod encode;
mod find;
mod fit;
mod jpeg;
mod labels;
mod raster;
mod scale;
mod strip;
mod svg;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::address::is_web;
use crate::config::BookConfig;
use crate::diag::{Code, Diagnostic};
use crate::document::{
    Block, Inline, InlineKind, LoadedPicture, Picture, PictureId, Pictures, Visit,
    VisitMut, walk_inline, walk_inline_mut,
};
use crate::manuscript::Post;
use crate::picture_lock::PictureLock;
use crate::source::Span;
use crate::world::{World, normalize};

use find::{Finder, NotFound};

pub(crate) use fit::fit;

const CONVERT: &str = "convert it to JPEG or PNG";
const DAMAGED: &str = "save it anew from the program that made it";
const FETCH_ANEW: &str = "copy it anew from where it came";

/// Why a picture cannot be shown, and what to do about it.
pub(super) struct Unreadable {
    reason: String,
    hint: &'static str,
}

/// A picture that can be shown, and what of it is not as its file has it.
pub(super) struct Read {
    picture: LoadedPicture,
    remarks: Vec<Remark>,
}

/// What of a picture is not shown as its file has it.
pub(super) struct Remark {
    code: Code,
    /// What follows "the picture …" in a message.
    what: String,
    hint: &'static str,
}

/// The pictures of a book, each file loaded once.
pub(super) struct PictureLoader<'a> {
    config: &'a BookConfig,
    world: &'a dyn World,
    finder: Finder<'a>,
    /// Pictures of the network that were fetched.
    lock: PictureLock,
    pictures: Pictures,
    /// Files that were read and are not used yet.
    read: BTreeMap<String, Result<Read, Unreadable>>,
    /// What came of each file that is used.
    loaded: BTreeMap<String, Option<PictureId>>,
}

impl<'a> PictureLoader<'a> {
    /// An empty one.
    pub(super) fn new(config: &'a BookConfig, world: &'a dyn World) -> Self {
        let (pictures, read, loaded) =
            (Pictures::default(), BTreeMap::new(), BTreeMap::new());
        let (finder, lock) = (Finder::new(config, world), PictureLock::read(world));
        Self { config, world, finder, lock, pictures, read, loaded }
    }

    /// The pictures that a post shows.
    pub(super) fn of<'s, 'd>(
        &'s mut self,
        post: &'s Post,
        diagnostics: &'d mut Vec<Diagnostic>,
    ) -> PostPictures<'a, 's, 'd> {
        PostPictures { loader: self, post, diagnostics, missing: BTreeSet::new() }
    }

    /// The cover that `book.yaml` names.
    pub(super) fn cover(
        &self,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Option<LoadedPicture> {
        let path = normalize(self.config.cover.as_deref()?);
        let span = Span::new(self.config.file, 0..0);
        let Ok(bytes) = self.world.read(&path) else {
            let message = format!("the cover `{path}` was not found");
            let diagnostic = Diagnostic::new(Code::MissingPicture, message).at(span);
            diagnostics.push(diagnostic.hint("a cover is made from the title instead"));
            return None;
        };
        let named = format!("the cover `{path}`");
        match load(&path, bytes, self.config) {
            Ok(Read { picture, remarks }) => {
                remark(&named, remarks, span, diagnostics);
                Some(picture)
            }
            Err(Unreadable { reason, hint }) => {
                let message = format!("{named} cannot be shown: {reason}");
                let diagnostic =
                    Diagnostic::new(Code::UnreadablePicture, message).at(span);
                diagnostics.push(diagnostic.hint(hint));
                None
            }
        }
    }

    /// All of them.
    pub(super) fn into_pictures(self) -> Pictures {
        self.pictures
    }

    fn load(
        &mut self,
        path: &str,
        span: Span,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Option<PictureId> {
        if let Some(known) = self.loaded.get(path) {
            return *known;
        }
        let read = self.read.remove(path);
        let read = read.unwrap_or_else(|| self.source().read(path));
        let named = format!("the picture `{path}`");
        let id = match read {
            Ok(Read { picture, remarks }) => {
                remark(&named, remarks, span, diagnostics);
                let picture = LoadedPicture { span: Some(span), ..picture };
                Some(self.pictures.add(picture))
            }
            Err(Unreadable { reason, hint }) => {
                let message = format!("{named} cannot be shown: {reason}");
                let diagnostic =
                    Diagnostic::new(Code::UnreadablePicture, message).at(span);
                diagnostics.push(diagnostic.hint(hint));
                None
            }
        };
        self.loaded.insert(path.to_owned(), id);
        id
    }

    /// Reads the pictures of all posts at once: decoding is most of the work of this stage, and
    /// each file is by itself.
    pub(super) fn read_all<'p>(
        &mut self,
        posts: impl Iterator<Item = (&'p Post, &'p [Block])>,
    ) {
        let mut paths = Paths { loader: self, post: None, paths: BTreeSet::new() };
        for (post, blocks) in posts {
            paths.post = Some(post);
            for block in blocks {
                paths.block(block);
            }
        }
        let paths: Vec<String> = paths.paths.into_iter().collect();
        let workers = std::thread::available_parallelism().map_or(1, usize::from);
        let (source, next) = (self.source(), AtomicUsize::new(0));
        let work = || {
            let mut done = Vec::new();
            while let Some(path) = paths.get(next.fetch_add(1, Ordering::Relaxed)) {
                done.push((path.clone(), source.read(path)));
            }
            done
        };
        let done = std::thread::scope(|scope| {
            let workers: Vec<_> =
                (0..workers.min(paths.len())).map(|_| scope.spawn(work)).collect();
            // A picture that brought a decoder down is read again, alone, where it is used.
            workers
                .into_iter()
                .filter_map(|it| it.join().ok())
                .flatten()
                .collect::<Vec<_>>()
        });
        self.read.extend(done);
    }

    fn source(&self) -> Source<'_> {
        Source { world: self.world, config: self.config, lock: &self.lock }
    }

    /// The path of a picture, or the address itself if the picture is written into it.
    fn path(&self, address: &str, post: &Post) -> Result<String, NotFound> {
        if data::is_data(address) {
            return Ok(address.to_owned());
        }
        let fetched = self.lock.get(address).map(|entry| normalize(&entry.file));
        match fetched.filter(|path| self.world.exists(path)) {
            Some(fetched) => Ok(fetched),
            None => self.finder.find(address, post),
        }
    }
}

/// Finds the paths of all pictures.
struct Paths<'a, 's, 'p> {
    loader: &'s PictureLoader<'a>,
    post: Option<&'p Post>,
    paths: BTreeSet<String>,
}

impl Visit for Paths<'_, '_, '_> {
    fn inline(&mut self, inline: &Inline) {
        if let (InlineKind::Picture(picture), Some(post)) = (&inline.kind, self.post) {
            self.paths.extend(self.loader.path(&picture.address, post));
        }
        walk_inline(self, inline);
    }
}

/// Where pictures are read from.
#[derive(Clone, Copy)]
struct Source<'a> {
    world: &'a dyn World,
    config: &'a BookConfig,
    lock: &'a PictureLock,
}

impl Source<'_> {
    fn read(self, path: &str) -> Result<Read, Unreadable> {
        let (path, bytes) = if data::is_data(path) {
            ("picture", data::decode(path)?)
        } else {
            let bytes = self.world.read(path).map_err(|error| Unreadable {
                reason: error.to_string(),
                hint: "see that the file can be read",
            })?;
            (path, bytes)
        };
        let changed = self.changed(path, &bytes);
        // Decoders are large, and pictures come from everywhere: one must not take the book along.
        let config = self.config;
        let loaded = std::panic::catch_unwind(|| load(path, bytes, config));
        let failed =
            Unreadable { reason: "decoding it failed".to_owned(), hint: DAMAGED };
        let mut read = loaded.unwrap_or(Err(failed))?;
        read.remarks.extend(changed);
        Ok(read)
    }

    /// Whether a file that was fetched is another one now. Only what fetches can tell.
    #[cfg(feature = "fetch")]
    fn changed(self, path: &str, bytes: &[u8]) -> Option<Remark> {
        let (address, entry) = self.lock.of_file(path)?;
        let known = &entry.sha256;
        if known.is_empty() || crate::picture_lock::sha256(bytes) == *known {
            return None;
        }
        let what = format!("is not the file that was fetched from {address}");
        let hint = "`bindery pictures --fetch --again` fetches it anew; if the file is meant \
            as it is, name it in the post";
        Some(Remark { code: Code::PictureChanged, what, hint })
    }

    #[cfg(not(feature = "fetch"))]
    #[expect(clippy::unused_self, reason = "with the network it is not")]
    fn changed(self, _: &str, _: &[u8]) -> Option<Remark> {
        None
    }
}

fn remark(
    named: &str,
    remarks: Vec<Remark>,
    span: Span,
    diagnostics: &mut Vec<Diagnostic>,
) {
    for Remark { code, what, hint } in remarks {
        let diagnostic = Diagnostic::new(code, format!("{named} {what}")).at(span);
        diagnostics.push(diagnostic.hint(hint));
    }
}

/// Finds the pictures of one post.
pub(super) struct PostPictures<'a, 's, 'd> {
    loader: &'s mut PictureLoader<'a>,
    post: &'s Post,
    diagnostics: &'d mut Vec<Diagnostic>,
    /// The addresses of which was said already that they lead to nothing.
    missing: BTreeSet<String>,
}

impl VisitMut for PostPictures<'_, '_, '_> {
    fn inline(&mut self, inline: &mut Inline) {
        if let InlineKind::Picture(picture) = &mut inline.kind {
            self.find(picture, inline.span);
            if picture.alt.is_empty() {
                picture.alt = picture.title.clone();
            }
            // One that is not there was reported already.
            if picture.alt.is_empty() && picture.id.is_some() {
                let message = format!("the picture `{}` has no words", picture.address);
                let diagnostic =
                    Diagnostic::new(Code::MissingAlt, message).at(inline.span);
                let hint = "say between the brackets of `![…](…)` what it shows";
                self.diagnostics.push(diagnostic.hint(hint));
            }
        }
        walk_inline_mut(self, inline);
    }
}

impl PostPictures<'_, '_, '_> {
    fn find(&mut self, picture: &mut Picture, span: Span) {
        let address = picture.address.as_str();
        match self.loader.path(address, self.post) {
            Ok(path) => {
                picture.id = self.loader.load(&path, span, self.diagnostics);
                picture.unreadable = picture.id.is_none();
            }
            Err(not_found) => {
                if self.missing.insert(address.to_owned()) {
                    let gone = self.loader.lock.get(address);
                    let diagnostic = match gone {
                        Some(entry) => gone_since(address, &entry.file),
                        None => absent(address, &not_found),
                    };
                    self.diagnostics.push(diagnostic.at(span));
                }
            }
        }
    }
}

/// A picture that was fetched, and whose file is gone.
fn gone_since(address: &str, file: &str) -> Diagnostic {
    let message =
        format!("the picture {address} was fetched into `{file}`, which is gone");
    Diagnostic::new(Code::MissingPicture, message)
        .hint("`bindery pictures --fetch` fetches it anew")
}

fn absent(address: &str, not_found: &NotFound) -> Diagnostic {
    if is_web(address) || address.starts_with("//") {
        let message = format!("the picture {address} is on the network");
        return Diagnostic::new(Code::RemotePicture, message).hint(
            "`bindery pictures --fetch` fetches it; or save it, and name the file",
        );
    }
    let message = format!("the picture `{address}` was not found");
    Diagnostic::new(Code::MissingPicture, message).hint(not_found.hint(address))
}

/// Reads a picture of any format that both editions can hold.
fn load(path: &str, bytes: Arc<[u8]>, config: &BookConfig) -> Result<Read, Unreadable> {
    match svg::is_svg(&bytes) {
        true => svg::load(path, &bytes),
        false => raster::load(path, bytes, config.epub.pictures),
    }
}
