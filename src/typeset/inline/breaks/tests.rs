//! Lines of words of any widths.

use super::*;
use proptest::prelude::*;

/// Words of these widths in em, a space of a quarter between them.
fn candidates(words: &[f64]) -> Vec<Candidate> {
    let (mut width, mut gaps) = (Pt::ZERO, 0);
    let at = |before, after, gaps_before, gaps_after, kind| Candidate {
        before,
        after,
        rigid: Pt::ZERO,
        gaps_before,
        gaps_after,
        hang_right: Pt::ZERO,
        hang_left: Pt::ZERO,
        kind,
    };
    let mut list = vec![at(width, width, 0, 0, BreakKind::Start)];
    for (index, word) in words.iter().enumerate() {
        width += Pt(word * 10.0);
        if index + 1 < words.len() {
            let after = width + Pt(2.5);
            list.push(at(width, after, gaps, gaps + 1, BreakKind::Plain));
            width = after;
            gaps += 1;
        }
    }
    list.push(at(width, width, gaps, gaps, BreakKind::End));
    list
}

fn aim(setting: Setting, measure: Pt) -> Aim {
    Aim {
        measure,
        em: Pt(10.0),
        setting,
        hyphens_in_a_row: 2,
        narrow_lines: 0,
        narrow_by: Pt::ZERO,
    }
}

/// How far a line is from its measure once it is set.
fn rest(candidates: &[Candidate], fit: &Fit, measure: Pt) -> Pt {
    let (from, to) = (&candidates[fit.from], &candidates[fit.to]);
    let gaps = f64::from(to.gaps_before - from.gaps_after);
    measure - (to.before - from.after) * (1.0 + fit.expansion) - fit.gap * gaps
}

proptest! {
    #[test]
    fn justified_lines_sum_to_the_measure(
        words in proptest::collection::vec(0.5..6.0_f64, 1..200),
        measure in 180.0..400.0_f64,
    ) {
        let list = candidates(&words);
        let measure = Pt(measure);
        let lines = fit(&list, &aim(Setting::Justified, measure)).best;
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
        let list = candidates(&words);
        for setting in [Setting::Ragged, Setting::Balanced] {
            for line in fit(&list, &aim(setting, Pt(300.0))).best {
                let alone = line.to == line.from + 1;
                let width = list[line.to].before - list[line.from].after;
                prop_assert!(width <= Pt(300.001) || (alone && line.overfull));
            }
        }
    }
}
