//! Atoms: what a paragraph is made of, cut where a line may end.

use std::ops::Range;
use std::sync::Arc;

use crate::document::PictureId;
use crate::typeset::engine::Engine;
use crate::typeset::inline::breaks::BreakKind;
use crate::typeset::inline::collected::{Collected, Object, PictureSize, Run};
use crate::typeset::inline::formula::{SMALLEST_FORMULA, SetFormula};
use crate::typeset::inline::inline_box::InlineBox;
use crate::typeset::sink::Sink;
use crate::typeset::text::bidi::{self, Levels};
use crate::typeset::text::scripts::{self, ScriptBoundary};
use crate::typeset::text::words::{Part, Word};
use crate::units::{Pt, Size};

/// What a paragraph is made of.
#[derive(Debug, Clone)]
pub(crate) enum Atom {
    /// A word.
    Word {
        /// Its run.
        run: usize,
        /// Which part of the text.
        range: Range<usize>,
        /// Its glyphs.
        word: Arc<Word>,
        /// How wide it is.
        width: Pt,
    },
    /// Space between words.
    Space {
        /// Its run.
        run: usize,
        /// Where it is in the text.
        at: usize,
        /// How wide it is by nature.
        width: Pt,
        /// How a line ends at it, if one may.
        ends: Option<BreakKind>,
        /// Whether justification may change its width.
        elastic: bool,
        /// Whether the text has no space there.
        zero_width: bool,
    },
    /// A picture.
    Picture {
        /// Its run.
        run: usize,
        /// Which.
        picture: PictureId,
        /// How large.
        size: Size,
    },
    /// A formula, or ideographs with their reading.
    InlineBox {
        /// Its run.
        run: usize,
        /// As it was set.
        inline_box: Arc<InlineBox>,
    },
    /// Something that is repeated until the line is full.
    Leader {
        /// Its run.
        run: usize,
        /// What.
        unit: Arc<Word>,
    },
    /// A line may end here.
    Break(BreakKind),
}

/// The space between ideographs and letters or digits (JLREQ, 3.2.6), in em.
const QUARTER: f64 = 0.25;

/// Space at the beginning of a line of code that takes more than this part of the measure may stand
/// on a line of its own.
const WIDE: f64 = 0.4;

/// A word that takes more than this part of the measure may break anywhere.
const LONG_WORD: f64 = 0.6;

/// A formula that takes more than this part of the measure may break.
const LONG_FORMULA: f64 = 0.2;

/// Cuts a paragraph into atoms; `levels` say where it goes from right to left.
pub(crate) fn atoms(
    engine: &Engine,
    sink: &mut Sink,
    collected: &Collected,
    levels: Option<&Levels>,
    measure: Pt,
) -> Vec<Atom> {
    let mut atomizer =
        Atomizer { engine, sink, collected, measure, levels, run: 0, atoms: Vec::new() };
    let text = collected.text.as_str();
    let mut start = 0;
    for end in scripts::line_ends(text) {
        atomizer.segment(start..end, end == text.len());
        start = end;
    }
    atomizer.atoms
}

struct Atomizer<'a, 'w> {
    engine: &'a Engine<'w>,
    sink: &'a mut Sink,
    collected: &'a Collected,
    measure: Pt,
    /// Where text goes from right to left, if any does.
    levels: Option<&'a Levels>,
    /// The run that the last atom was in.
    run: usize,
    atoms: Vec<Atom>,
}

impl Atomizer<'_, '_> {
    /// A part of the text after which a line may end.
    fn segment(&mut self, range: Range<usize>, last: bool) {
        let text = &self.collected.text[range.clone()];
        let forced = text.ends_with('\n');
        let content = text.trim_end_matches([' ', '\n', '\t', '\r']);
        let spaces = &text[content.len()..];
        let soft = content.ends_with('\u{ad}');
        self.content(range.start..range.start + content.len());
        if forced {
            self.atoms.push(Atom::Break(BreakKind::Forced));
        } else if !spaces.is_empty() {
            self.spaces(range.start + content.len(), spaces, last);
        } else if !last {
            if soft {
                return self.atoms.push(Atom::Break(BreakKind::Hyphen));
            }
            let before = content.chars().next_back();
            let after = self.collected.text[range.end..].chars().next();
            let (Some(before), Some(after)) = (before, after) else { return };
            match scripts::between(before, after) {
                ScriptBoundary::Nothing => self.atoms.push(Atom::Break(BreakKind::Plain)),
                ScriptBoundary::Syllables => {
                    self.atoms.push(Atom::Break(BreakKind::Emergency))
                }
                ScriptBoundary::Ideographs => self.zero_width(range.start, 0.0),
                ScriptBoundary::Marks if self.ends_in_white() => {
                    self.zero_width(range.start, -0.5)
                }
                ScriptBoundary::Marks => self.zero_width(range.start, 0.0),
                ScriptBoundary::Scripts => self.zero_width(range.start, QUARTER),
            }
        }
    }

