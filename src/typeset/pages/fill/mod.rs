//! Filling: fragments on pages, as was planned, or as much as fits where no plan leads on.

#[cfg(test)]
mod tests;

use std::collections::VecDeque;

use super::plan::{self, Plan, Spot, Step, Task, give};
use super::{Paginator, Pending, cut};
use crate::diag::{Code, Diagnostic};
use crate::style::Break;
use crate::typeset::engine::Engine;
use crate::typeset::flow::galley::{self, Fragment};
use crate::typeset::inline::paragraph::{Looseness, Paragraph};
use crate::typeset::pages::footnotes::FootnoteArea;
use crate::typeset::sink::Sink;
use crate::units::{Point, Pt, Rect, Size};

/// Where a planned page ends.
#[derive(Debug, Clone, Copy)]
struct End {
    /// The fragment before which it does.
    to: usize,
    /// How much longer it is than others.
    longer: Pt,
    /// Whether nothing comes after it, and it is as full as it happens to be.
    last: bool,
}

/// So many lines a column may be short of and still have its space grow.
const COLUMN_SLACK: f64 = 3.0;

/// A page filled less than this is reported.
const SPARSE: f64 = 0.5;

impl Paginator<'_, '_> {
    /// Puts fragments on new pages.
    pub(super) fn fill(&mut self, engine: &Engine, sink: &mut Sink, pending: Pending) {
        let Pending { mut fragments, notes, columns, begins, .. } = pending;
        let leading = self.templates.leading;
        let Size { width, height } = self.typical(engine, &pending.page).size;
        let mut footnotes = FootnoteArea::new(notes, leading, columns.measure(width));
        let mut ahead: VecDeque<End> = VecDeque::new();
        let mut from = 0;
        let mut first = true;
        while first || from < fragments.len() || footnotes.is_waiting() {
            // A margin stays after a break that was asked for (CSS Fragmentation 3, 5.2).
            let above = match fragments.get(from) {
                Some(fragment) if first && begins != Break::Auto => {
                    fragment.space.min(height - fragment.height).max(Pt::ZERO)
                }
                _ => Pt::ZERO,
            };
            if ahead.is_empty() && columns.count == 1 && !footnotes.is_waiting() {
                ahead = self.look_ahead(
                    engine,
                    &mut fragments,
                    from,
                    &footnotes,
                    above,
                    first,
                );
            }
            let head = fragments.get(from).and_then(|next| next.repeat.as_deref());
            let head = head.filter(|_| !first).cloned();
            if let Some(end) = ahead.pop_front() {
                let page = &mut fragments[from..end.to];
                let filled = self.planned(engine, page, head, above, &mut footnotes, end);
                if !footnotes.is_waiting() {
                    Self::check_fullness(sink, filled, height, &fragments[end.to..]);
                }
                from = end.to;
            } else {
                let rest = &mut fragments[from..];
                let (taken, filled) =
                    self.greedy(engine, rest, head, above, &mut footnotes, &columns);
                from += taken;
                if let Some(filled) = filled {
                    Self::check_fullness(sink, filled, height, &fragments[from..]);
                }
            }
            first = false;
        }
    }

    /// Plans the pages from a fragment on, and sets what the plan wants set otherwise.
    fn look_ahead(
        &mut self,
        engine: &Engine,
        fragments: &mut Vec<Fragment>,
        from: usize,
        footnotes: &FootnoteArea,
        above: Pt,
        opens: bool,
    ) -> VecDeque<End> {
        let (index, nth, name) = (self.len(), self.nth, self.name.clone());
        let leading = self.templates.leading;
        let templates = &mut self.templates;
        let mut rooms = |page: usize| {
            let nth = nth.saturating_add(u32::try_from(page).unwrap_or(u32::MAX));
            templates.get(engine, &name, nth, index + page, false).area.size.height
        };
        let plan = plan::plan(Task {
            fragments: &fragments[from..],
            rooms: &mut rooms,
            leading,
            footnotes,
            right: index.is_multiple_of(2),
            above,
            opens,
        });
        if !plan.leads_on() {
            return VecDeque::new();
        }
        let rest = fragments.split_off(from);
        let room = self.typical(engine, &self.name.clone()).size.height;
        follow(engine, plan, rest, fragments, leading, room)
    }

