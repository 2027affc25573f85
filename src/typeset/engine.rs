//! What all stages of typesetting share, and none of them changes.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use crate::config::{NoteMarks, QrCodes};
use crate::document::{PictureId, Target};
use crate::language::Language;
use crate::markup::{PageNumbers, PrintedPage};
use crate::source::Span;
use crate::style::{Color, Tag};
use crate::typeset::inline::formula::{FormulaContext, Formulas, SetFormula};
use crate::typeset::output::frame::{Anchor, Destination, Folio};
use crate::typeset::text::fonts::{FaceId, FontBook, FontId};
use crate::typeset::text::glyphs::Shaped;
use crate::typeset::text::shape::{Features, Shaper};
use crate::typeset::text::words::{Letters, ShapeCache, Word};
use crate::units::{Pt, Size};
use crate::world::World;

/// Fonts, settings, what is known of the round before, and caches of what was shaped.
pub(crate) struct Engine<'w> {
    /// All fonts.
    pub(crate) fonts: FontBook<'w>,
    /// What a book sets once for all its documents.
    pub(crate) settings: Arc<Settings>,
    /// What is known of the round before.
    pub(crate) introspection: Arc<Introspection>,
    /// Each thread has an engine of its own, so that nobody waits for them.
    caches: Mutex<Caches<'w>>,
    formulas: OnceLock<Option<Formulas>>,
}

/// What was shaped so far.
struct Caches<'w> {
    shaper: Shaper<'w>,
    words: ShapeCache,
}

/// What a book sets once for all its documents.
#[derive(Debug, Clone)]
pub(crate) struct Settings {
    /// The book's language.
    pub(crate) language: Language,
    /// The marks that refer to notes.
    pub(crate) marks: NoteMarks,
    /// Where codes stand that a telephone can read.
    pub(crate) qr: QrCodes,
    /// Whether notes stand at the feet of pages.
    pub(crate) notes_at_foot: bool,
    /// The pixels of each picture: width, height.
    pub(crate) picture_sizes: Arc<BTreeMap<PictureId, (u32, u32)>>,
    /// How tall the text of a page is.
    pub(crate) page_height: Pt,
}

/// How tall a picture may become, in parts of the text's height.
const TALLEST_PICTURE: f64 = 0.72;

/// What is known of all places once pages were set: nothing before the first round.
#[derive(Debug, Default)]
pub(crate) struct Introspection {
    /// Their folios.
    pub(crate) folios: BTreeMap<Anchor, Folio>,
    /// The words of those that have a title.
    pub(crate) titles: BTreeMap<Anchor, String>,
    /// Whether anything was asked: if not, another round would set the same.
    asked: AtomicBool,
}

impl<'w> Engine<'w> {
    /// Opens the fonts.
    pub(crate) fn new(world: &'w dyn World, settings: Settings) -> Self {
        let fonts = FontBook::open(world);
        let shaper = Shaper::new(fonts.clone());
        Self {
            fonts,
            settings: Arc::new(settings),
            introspection: Arc::default(),
            caches: Mutex::new(Caches { shaper, words: ShapeCache::default() }),
            formulas: OnceLock::new(),
        }
    }

    /// Another one for another thread, with the same fonts and empty caches.
    pub(crate) fn fork(&self) -> Self {
        let Caches { shaper, words } = &*self.caches();
        Self {
            fonts: self.fonts.clone(),
            settings: self.settings.clone(),
            introspection: self.introspection.clone(),
            caches: Mutex::new(Caches { shaper: shaper.fork(), words: words.fork() }),
            formulas: OnceLock::new(),
        }
    }

