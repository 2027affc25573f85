//! Pictures: found, decoded once to be sure of them, and cleaned of what nobody should see.

mod find;
mod raster;
mod strip;
mod svg;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::config::BookConfig;
use crate::diag::{Code, Diagnostic};
use crate::document::{
    Inline, InlineKind, LoadedPicture, Picture, PictureId, Pictures, VisitMut,
    walk_inline_mut,
};
use crate::manuscript::Post;
use crate::source::Span;
use crate::world::{World, normalize};

use super::address::{is_web, scheme};
use find::candidates;

/// Why a picture cannot be shown, and what to do about it.
pub(super) struct Unreadable {
    reason: String,
    hint: &'static str,
}

/// The pictures of a book, each file loaded once.
pub(super) struct Shelf<'a> {
    config: &'a BookConfig,
    world: &'a dyn World,
    pictures: Pictures,
    /// What came of each file.
    loaded: BTreeMap<String, Option<PictureId>>,
}

impl<'a> Shelf<'a> {
    /// An empty one.
    pub(super) fn new(config: &'a BookConfig, world: &'a dyn World) -> Self {
        Self { config, world, pictures: Pictures::default(), loaded: BTreeMap::new() }
    }

    /// The pictures that a post shows.
    pub(super) fn of<'s, 'd>(
        &'s mut self,
        post: &'s Post,
        diagnostics: &'d mut Vec<Diagnostic>,
    ) -> PostPictures<'a, 's, 'd> {
        PostPictures { shelf: self, post, diagnostics, missing: BTreeSet::new() }
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
        match load(&path, bytes) {
            Ok(cover) => Some(cover),
            Err(Unreadable { reason, hint }) => {
                let message = format!("the cover `{path}` cannot be shown: {reason}");
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
        let read = self.world.read(path).map_err(|error| Unreadable {
            reason: error.to_string(),
            hint: "see that the file can be read",
        });
        let id = match read.and_then(|bytes| load(path, bytes)) {
            Ok(picture) => Some(self.pictures.add(picture)),
            Err(Unreadable { reason, hint }) => {
                let message = format!("the picture `{path}` cannot be shown: {reason}");
                let diagnostic =
                    Diagnostic::new(Code::UnreadablePicture, message).at(span);
                diagnostics.push(diagnostic.hint(hint));
                None
            }
        };
        self.loaded.insert(path.to_owned(), id);
        id
    }
}

/// Finds the pictures of one post.
pub(super) struct PostPictures<'a, 's, 'd> {
    shelf: &'s mut Shelf<'a>,
    post: &'s Post,
    diagnostics: &'d mut Vec<Diagnostic>,
    /// The addresses of which was said already that they lead to nothing.
    missing: BTreeSet<String>,
}

impl VisitMut for PostPictures<'_, '_, '_> {
    fn inline(&mut self, inline: &mut Inline) {
        if let InlineKind::Picture(picture) = &mut inline.kind {
            picture.id = self.find(picture, inline.span);
            if picture.alt.is_empty() {
                picture.alt = picture.title.clone();
            }
            if picture.alt.is_empty() {
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
    fn find(&mut self, picture: &Picture, span: Span) -> Option<PictureId> {
        let address = picture.address.as_str();
        let candidates = candidates(address, self.post, self.shelf.config);
        let world = self.shelf.world;
        if let Some(path) = candidates.iter().find(|path| world.exists(path)) {
            return self.shelf.load(path, span, self.diagnostics);
        }
        if self.missing.insert(address.to_owned()) {
            self.diagnostics.push(absent(address, &candidates).at(span));
        }
        None
    }
}

fn absent(address: &str, candidates: &[String]) -> Diagnostic {
    if is_web(address) || address.starts_with("//") {
        let message = format!("the picture {address} is on the network");
        return Diagnostic::new(Code::RemotePicture, message)
            .hint("save it beside the post and name the file");
    }
    if scheme(address).as_deref() == Some("data") {
        return Diagnostic::new(
            Code::UnreadablePicture,
            "a picture is written into the post",
        )
        .hint("save it as a file beside the post and name that");
    }
    let message = format!("the picture `{address}` was not found");
    let shown: Vec<String> =
        candidates.iter().take(4).map(|it| format!("`{it}`")).collect();
    let more = match candidates.len().saturating_sub(shown.len()) {
        0 => String::new(),
        more => format!(" and {more} more places"),
    };
    Diagnostic::new(Code::MissingPicture, message)
        .hint(format!("looked for at {}{more}", shown.join(", ")))
}

/// Reads a picture of any format that both editions can hold.
fn load(path: &str, bytes: Arc<[u8]>) -> Result<LoadedPicture, Unreadable> {
    if svg::is_svg(&bytes) { svg::load(path, &bytes) } else { raster::load(path, bytes) }
}