    /// Reports a page that ends above its middle before `rest`, unless that is only a figure that
    /// has waited for the end of the text.
    fn check_fullness(sink: &mut Sink, used: Pt, room: Pt, rest: &[Fragment]) {
        let goes_on = rest.first().is_some_and(|next| next.float < rest.len());
        if goes_on && used < room * SPARSE {
            let text =
                "a page is left more than half empty: what comes next does not fit on it";
            let hint = "a smaller picture, or text moved before it, would fill the page";
            let diagnostic = Diagnostic::new(Code::SparsePage, text)
                .at(rest.iter().find_map(Fragment::span));
            sink.report(diagnostic.hint(hint));
        }
    }

    /// Sets a page as it was planned.
    fn planned(
        &mut self,
        engine: &Engine,
        fragments: &mut [Fragment],
        head: Option<Fragment>,
        above: Pt,
        footnotes: &mut FootnoteArea,
        end: End,
    ) -> Pt {
        let meta = self.begin_page(engine, false);
        let leading = self.templates.leading;
        let taken = head.as_ref().map_or(above, |head| head.height);
        let room = meta.area.size.height + end.longer - taken + Pt(0.01);
        footnotes.begin_page(room, !fragments.is_empty());
        let notes = footnotes.end_page(fragments, room - galley::height(fragments));
        let filled = taken + galley::height(fragments) + galley::height(&notes);
        if notes.is_empty() && !end.last {
            stretch(fragments, room - galley::height(fragments), leading);
        }
        let page = self.len() - 1;
        let at = Point { x: meta.area.origin.x, y: meta.area.origin.y + above };
        let fragments = fragments.iter_mut().map(std::mem::take);
        self.put(head.into_iter().chain(fragments), page, at);
        let top = meta.area.bottom() + end.longer - galley::height(&notes);
        self.put(notes.into_iter(), page, Point { x: at.x, y: top });
        if end.last {
            footnotes.end();
        }
        filled
    }

    /// Sets as much on a page as fits. Gives how many fragments that were and how far down the page is
    /// filled, if it has one column and no notes wait for the next page.
    fn greedy(
        &mut self,
        engine: &Engine,
        fragments: &mut [Fragment],
        mut head: Option<Fragment>,
        above: Pt,
        footnotes: &mut FootnoteArea,
        columns: &super::Columns,
    ) -> (usize, Option<Pt>) {
        let mut meta = self.begin_page(engine, false);
        let mut above = above;
        let mut from = self.above_columns(fragments, &mut meta.area, &mut above);
        let room = meta.area.size.height + Pt(0.01);
        // The first column has less of it.
        let (rest, low) = (&fragments[from..], room - above);
        let balanced = columns.count > 1 && cut::fits(rest, low, columns.count);
        let room = match balanced {
            true => cut::balanced(rest, low, columns.count) + above,
            false => room,
        };
        let (leading, all) = (self.templates.leading, fragments.len());
        let (mut used, mut tallest) = (0, Pt::ZERO);
        let mut filled_to = None;
        for column in 0..columns.count {
            let taken = head.as_ref().map_or(above, |head| head.height);
            let filled = cut::fill(&mut fragments[from..], room - taken, footnotes);
            used = column + 1;
            let own = &mut fragments[from..from + filled.taken];
            // Columns end alike, as facing pages do, where not much is missing.
            let slack = room - taken - galley::height(own);
            let goes_on = columns.count > 1 && from + own.len() < all;
            if goes_on && filled.footnotes.is_empty() && slack < leading * COLUMN_SLACK {
                stretch(own, slack, leading);
            }
            tallest = tallest.max(galley::height(own) + taken);
            let column_fragments = own.iter_mut().map(std::mem::take);
            let x = meta.area.origin.x + columns.left(meta.area.size.width, column);
            let at = Point { x, y: meta.area.origin.y + above };
            let page = self.len() - 1;
            self.put(head.take().into_iter().chain(column_fragments), page, at);
            let top = meta.area.bottom() - galley::height(&filled.footnotes);
            if columns.count == 1 && !footnotes.is_waiting() {
                filled_to = Some(tallest + galley::height(&filled.footnotes));
            }
            self.put(filled.footnotes.into_iter(), page, Point { x, y: top });
            from += filled.taken;
            if from == fragments.len() {
                footnotes.end();
            }
            if from == fragments.len() && !footnotes.is_waiting() {
                break;
            }
            above = Pt::ZERO;
            head = fragments.get(from).and_then(|next| next.repeat.as_deref()).cloned();
        }
        let between =
            Rect { size: Size { height: tallest, ..meta.area.size }, ..meta.area };
        if let Some(page) = self.sequence.pages.last_mut() {
            page.items.extend(columns.rules(between, used));
        }
        (from, filled_to)
    }
}