    fn ends_in_white(&self) -> bool {
        let Some(Atom::Word { word, .. }) = self.atoms.last() else { return false };
        word.ends_in_white(&self.engine.fonts)
    }

    /// A place between characters that need no space, where a line may end and space may grow.
    fn zero_width(&mut self, at: usize, em: f64) {
        let run = self.run;
        let width = self.collected.runs[run].style.size * em;
        let ends = Some(BreakKind::Plain);
        let (elastic, zero_width) = (true, true);
        self.atoms.push(Atom::Space { run, at, width, ends, elastic, zero_width });
    }

    /// Space at which a line may end: one space, however much is written, unless all of it counts.
    fn spaces(&mut self, at: usize, spaces: &str, last: bool) {
        let run = self.find_run(at);
        let style = &self.collected.runs[run].style;
        let count = if style.preformatted { spaces.len() } else { 1 };
        // No line ends before it has begun, but for one that has no room left after so much space.
        let deep = style.size * style.space.0 * (count as f64) > self.measure * WIDE;
        let begun = !matches!(
            self.atoms.last(),
            None | Some(Atom::Break(BreakKind::Forced) | Atom::Space { ends: None, .. })
        );
        let ends = !last && (begun || deep);
        for nth in 1..=count {
            self.space(at, ' ', ends && nth == count);
        }
    }

    /// Text without a space at which it may break: cut where runs change.
    fn content(&mut self, range: Range<usize>) {
        let mut start = range.start;
        while start < range.end {
            let run = self.find_run(start);
            let Run { range: whole, object, address, .. } = &self.collected.runs[run];
            let end = whole.end.min(range.end);
            match object {
                Some(Object::Picture(picture, wanted)) => {
                    self.picture(run, *picture, wanted);
                }
                Some(Object::Formula(formula)) => self.formula(run, start, formula),
                Some(Object::Ruby(inline_box)) => {
                    let inline_box = inline_box.clone();
                    self.atoms.push(Atom::InlineBox { run, inline_box });
                }
                Some(Object::Leader(pattern)) => self.leader(run, pattern),
                None => self.run_text(run, start..end, *address),
            }
            start = end;
        }
    }

    /// The run that a byte of the text is in; bytes are asked for in order.
    fn find_run(&mut self, at: usize) -> usize {
        while self.collected.runs[self.run].range.end <= at {
            self.run += 1;
        }
        self.run
    }

    fn run_text(&mut self, run: usize, range: Range<usize>, address: bool) {
        let mut start = range.start;
        let text = &self.collected.text;
        let mut characters = text[range.clone()].char_indices().peekable();
        while let Some((offset, character)) = characters.next() {
            let at = range.start + offset;
            let next = at + character.len_utf8();
            if matches!(
                character,
                '\u{2060}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}' | '\u{200b}'
            ) {
                // It has said whether a line may end here, or how deep the text is embedded; nobody
                // wants to copy it.
                self.word(run, start..at);
                start = next;
            } else if is_space(character) {
                self.word(run, start..at);
                // Code is set apart with no-break spaces too: a row of them is space like any other.
                let next_is_space = characters.peek().is_some_and(|it| is_space(it.1));
                let in_row = matches!(self.atoms.last(), Some(Atom::Space { .. }));
                let style = &self.collected.runs[run].style;
                let ends = style.preformatted && in_row && !next_is_space;
                self.space(at, character, ends);
                start = next;
            } else if address
                && ends_address_part(character, characters.peek().map(|n| n.1))
            {
                self.word(run, start..next);
                self.atoms.push(Atom::Break(BreakKind::Plain));
                start = next;
            }
        }
        self.word(run, start..range.end);
    }

    fn word(&mut self, run: usize, range: Range<usize>) {
        match self.levels {
            _ if range.is_empty() => {}
            None => self.word_of_one_direction(run, range),
            Some(levels) => {
                for part in levels.runs(range) {
                    self.word_of_one_direction(run, part);
                }
            }
        }
    }

    fn word_of_one_direction(&mut self, run: usize, range: Range<usize>) {
        let text = &self.collected.text[range.clone()];
        let goes_left = self.levels.is_some_and(|it| it.at(range.start).is_rtl());
        let mirrored = bidi::mirrored(text).filter(|_| goes_left);
        // Letters from left to right at such a level are those of a `bdo`.
        let overridden = goes_left
            && text.chars().any(char::is_alphabetic)
            && !text.chars().any(bidi::goes_left);
        if (mirrored.is_some() || overridden) && text.chars().nth(1).is_some() {
            // Marks without letters stand each by itself, from right to left.
            for (at, mark) in text.char_indices() {
                let at = range.start + at;
                self.word_of_one_direction(run, at..at + mark.len_utf8());
            }
            return;
        }
        let style = &self.collected.runs[run].style;
        let span = self.collected.runs[run].span;
        let letters = style.letters;
        let word = match &mirrored {
            Some(mirrored) => self.engine.mirrored_word(letters, text, mirrored),
            None => self.engine.word(letters, text),
        };
        for part in &word.parts {
            if let Part::Framed { character, .. } = part {
                self.sink.missing.add(*character, span);
            }
        }
        let width = style.size * word.width;
        // Letters from right to left are drawn one by one once they may be parted, and copied so:
        // these stay in one piece where that fits.
        let part = if goes_left { 1.0 } else { LONG_WORD };
        let long = width > self.measure * part || style.preformatted && !goes_left;
        if long && style.wraps && text.chars().nth(1).is_some() {
            return self.long_word(run, range, &word);
        }
        self.atoms.push(Atom::Word { run, range, word, width });
    }

