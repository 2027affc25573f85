//! What one paragraph sets: a string, and what applies to each part of it.

use std::ops::Range;
use std::sync::Arc;

use crate::document::PictureId;
use crate::source::Span;
use crate::style::{Length, Style};
use crate::typeset::content::named_string::StringSet;
use crate::typeset::inline::formula::SetFormula;
use crate::typeset::inline::inline_box::InlineBox;
use crate::typeset::output::frame::{Anchor, Destination};
use crate::typeset::output::structure::{ContentId, NodeId};
use crate::typeset::text::letters::TextStyle;
use crate::units::{Pt, Size};

/// Everything that one paragraph sets.
#[derive(Debug, Default, Clone)]
pub(crate) struct Collected {
    /// The text, [`OBJECT`] for each picture and leader.
    pub text: String,
    /// What applies to it: runs that follow one another without a gap.
    pub runs: Vec<Run>,
    /// The places that links may lead to, by where they are in the text.
    pub anchors: Vec<(usize, Anchor)>,
    /// Named strings that its elements set.
    pub strings: StringSet,
    /// Whether it begins at the right.
    pub right_to_left: bool,
    /// How tall a picture in it may become; none is as tall as in running text.
    pub tallest_picture: Option<Pt>,
}

/// Stands in the text for a picture or a leader (U+FFFC).
pub(crate) const OBJECT: char = '\u{fffc}';

/// Stands in the text for ideographs with a reading.
pub(crate) const RUBY: char = '\u{4e00}';

/// Stands in the text for a formula: lines break around it as around a letter.
pub(crate) const FORMULA: char = '\u{1d465}';

/// Part of a paragraph to which one set of things applies.
#[derive(Debug, Clone)]
pub(crate) struct Run {
    /// Which part of the text.
    pub range: Range<usize>,
    /// How it is set.
    pub style: TextStyle,
    /// Its leaf in the structure.
    pub leaf: ContentId,
    /// Its link.
    pub link: Option<Arc<Link>>,
    /// What its text stands for.
    pub object: Option<Object>,
    /// Whether it is an address, and may break where an address may.
    pub address: bool,
    /// Where it was written.
    pub span: Span,
}

/// What stands in a line beside text.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Object {
    /// A picture, and how wide and tall it is to be: as the stylesheet says, or by nature.
    Picture(PictureId, PictureSize),
    /// A formula.
    Formula(Arc<SetFormula>),
    /// Ideographs with their reading above them.
    Ruby(Arc<InlineBox>),
    /// Something that is repeated until the line is full.
    Leader(Arc<str>),
}

/// What a style says of a picture's size; none is as the other side or nature has it.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(crate) struct PictureSize {
    /// `width`.
    pub width: Option<Length>,
    /// `height`.
    pub height: Option<Length>,
    /// `max-width`.
    pub max_width: Option<Length>,
    /// `max-height`.
    pub max_height: Option<Length>,
}

/// A link within a paragraph.
#[derive(Debug, PartialEq)]
pub(crate) struct Link {
    /// Where it leads.
    pub destination: Destination,
    /// Its node in the structure.
    pub node: NodeId,
    /// Its words.
    pub words: Arc<str>,
}

impl Collected {
    /// Takes away the space at the end, which nothing shows.
    pub(crate) fn trim_end(&mut self) {
        while self.text.ends_with(' ')
            && self.runs.last().is_some_and(|run| !run.style.preformatted)
        {
            self.text.pop();
            let end = self.text.len();
            if let Some(run) = self.runs.last_mut() {
                run.range.end = end;
            }
            self.runs.retain(|run| !run.range.is_empty());
        }
    }

    /// Sets part of the text otherwise.
    pub(crate) fn restyle(
        &mut self,
        part: Range<usize>,
        change: impl Fn(&TextStyle) -> TextStyle,
    ) {
        self.cut(part.start);
        self.cut(part.end);
        for run in &mut self.runs {
            if part.start <= run.range.start && run.range.end <= part.end {
                run.style = change(&run.style);
            }
        }
    }

    /// Makes two runs of the one that a place is in.
    fn cut(&mut self, at: usize) {
        let within = |run: &Run| run.range.start < at && at < run.range.end;
        if let Some(index) = self.runs.iter().position(within) {
            let mut after = self.runs[index].clone();
            after.range.start = at;
            self.runs[index].range.end = at;
            self.runs.insert(index + 1, after);
        }
    }

    /// Takes away what stands before a place.
    pub(crate) fn split_to(&mut self, at: usize) -> Self {
        self.cut(at);
        let runs = std::mem::take(&mut self.runs);
        let (before, after) = runs.into_iter().partition(|run| run.range.end <= at);
        let rest = self.text.split_off(at);
        let text = std::mem::replace(&mut self.text, rest);
        self.runs = after;
        for run in &mut self.runs {
            run.range = run.range.start - at..run.range.end - at;
        }
        let anchors = std::mem::take(&mut self.anchors);
        let (first, mut rest): (Vec<_>, Vec<_>) =
            anchors.into_iter().partition(|(place, _)| *place < at);
        rest.iter_mut().for_each(|(place, _)| *place -= at);
        self.anchors = rest;
        let Self { right_to_left, tallest_picture, .. } = *self;
        let strings = Vec::new();
        Self {
            text,
            runs: before,
            anchors: first,
            strings,
            right_to_left,
            tallest_picture,
        }
    }
}

impl PictureSize {
    /// What a style says.
    pub(crate) fn of(style: &Style) -> Self {
        Self {
            width: style.width,
            height: style.height,
            max_width: style.max_width,
            max_height: style.max_height,
        }
    }

    /// The same, and no taller than `tallest`.
    pub(crate) fn fit_within(&self, natural: Size, measure: Pt, tallest: Pt) -> Size {
        let Size { width, height } = self.fit(natural, measure);
        let scale = (tallest / height).min(1.0);
        Size { width: width * scale, height: height * scale }
    }

    /// The size in a measure of a picture that is `natural` by nature.
    pub(crate) fn fit(&self, natural: Size, measure: Pt) -> Size {
        let ratio = natural.height / natural.width;
        let set = |length: Option<Length>| length.map(|length| length.of(measure));
        let mut width = set(self.width);
        let mut height = self.height.filter(|it| it.fraction == 0.0).map(|it| it.pt);
        if let (None, None) = (width, height) {
            width = Some(natural.width);
        }
        let mut width =
            width.unwrap_or_else(|| height.map_or(natural.width, |it| it / ratio));
        if let Some(most) = set(self.max_width)
            && width > most
        {
            width = most;
            height = None;
        }
        let mut height = height.unwrap_or(width * ratio);
        if let Some(most) = self.max_height.filter(|it| it.fraction == 0.0)
            && height > most.pt
        {
            height = most.pt;
            width = height / ratio;
        }
        Size { width, height }
    }
}
