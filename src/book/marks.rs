//! What a note is called by: its number, or a symbol.

use crate::config::NoteMarks;

/// The symbols in the order in which printers use them (Chicago Manual of Style, 14.25, with
/// the pilcrow as Bringhurst has it); after the last they come doubled, then tripled.
const SYMBOLS: [char; 6] = ['*', '†', '‡', '§', '‖', '¶'];

/// The label of the note that has this number, from one.
pub(crate) fn note_label(marks: NoteMarks, number: u32) -> String {
    match marks {
        NoteMarks::Numbers => number.to_string(),
        NoteMarks::Symbols => symbols(number),
    }
}

fn symbols(number: u32) -> String {
    let at = usize::try_from(number.saturating_sub(1)).unwrap_or(0);
    let times = at / SYMBOLS.len() + 1;
    // A row of more than three can no longer be told from its neighbours at a glance.
    if times > 3 {
        return number.to_string();
    }
    SYMBOLS[at % SYMBOLS.len()].to_string().repeat(times)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn symbols_come_single_then_doubled_then_tripled() {
        let labels = [1, 2, 6, 7, 8, 13, 18].map(|n| note_label(NoteMarks::Symbols, n));
        assert_eq!(labels, ["*", "†", "¶", "**", "††", "***", "¶¶¶"]);
        assert_eq!(note_label(NoteMarks::Symbols, 19), "19");
        assert_eq!(note_label(NoteMarks::Numbers, 19), "19");
    }
}