    /// A word so long that it may have to break anywhere.
    fn long_word(&mut self, run: usize, range: Range<usize>, word: &Word) {
        let size = self.collected.runs[run].style.size;
        let clusters = word.clusters(&self.collected.text[range.clone()]);
        for (index, (part, cluster)) in clusters.into_iter().enumerate() {
            if index > 0 {
                self.atoms.push(Atom::Break(BreakKind::Emergency));
            }
            let (from, to) = (range.start + part.start, range.start + part.end);
            let width = size * cluster.width;
            let word = Arc::new(cluster);
            self.atoms.push(Atom::Word { run, range: from..to, word, width });
        }
    }

    fn space(&mut self, at: usize, character: char, breakable: bool) {
        let run = self.find_run(at);
        let style = &self.collected.runs[run].style;
        let em = match character {
            '\u{2003}' | '\u{3000}' => 1.0,
            '\u{2002}' => 0.5,
            '\u{2004}' => 0.33,
            '\u{2009}' | '\u{202f}' | '\u{2006}' => 0.17,
            '\u{200a}' => 0.08,
            '\u{2007}' => 0.5,
            _ => style.space.0,
        };
        let between_words = matches!(character, ' ' | '\u{a0}' | '\t');
        let added = if between_words { style.space.1 } else { Pt::ZERO };
        let elastic = between_words && !style.preformatted;
        let breakable = breakable && between_words && style.wraps;
        let ends = breakable.then_some(BreakKind::Plain);
        let width = style.size * em + added;
        let zero_width = false;
        self.atoms.push(Atom::Space { run, at, width, ends, elastic, zero_width });
    }

    /// A formula: in pieces, if it is long. No part of it is wider than a line.
    fn formula(&mut self, run: usize, at: usize, formula: &SetFormula) {
        let whole = formula.whole.width <= self.measure * LONG_FORMULA;
        if whole || formula.pieces.is_empty() {
            return self.inline_box(run, &formula.whole);
        }
        for piece in &formula.pieces {
            self.inline_box(run, &piece.inline_box);
            if piece.space > Pt::ZERO {
                let (width, ends) = (piece.space, Some(BreakKind::Operator));
                let (elastic, zero_width) = (false, true);
                self.atoms.push(Atom::Space {
                    run,
                    at,
                    width,
                    ends,
                    elastic,
                    zero_width,
                });
            }
        }
    }

    fn inline_box(&mut self, run: usize, inline_box: &Arc<InlineBox>) {
        let scale = self.measure / inline_box.width;
        let inline_box = match scale < 1.0 {
            true => Arc::new(inline_box.scaled(scale)),
            false => inline_box.clone(),
        };
        if scale < SMALLEST_FORMULA {
            self.sink.overfull_line(self.collected.runs[run].span);
        }
        self.atoms.push(Atom::InlineBox { run, inline_box });
    }

    fn leader(&mut self, run: usize, pattern: &str) {
        let letters = self.collected.runs[run].style.letters;
        let unit = self.engine.word(letters, pattern);
        self.atoms.push(Atom::Leader { run, unit });
    }

    fn picture(&mut self, run: usize, picture: PictureId, wanted: &PictureSize) {
        let settings = &self.engine.settings;
        let tallest = self.collected.tallest_picture;
        let tallest = tallest.unwrap_or_else(|| settings.tallest_picture());
        let natural = settings.picture_size(picture);
        let size = wanted.fit_within(natural, self.measure, tallest);
        self.atoms.push(Atom::Picture { run, picture, size });
    }
}

fn is_space(character: char) -> bool {
    matches!(
        character,
        ' ' | '\u{a0}' | '\t' | '\u{2002}'..='\u{200a}' | '\u{202f}' | '\u{3000}'
    )
}

/// Whether an address may break between two characters (Chicago Manual of Style, 7.46, but never
/// with a hyphen of our own).
fn ends_address_part(character: char, next: Option<char>) -> bool {
    matches!(
        character,
        '/' | '.' | '-' | '_' | '?' | '&' | '=' | '#' | ':' | '%' | '+' | ','
    ) && next.is_some_and(|next| !matches!(next, '/' | '.'))
}
