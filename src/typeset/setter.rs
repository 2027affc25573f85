//! What all stages of typesetting share: fonts, words, the structure, and what was amiss.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::config::{NoteMarks, QrCodes};
use crate::diag::{Code, Diagnostic};
use crate::document::PictureId;
use crate::language::Language;
use crate::source::Span;
use crate::typeset::inline::atoms;
use crate::typeset::inline::breaks;
use crate::typeset::inline::candidates;
use crate::typeset::inline::collected::{Collected, PictureSize};
use crate::typeset::inline::formula::{Beside, Formulas, SetFormula};
use crate::typeset::inline::line::{self, Fitted, Line, Shape};
use crate::typeset::noticed::Noticed;
use crate::typeset::output::frame::{Anchor, Destination, Folio};
use crate::typeset::output::structure::{self, Branch};
use crate::typeset::text::bidi::Levels;
use crate::typeset::text::fonts::FontBook;
use crate::typeset::text::letters::TextStyle;
use crate::typeset::text::shape::Shaper;
use crate::typeset::text::words::Words;
use crate::units::{Pt, Size};
use crate::world::World;

/// What all stages share.
pub struct Setter<'w> {
    /// Fonts, and shaped text.
    pub shaper: Shaper<'w>,
    /// Words.
    pub words: Words,
    /// The structure of the document, as far as it is built.
    pub structure: Branch,
    /// The document's language.
    pub language: Language,
    /// The marks that refer to notes.
    pub marks: NoteMarks,
    /// Where codes stand that a telephone can read.
    pub qr: QrCodes,
    /// Whether notes stand at the feet of pages.
    pub notes_at_foot: bool,
    /// Where text of our own was written.
    pub nowhere: Span,
    /// What came up.
    pub noticed: Noticed,
    /// What is known of the round before.
    pub known: Arc<Known>,
    /// The pixels of each picture: width, height.
    pub picture_sizes: Arc<BTreeMap<PictureId, (u32, u32)>>,
    /// How tall a picture may become.
    pub tallest_picture: Pt,
    /// How tall the text of a page is.
    pub page_height: Pt,
    /// Sets formulas, once there is one.
    formulas: Option<Option<Formulas>>,
}

/// What is known of all places once pages were set: nothing before the first round.
#[derive(Debug, Default)]
pub struct Known {
    /// Their folios.
    pub folios: BTreeMap<Anchor, Folio>,
    /// The words of those that have a title.
    pub titles: BTreeMap<Anchor, String>,
}

impl<'w> Setter<'w> {
    /// Opens the fonts.
    pub fn new(world: &'w dyn World, language: Language, nowhere: Span) -> Self {
        Self {
            shaper: Shaper::new(FontBook::open(world)),
            words: Words::default(),
            structure: Branch::default(),
            language,
            marks: NoteMarks::default(),
            qr: QrCodes::default(),
            notes_at_foot: false,
            nowhere,
            noticed: Noticed::default(),
            known: Arc::default(),
            picture_sizes: Arc::default(),
            tallest_picture: Pt::ZERO,
            page_height: Pt::ZERO,
            formulas: None,
        }
    }

    /// Another one for another thread, with the same fonts and nothing set yet.
    pub fn beside(&self) -> Self {
        let Self { shaper, words, language, marks, qr, .. } = self;
        Self {
            shaper: shaper.beside(),
            words: words.beside(),
            structure: Branch::default(),
            language: language.clone(),
            marks: *marks,
            qr: *qr,
            notes_at_foot: self.notes_at_foot,
            nowhere: self.nowhere,
            noticed: Noticed::default(),
            known: self.known.clone(),
            picture_sizes: self.picture_sizes.clone(),
            tallest_picture: self.tallest_picture,
            page_height: self.page_height,
            formulas: None,
        }
    }

    /// Breaks a paragraph and sets its lines.
    pub fn lines(&mut self, collected: &Collected, shape: &Shape) -> Vec<Line> {
        let fitted = self.fit(collected, shape);
        let mut lines = Vec::with_capacity(fitted.broken.best.len());
        for (number, fit) in (0..).zip(&fitted.broken.best) {
            lines.push(line::set(self, collected, &fitted, fit, shape, number));
        }
        lines
    }