    fn caches(&self) -> MutexGuard<'_, Caches<'w>> {
        self.caches.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The word of these characters in these letters.
    pub(crate) fn word(&self, letters: Letters, text: &str) -> Arc<Word> {
        let Caches { shaper, words } = &mut *self.caches();
        words.get(shaper, letters, text)
    }

    /// The beginning of a word, as far as it stands before a hyphen at a line's end.
    pub(crate) fn hyphenated_word(&self, letters: Letters, text: &str) -> Arc<Word> {
        let Caches { shaper, words } = &mut *self.caches();
        words.hyphenated(shaper, letters, text)
    }

    /// A mark that looks like another one in text from right to left, and stands for itself.
    pub(crate) fn mirrored_word(
        &self,
        letters: Letters,
        text: &str,
        looks: &str,
    ) -> Arc<Word> {
        let Caches { shaper, words } = &mut *self.caches();
        words.mirrored(shaper, letters, text, looks)
    }

    /// Names features, given in the order of their tags.
    pub(crate) fn features(&self, wanted: &[(Tag, u32)]) -> Features {
        self.caches().shaper.features(wanted)
    }

    /// The same features with one more, or with another value for it.
    pub(crate) fn with_feature(
        &self,
        features: Features,
        tag: Tag,
        value: u32,
    ) -> Features {
        self.caches().shaper.with_feature(features, tag, value)
    }

    /// The glyphs of a mark or the like.
    pub(crate) fn shape_once(
        &self,
        font: FontId,
        features: Features,
        text: &str,
    ) -> Arc<Shaped> {
        self.caches().shaper.shape_once(font, features, text)
    }

    /// Sets a formula in the face, size and colour of the letters beside it; none if that is beyond it.
    pub(crate) fn formula(
        &self,
        mathml: &str,
        (face, size, color): (FaceId, Pt, Color),
        span: Span,
    ) -> Option<Arc<SetFormula>> {
        let formulas = self.formulas.get_or_init(|| Formulas::open(&self.fonts));
        let font = self.fonts.first(face);
        let x_height = self.fonts.get(font).metrics().x_height;
        let beside = FormulaContext { size, x_height, color };
        formulas.as_ref()?.set(mathml, &beside, span).map(Arc::new)
    }
}

impl Settings {
    /// Of a book in a language, with everything else as it is by default.
    pub(crate) fn new(language: Language) -> Self {
        Self {
            language,
            marks: NoteMarks::default(),
            qr: QrCodes::default(),
            notes_at_foot: false,
            picture_sizes: Arc::default(),
            page_height: Pt::ZERO,
        }
    }

    /// How tall a picture may become.
    pub(crate) fn tallest_picture(&self) -> Pt {
        self.page_height * TALLEST_PICTURE
    }

    /// The natural size of a picture: 96 of its pixels to the inch, as on the web.
    pub(crate) fn picture_size(&self, picture: PictureId) -> Size {
        let (width, height) = self.picture_sizes.get(&picture).copied().unwrap_or((1, 1));
        let points = |pixels: u32| Pt(f64::from(pixels.max(1)) * 0.75);
        Size { width: points(width), height: points(height) }
    }
}

impl Introspection {
    /// Adds what is known of other places.
    pub(crate) fn add(&mut self, other: Self) {
        self.folios.extend(other.folios);
        self.titles.extend(other.titles);
    }

    /// What was found of the places of a book.
    pub(crate) fn new(
        folios: BTreeMap<Anchor, Folio>,
        titles: BTreeMap<Anchor, String>,
    ) -> Self {
        Self { folios, titles, asked: AtomicBool::new(false) }
    }

    /// Whether anything was asked of it.
    pub(crate) fn was_asked(&self) -> bool {
        self.asked.load(Ordering::Relaxed)
    }

    /// The folio of a place in the book, as far as it is known.
    pub(crate) fn page_of(&self, destination: &Destination) -> Option<String> {
        let Destination::Anchor(anchor) = destination else { return None };
        self.asked.store(true, Ordering::Relaxed);
        let known = self.folios.get(anchor);
        Some(known.map_or_else(|| "000".to_owned(), Folio::to_string))
    }

    /// The words of a place in the book, as far as they are known.
    pub(crate) fn text_of(&self, destination: &Destination) -> Option<String> {
        let Destination::Anchor(anchor) = destination else { return None };
        self.asked.store(true, Ordering::Relaxed);
        Some(self.titles.get(anchor).cloned().unwrap_or_default())
    }
}

impl PageNumbers for Introspection {
    fn page(&self, target: &Target, href: &str) -> Option<PrintedPage> {
        let anchor = match target {
            Target::Note(note) => Anchor::Note(*note),
            Target::Reference(note, occurrence) => Anchor::Reference(*note, *occurrence),
            _ => Anchor::Place(href.into()),
        };
        self.asked.store(true, Ordering::Relaxed);
        self.folios.get(&anchor).map(|folio| match *folio {
            Folio::Roman(number) => PrintedPage { in_text: false, number },
            Folio::Arabic(number) => PrintedPage { in_text: true, number },
        })
    }
}
