//! Margin kerning: how far a mark at a line's end may stand outside the measure, so that the edge
//! looks straight. In em, after the values of microtype and what looked right in Libertinus.

use crate::typeset::text::scripts;

/// To the right.
pub(crate) fn protrusion_right(character: char) -> f64 {
    match character {
        '-' | '‐' => 0.20,
        '.' | ',' | '’' | '”' | '\'' | '"' => 0.17,
        '—' | '–' => 0.16,
        ';' | ':' => 0.11,
        '!' | '?' => 0.06,
        // The blank half of marks as wide as ideographs (JLREQ, 3.1.9).
        mark if scripts::closes(mark) => 0.5,
        'r' | 'f' | 't' | 'v' | 'w' | 'y' | 'k' => 0.02,
        _ => 0.0,
    }
}

/// To the left.
pub(crate) fn protrusion_left(character: char) -> f64 {
    match character {
        '‘' | '“' | '„' | '‚' | '\'' | '"' => 0.17,
        mark if scripts::opens(mark) => 0.5,
        'T' | 'V' | 'W' | 'Y' | 'A' => 0.03,
        _ => 0.0,
    }
}
