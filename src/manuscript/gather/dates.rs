//! Dates such as `01/02/2024`, of which other posts of the blog may say whether the day is first.

use crate::diag::{Code, Diagnostic};
use crate::language::Language;
use crate::manuscript::date::DayOrder;
use crate::manuscript::post::Candidate;

/// What all posts say of the order of day and month, in the book or not.
#[derive(Default)]
pub(super) struct Dates {
    month_first: bool,
    day_first: bool,
}

impl Dates {
    /// Notes what the date of a post says, and gives that.
    pub(super) fn note(&mut self, candidate: &Candidate) -> DayOrder {
        let (order, _) = candidate.day_order;
        self.month_first |= order == DayOrder::MonthFirst;
        self.day_first |= order == DayOrder::DayFirst;
        order
    }

    /// Settles the dates that can be read in two ways: as the other posts have them, else as the
    /// language of the book does. Where neither says it, a warning does.
    pub(super) fn settle(
        &self,
        candidates: &mut [Candidate],
        language: &Language,
    ) -> Option<Diagnostic> {
        let order = match (self.month_first, self.day_first) {
            (true, false) => Some(false),
            (false, true) => Some(true),
            _ => language.day_is_first(),
        };
        let mut open = Vec::new();
        let mut first = None;
        for candidate in candidates {
            let (DayOrder::Either(day_first), span) = candidate.day_order else {
                continue;
            };
            if order == Some(true) {
                candidate.written = Some(day_first);
                candidate.post.header.date = Some(day_first.date());
            } else if order.is_none() {
                first = first.or(candidate.post.header.date);
                open.extend(span);
            }
        }
        let (place, others) = open.split_first()?;
        let first = first?;
        let message = "the first number of this date may be its day";
        let hint = format!(
            "it was read as {first}, and others like it with the month first too; write dates \
             so, or say in book.yaml which English the book is in, such as `en-GB`"
        );
        let diagnostic = Diagnostic::new(Code::HeaderValue, message).at(*place);
        Some(diagnostic.also(others.to_vec()).hint(hint))
    }
}
