//! The look of the default theme, until `styles/book.css` decides it.
//!
//! Vertical measures are multiples of half the leading, so that lines of facing pages stand on one
//! grid. Sizes follow a scale of 1.2 above the text.

use super::collect::TextStyle;
use super::fonts::{Face, Family};
use super::frame::Color;
use super::shape::Features;
use super::words::{HyphenationLanguage, Letters};
use crate::config::{Margins, PdfSettings};
use crate::units::{Pt, Rect, Size};

/// The measures of a book.
#[derive(Debug, Clone, Copy)]
pub struct Theme {
    /// The size of the text.
    pub size: Pt,
    /// From baseline to baseline.
    pub leading: Pt,
    /// The size of the notes.
    pub note_size: Pt,
    /// From baseline to baseline of the notes.
    pub note_leading: Pt,
    /// The first line of a paragraph that follows another.
    pub indent: Pt,
    /// A page's trimmed size.
    pub trim: Size,
    /// The white around the text.
    pub margins: Margins,
}

impl Theme {
    /// The measures for a page size; `inside` is the least inner margin.
    pub fn new(pdf: &PdfSettings, inside: Pt) -> Self {
        let trim = pdf.trim;
        // Text of 28 to 31 em: 10.5 pt on pages of A5 to 6 by 9 inches, less on smaller ones.
        let size = Pt((trim.width.0 / 40.0).clamp(9.0, 11.0));
        let size = Pt((size.0 * 4.0).round() / 4.0);
        let leading = Pt((size.0 * 1.333 * 2.0).round() / 2.0);
        let mut margins = pdf.margins.unwrap_or(Margins {
            top: trim.height * 0.105,
            bottom: trim.height * 0.115,
            inside: trim.width * 0.138,
            outside: trim.width * 0.125,
        });
        margins.inside = margins.inside.max(inside);
        let note_size = Pt(size.0 - 1.5);
        Self {
            size,
            leading,
            note_size,
            note_leading: leading * 0.86,
            indent: size * 1.5,
            trim,
            margins,
        }
    }

    /// The measure.
    pub fn measure(&self) -> Pt {
        (self.trim.width - self.margins.inside - self.margins.outside).max(Pt(72.0))
    }

    /// How many lines of text a page holds.
    pub fn lines(&self) -> u32 {
        let height = self.trim.height - self.margins.top - self.margins.bottom;
        let lines = (height / self.leading).floor().clamp(4.0, 1000.0);
        #[expect(clippy::cast_possible_truncation, reason = "between 4 and 1000")]
        #[expect(clippy::cast_sign_loss, reason = "between 4 and 1000")]
        let lines = lines as u32;
        lines
    }

    /// The height of the text on a page: whole lines.
    pub fn text_height(&self) -> Pt {
        self.leading * f64::from(self.lines())
    }

    /// Where the text stands on a page.
    pub fn text_area(&self, recto: bool) -> Rect {
        let x = if recto { self.margins.inside } else { self.margins.outside };
        Rect::new(x, self.margins.top, self.measure(), self.text_height())
    }

    /// The style of running text.
    pub fn text(&self, hyphenation: Option<HyphenationLanguage>) -> TextStyle {
        TextStyle {
            letters: Letters {
                face: Face { family: Family::Serif, bold: false, italic: false },
                features: Features { old_style: true, ..Features::default() },
                hyphenation,
            },
            size: self.size,
            rise: Pt::ZERO,
            color: Color::BLACK,
            underline: false,
            strike: false,
            mark: false,
        }
    }

    /// The style of a heading below a chapter's title: its size, its leading in lines, the space
    /// above and below it in lines, and whether it is italic.
    pub fn heading(&self, level: u8) -> Heading {
        let of = |scale, lines, above, below, italic| Heading {
            size: self.size * scale,
            leading: self.leading * lines,
            above: self.leading * above,
            below: self.leading * below,
            italic,
        };
        match level {
            0..=2 => of(1.25, 1.5, 1.5, 0.5, false),
            3 => of(1.1, 1.0, 1.0, 0.5, true),
            4 => of(1.0, 1.0, 1.0, 0.0, true),
            _ => of(1.0, 1.0, 0.5, 0.0, true),
        }
    }
}

/// How a heading is set.
#[derive(Debug, Clone, Copy)]
pub struct Heading {
    /// The size of its letters.
    pub size: Pt,
    /// From baseline to baseline.
    pub leading: Pt,
    /// The white above it.
    pub above: Pt,
    /// The white below it.
    pub below: Pt,
    /// Whether it is italic.
    pub italic: bool,
}