impl Paginator<'_, '_> {
    /// Puts on a page what stands above all its columns, and makes `area` that of the columns. Gives
    /// how many fragments that were.
    fn above_columns(
        &mut self,
        fragments: &mut [Fragment],
        area: &mut Rect,
        above: &mut Pt,
    ) -> usize {
        let count = fragments.iter().take_while(|it| it.spans_columns).count();
        let (spanning, rest) = fragments.split_at_mut(count);
        if spanning.is_empty() {
            return 0;
        }
        let below = rest.first().map_or(Pt::ZERO, |next| next.space);
        let taken = *above + galley::height(spanning) + below;
        let at = Point { x: area.origin.x, y: area.origin.y + *above };
        let page = self.len() - 1;
        self.put(spanning.iter_mut().map(std::mem::take), page, at);
        area.origin.y += taken;
        area.size.height = (area.size.height - taken).max(Pt::ZERO);
        *above = Pt::ZERO;
        count
    }
}

/// Puts fragments below others as a plan says, and tells where its pages end.
fn follow(
    engine: &Engine,
    plan: Plan,
    rest: Vec<Fragment>,
    fragments: &mut Vec<Fragment>,
    leading: Pt,
    room: Pt,
) -> VecDeque<End> {
    let Plan { mut steps, whole } = plan;
    if !whole {
        let page_break = steps
            .iter()
            .rposition(|step| matches!(step, Step::PageBreak(..) | Step::FloatPages(..)));
        steps.truncate(page_break.map_or(0, |page_break| page_break + 1));
    }
    let starts = put_below(engine, &steps, rest, fragments);
    let place = |spot: Spot| starts[spot.fragment] + spot.line;
    let mut ends = VecDeque::new();
    let mut deferred: Vec<usize> = Vec::new();
    for step in steps {
        match step {
            Step::Set(..) => {}
            Step::Shrink(at, by) => fragments[starts[at]].shrink(by),
            Step::Defer(at) => deferred.push(starts[at]),
            Step::PageBreak(spot, delta) => {
                let to = defer(fragments, place(spot), &mut deferred);
                let longer = leading * f64::from(delta);
                ends.push_back(End { to, longer, last: false });
            }
            Step::FloatPages(spot) => {
                float_pages(&mut ends, fragments, place(spot), room)
            }
        }
    }
    if whole {
        if !deferred.is_empty() {
            let end = fragments.len();
            let to = defer(fragments, end, &mut deferred);
            ends.push_back(End { to, longer: Pt::ZERO, last: false });
        }
        ends.push_back(End { to: fragments.len(), longer: Pt::ZERO, last: true });
    }
    ends
}

/// Pages that hold nothing but the figures between the last end and `to`, as many on each as fit.
fn float_pages(ends: &mut VecDeque<End>, fragments: &[Fragment], to: usize, room: Pt) {
    let mut from = ends.back().map_or(to, |end| end.to);
    while from < to {
        from += galley::fitting(&fragments[from..to], room + Pt(0.01)).max(1);
        ends.push_back(End { to: from, longer: Pt::ZERO, last: false });
    }
}

/// Moves the figures that begin at `deferred` to what ends at `end`, and says where they are now.
fn defer(fragments: &mut [Fragment], end: usize, deferred: &mut Vec<usize>) -> usize {
    let mut moved = 0;
    for at in deferred.drain(..) {
        let at = at - moved;
        let count = fragments[at].float;
        fragments[at..end].rotate_left(count);
        moved += count;
    }
    end - moved
}

