//! Pictures: as the text refers to them, and as they are held.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::Attributes;
use crate::source::Span;

/// A reference to a picture.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Picture {
    /// Its address as the post has it.
    pub address: String,
    /// The words that stand for it.
    pub alt: String,
    /// Its title; empty if none.
    pub title: String,
    /// Id, classes, and how large it is to be.
    pub attributes: Attributes,
    /// The picture itself, once `resolve` found it; without it the words are shown.
    pub id: Option<PictureId>,
    /// Whether its file is there and could not be read.
    pub unreadable: bool,
}

/// Names a picture of a book.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PictureId(u32);

/// The formats that both editions can hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PictureFormat {
    /// JPEG, in grey or RGB.
    Jpeg,
    /// PNG.
    Png,
    /// GIF.
    Gif,
    /// WebP.
    WebP,
    /// SVG, without script or anything outside itself.
    Svg,
}

/// A picture that can be shown: it was decoded once, is upright, and carries no metadata.
#[derive(Debug, Clone)]
pub struct LoadedPicture {
    /// The path that it was read from.
    pub path: String,
    /// The format of `data`.
    pub format: PictureFormat,
    /// The file's content.
    pub data: Arc<[u8]>,
    /// Its width in pixels; for SVG in CSS pixels.
    pub width: u32,
    /// Its height in pixels; for SVG in CSS pixels.
    pub height: u32,
    /// Whether `data` is still the file that was read, which no edition can hold as it is: a large
    /// picture is written only when it is known how large it is wanted. Its format is not settled
    /// before that.
    pub unwritten: bool,
    /// The characters that its text has, each once, if it is an SVG.
    pub characters: BTreeSet<char>,
    /// Where it was shown first.
    pub span: Option<Span>,
}

/// All pictures of a book, each file once, in the order of their first use.
#[derive(Debug, Clone, Default)]
pub(crate) struct Pictures(BTreeMap<PictureId, LoadedPicture>);

impl Pictures {
    /// Takes a picture in.
    pub(crate) fn add(&mut self, picture: LoadedPicture) -> PictureId {
        let last = self.0.last_key_value();
        let id = PictureId(last.map_or(0, |(id, _)| id.0.saturating_add(1)));
        self.0.insert(id, picture);
        id
    }

    /// Puts another picture in the place of one.
    pub(crate) fn replace(&mut self, id: PictureId, picture: LoadedPicture) {
        self.0.insert(id, picture);
    }

    /// All of them.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (PictureId, &LoadedPicture)> {
        self.0.iter().map(|(id, picture)| (*id, picture))
    }

    /// Those of some ids.
    pub(crate) fn only(&self, ids: &BTreeSet<PictureId>) -> Self {
        let kept = ids.iter().filter_map(|id| Some((*id, self.0.get(id)?.clone())));
        Self(kept.collect())
    }
}

impl PictureFormat {
    /// The media type.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
            Self::Gif => "image/gif",
            Self::WebP => "image/webp",
            Self::Svg => "image/svg+xml",
        }
    }

    /// The usual end of a file's name, without the dot.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Jpeg => "jpg",
            Self::Png => "png",
            Self::Gif => "gif",
            Self::WebP => "webp",
            Self::Svg => "svg",
        }
    }
}