    /// Breaks a paragraph, and says where that cannot be done.
    pub fn fit(&mut self, collected: &Collected, shape: &Shape) -> Fitted {
        // A picture may come first, beside the indent.
        let room = shape.measure - shape.indent.max(Pt::ZERO);
        let levels = Levels::of(&collected.text, collected.right_to_left);
        let atoms = atoms::atoms(self, collected, levels.as_ref(), room);
        let candidates = candidates::candidates(&atoms, collected, shape);
        let broken = breaks::fit(&candidates.list, &shape.aim());
        let place = |fit| line::span_of(collected, &atoms, &candidates, fit);
        let loose = |fit: &&breaks::Fit| fit.is_loose(shape.size);
        let overfull: Vec<Span> =
            broken.best.iter().filter(|fit| fit.overfull).filter_map(place).collect();
        if overfull.is_empty()
            && let Some(span) = broken.best.iter().find(loose).and_then(place)
        {
            self.loose(span);
        }
        overfull.into_iter().for_each(|span| self.overfull(span));
        Fitted { atoms, candidates, broken, levels }
    }

    /// How large a picture is set: as its style says, and no taller than may be.
    pub fn fitted(&self, picture: PictureId, wanted: &PictureSize, measure: Pt) -> Size {
        let size = wanted.fit(self.picture_size(picture), measure);
        let scale = (self.tallest_picture / size.height).min(1.0);
        Size { width: size.width * scale, height: size.height * scale }
    }

    /// The natural size of a picture: 96 of its pixels to the inch, as on the web.
    pub fn picture_size(&self, picture: PictureId) -> Size {
        let (width, height) = self.picture_sizes.get(&picture).copied().unwrap_or((1, 1));
        let points = |pixels: u32| Pt(f64::from(pixels.max(1)) * 0.75);
        Size { width: points(width), height: points(height) }
    }

    /// The folio of a place in the book, as far as the round before knew it.
    pub fn page_of(&mut self, destination: &Destination) -> Option<String> {
        let Destination::Anchor(anchor) = destination else { return None };
        self.noticed.asked_for_folio = true;
        let known = self.known.folios.get(anchor);
        Some(known.map_or_else(|| "000".to_owned(), Folio::to_string))
    }

    /// The words of a place in the book, as far as the round before knew them.
    pub fn text_of(&mut self, destination: &Destination) -> Option<String> {
        let Destination::Anchor(anchor) = destination else { return None };
        self.noticed.asked_for_folio = true;
        Some(self.known.titles.get(anchor).cloned().unwrap_or_default())
    }

    /// Sets a formula in the size and colour of letters; none if that is beyond it.
    pub fn formula(
        &mut self,
        mathml: &str,
        text: &TextStyle,
        span: Span,
    ) -> Option<Arc<SetFormula>> {
        let shaper = &mut self.shaper;
        let formulas = self.formulas.get_or_insert_with(|| Formulas::open(shaper));
        let font = shaper.fonts.first(text.letters.face);
        let x_height = shaper.fonts.get(font).metrics().x_height;
        let beside = Beside { size: text.size, x_height, color: text.color };
        formulas.as_ref()?.set(mathml, &beside, span).map(Arc::new)
    }

    /// Notes that a formula is shown as its source.
    pub fn math_as_source(&mut self, span: Span) {
        self.noticed.tell(
            Diagnostic::new(
                Code::MathAsSource,
                "the PDF shows this formula as its source",
            )
            .at(span)
            .hint("the EPUB has it as MathML"),
        );
    }

    /// Notes that a line has too much white.
    fn loose(&mut self, span: Span) {
        self.noticed.tell(
            Diagnostic::new(
                Code::LooseLine,
                "a line has too much white between its words, and its letters stand apart",
            )
            .at(span)
            .hint(
                "a soft hyphen in the word after it would help, or `text-align: start`",
            ),
        );
    }

    /// A text as the PDF can hold it beside its pages; one that is shortened is reported.
    pub fn attribute(&mut self, text: String, span: Span) -> String {
        let Some(shortened) = structure::shortened(&text) else { return text };
        let message = "a text is too long for the bookmarks and alternatives of a PDF";
        let diagnostic = Diagnostic::new(Code::TextTooLong, message).at(span);
        self.noticed
            .tell(diagnostic.hint("it is shortened there; the page has all of it"));
        shortened
    }

    /// Notes that something is wider than its measure.
    pub fn overfull(&mut self, span: Span) {
        self.noticed.tell(
            Diagnostic::new(Code::OverfullLine, "a line is wider than its measure")
                .at(span)
                .hint("a place to break it would help: a space, or a soft hyphen"),
        );
    }
}

/// A link's area within what is not yet on a page.
#[derive(Debug, Clone, PartialEq)]
pub struct PendingLink {
    /// The area.
    pub area: crate::units::Rect,
    /// The link.
    pub link: Arc<crate::typeset::inline::collected::Link>,
}