/// Puts fragments below others, paragraphs in as many lines as the steps say; tells where each now is.
fn put_below(
    engine: &Engine,
    steps: &[Step],
    rest: Vec<Fragment>,
    fragments: &mut Vec<Fragment>,
) -> Vec<usize> {
    let set = steps.iter().filter_map(|step| match step {
        Step::Set(at, looseness) => Some((*at, *looseness)),
        _ => None,
    });
    let mut set = set.peekable();
    let mut starts = Vec::with_capacity(rest.len() + 1);
    let mut rest = rest.into_iter();
    while let Some(fragment) = rest.next() {
        let at = starts.len();
        starts.push(fragments.len());
        let wanted = set.next_if(|(wanted, _)| *wanted == at);
        let (Some((_, looseness)), Some(paragraph)) =
            (wanted, fragment.paragraph.clone())
        else {
            fragments.push(fragment);
            continue;
        };
        let count = paragraph.count(Looseness::Best).unwrap_or(1);
        let mut old = vec![fragment];
        old.extend(rest.by_ref().take(count - 1));
        starts.resize(at + count, fragments.len());
        fragments.extend(otherwise(engine, old, &paragraph, looseness));
    }
    starts.push(fragments.len());
    starts
}

/// The lines of a paragraph in a line less or more, with all that was said of the ones it had.
fn otherwise(
    engine: &Engine,
    mut old: Vec<Fragment>,
    paragraph: &Paragraph,
    looseness: Looseness,
) -> Vec<Fragment> {
    let plain = Fragment::of_paragraph(paragraph, engine, Looseness::Best);
    let count = old.len();
    let mut kept = old.iter().take_while(|fragment| fragment.keep).count();
    let held = (0..count - 1).any(|at| old[at].keep && !paragraph.keeps(at, count));
    let mut new = Fragment::of_paragraph(paragraph, engine, looseness);
    if held && !paragraph.stands_beside() {
        kept = new.len() - 1;
    }
    for (index, fragment) in new.iter_mut().enumerate() {
        fragment.keep |= held && index < kept;
        fragment.decoration.clone_from(&old[0].decoration);
    }
    if let (Some(last), Some(was)) = (new.last_mut(), old.last()) {
        last.closes = was.closes;
        last.keep = was.keep;
    }
    let (Some(first), Some(was), Some(bare)) =
        (new.first_mut(), old.first_mut(), plain.first())
    else {
        return old;
    };
    // What was put before the first line: a mark, a capital, the places that links lead to.
    let items = was.items.len() - bare.items.len();
    first.items.splice(0..0, was.items.drain(..items));
    let links = was.links.len() - bare.links.len();
    first.links.splice(0..0, was.links.drain(..links));
    let anchors = was.anchors.len() - bare.anchors.len();
    first.anchors.splice(0..0, was.anchors.drain(..anchors));
    first.space = was.space;
    first.opens = was.opens;
    first.page_break = was.page_break.take();
    first.repeat = was.repeat.take();
    new
}

/// Lets space grow until the last line stands where the page's text ends: by half lines, so that
/// what is between stays on the grid, and the rest in one place.
fn stretch(fragments: &mut [Fragment], slack: Pt, leading: Pt) {
    let mut places: Vec<(usize, Pt)> = fragments
        .iter()
        .enumerate()
        .skip(1)
        .map(|(at, fragment)| (at, give(fragment.space, leading)))
        .filter(|(_, give)| *give > Pt::ZERO)
        .collect();
    let all: Pt = places.iter().map(|(_, give)| *give).sum();
    let mut rest = slack.min(all);
    let step = leading / 2.0;
    while rest > Pt(0.05) {
        let widest = places.iter_mut().max_by(|one, other| one.1.0.total_cmp(&other.1.0));
        let Some((at, give)) = widest.filter(|(_, give)| *give > Pt::ZERO) else {
            return;
        };
        let more = step.min(rest).min(*give);
        fragments[*at].space += more;
        *give -= more;
        rest -= more;
    }
}
