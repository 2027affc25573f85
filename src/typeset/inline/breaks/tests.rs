//! Lines of words of any widths.

use super::*;
use proptest::prelude::*;

/// Words of these widths in em, a space of a quarter between them.
fn breakpoints(words: &[f64]) -> Vec<Breakpoint> {
    let (mut width, mut word_spaces) = (Pt::ZERO, 0);
    let at = |before, after, word_spaces_before, word_spaces_after, kind| Breakpoint {
        before,
        after,
        fixed_width: Pt::ZERO,
        word_spaces_before,
        word_spaces_after,
        protrusion_right: Pt::ZERO,
        protrusion_left: Pt::ZERO,
        kind,
    };
    let mut list = vec![at(width, width, 0, 0, BreakKind::Start)];
    for (index, word) in words.iter().enumerate() {
        width += Pt(word * 10.0);
        if index + 1 < words.len() {
            let after = width + Pt(2.5);
            list.push(at(width, after, word_spaces, word_spaces + 1, BreakKind::Plain));
            width = after;
            word_spaces += 1;
        }
    }
    list.push(at(width, width, word_spaces, word_spaces, BreakKind::End));
    list
}

fn break_options(justification: Justification, measure: Pt) -> BreakOptions {
    BreakOptions {
        measure,
        em: Pt(10.0),
        justification,
        hyphens_in_a_row: 2,
        narrow_lines: 0,
        narrow_by: Pt::ZERO,
    }
}

/// How far a line is from its measure once it is set.
fn rest(breakpoints: &[Breakpoint], fit: &LineFit, measure: Pt) -> Pt {
    let (from, to) = (&breakpoints[fit.from], &breakpoints[fit.to]);
    let word_spaces = f64::from(to.word_spaces_before - from.word_spaces_after);
    measure
        - (to.before - from.after) * (1.0 + fit.expansion)
        - fit.word_space * word_spaces
}

proptest! {
    #[test]
    fn justified_lines_sum_to_the_measure(
        words in proptest::collection::vec(0.5..6.0_f64, 1..200),
        measure in 180.0..400.0_f64,
    ) {
        let list = breakpoints(&words);
        let measure = Pt(measure);
        let lines = fit(&list, &break_options(Justification::Justified, measure)).best;
        prop_assert_eq!(lines.first().map(|line| line.from), Some(0));
        prop_assert_eq!(lines.last().map(|line| line.to), Some(list.len() - 1));
        prop_assert!(lines.windows(2).all(|pair| pair[0].to == pair[1].from));
        let last = lines.len() - 1;
        for (index, line) in lines.iter().enumerate() {
            let rest = rest(&list, line, measure);
            prop_assert!(!line.overfull && rest > Pt(-0.001), "{line:?} {rest:?}");
            prop_assert!(index == last || rest < Pt(0.001), "{line:?} {rest:?}");
        }
    }

    #[test]
    fn ragged_lines_fit(words in proptest::collection::vec(0.5..40.0_f64, 1..60)) {
        let list = breakpoints(&words);
        for justification in [Justification::Ragged, Justification::Balanced] {
            for line in fit(&list, &break_options(justification, Pt(300.0))).best {
                let alone = line.to == line.from + 1;
                let width = list[line.to].before - list[line.from].after;
                prop_assert!(width <= Pt(300.001) || (alone && line.overfull));
            }
        }
    }
}
