//! Citations and bibliography by a style in the Citation Style Language, through hayagriva.
//!
//! hayagriva decides by itself which citation is the first, which is *ibid.*, and in which
//! note a work was first cited: rightly for a paper, wrongly for a book whose chapters begin
//! anew. So it is given styles that no longer ask (see `positions`), and a number in place of
//! each note's, which is replaced in what it returns.

mod load;
mod positions;
mod repair;
mod request;
mod text;
mod walk;
mod work;

#[cfg(test)]
pub(super) mod tests;

use std::collections::{BTreeMap, BTreeSet};

use hayagriva::citationberg::json::Item;
use hayagriva::citationberg::{IndependentStyle, Locale, LocaleCode, StyleClass};
use hayagriva::{
    BibliographyDriver, BibliographyRequest, CitationItem, CitationRequest, archive,
};

use super::{Cited, References, Rendered};
use crate::document::ReferenceId;
use crate::language::Language;
use crate::source::Span;

use positions::Context;
use request::Run;

/// A CSL style, once for each position of a citation.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct CslStyle {
    first: IndependentStyle,
    subsequent: IndependentStyle,
    bibliography: IndependentStyle,
}

impl CslStyle {
    pub(super) fn new(mut style: IndependentStyle) -> Self {
        // The period at the end of a note is the caller's to set.
        if style.settings.class == StyleClass::Note {
            let suffix = &mut style.citation.layout.suffix;
            *suffix = suffix.take().filter(|suffix| suffix != ".");
        }
        repair::style(&mut style);
        Self {
            first: positions::fixed(&style, Context::First),
            subsequent: positions::fixed(&style, Context::Subsequent),
            bibliography: positions::fixed(&style, Context::Bibliography),
        }
    }

    pub(super) fn is_in_text(&self) -> bool {
        self.first.settings.class == StyleClass::InText
    }
}

/// The first of the numbers that stand for the notes in which works were first cited: too
/// high for any note.
const NOTE_BASE: usize = 700_000_000;

/// Makes words of citations, and entries for the works in `listed`.
pub(super) use load::load;

pub(super) fn render(
    style: &CslStyle,
    references: &References,
    language: &Language,
    cited: &[Cited<'_>],
    listed: &[ReferenceId],
) -> Rendered {
    let locales = archive::locales();
    let locale = locale(language, &locales);
    let mut works = Works::of(references, cited, listed);
    Setting { style, locale: locale.clone(), locales: &locales }.sort(&mut works);
    let runs: Vec<Vec<Run<'_>>> =
        cited.iter().map(|cited| request::runs(cited, style, &works)).collect();
    let plain = uncollapsed(style);

    let setting = Setting { style, locale, locales: &locales };
    let mut driver = setting.driver(&works.items);
    for run in runs.iter().flatten() {
        let style = run.style(style, &plain);
        let items = run.items(&works);
        let note = run.shows_note().then_some(NOTE_BASE + works.items.len());
        driver.citation(setting.request(items, style, note));
    }
    let rendered = setting.finish(driver);

    let mut citations = rendered.citations.into_iter().skip(works.items.len());
    let citations = runs
        .iter()
        .zip(cited)
        .map(|(runs, cited)| {
            let trees = citations.by_ref().take(runs.len());
            request::words(runs, trees, style, &works, cited)
        })
        .collect();
    let bibliography = rendered.bibliography.map_or_else(Vec::new, |bibliography| {
        let listed: BTreeSet<_> = listed.iter().copied().collect();
        let entries = bibliography.items.into_iter();
        entries.filter_map(|entry| works.entry(entry, references, &listed)).collect()
    });
    Rendered { citations, bibliography }
}

/// What every request is made with.
struct Setting<'a> {
    style: &'a CslStyle,
    locale: Option<LocaleCode>,
    locales: &'a [Locale],
}

impl<'a> Setting<'a> {
    fn request(
        &self,
        items: Vec<CitationItem<'a, Item>>,
        style: &'a IndependentStyle,
        note: Option<usize>,
    ) -> CitationRequest<'a, Item> {
        CitationRequest::new(items, style, self.locale.clone(), self.locales, note)
    }

    /// A driver that has seen every work once, each in a note of its own.
    fn driver(&self, items: &'a [Item]) -> BibliographyDriver<'a, Item> {
        let mut driver = BibliographyDriver::new();
        for (index, item) in items.iter().enumerate() {
            let hidden = CitationItem::new(item, None, None, true, None);
            let note = Some(NOTE_BASE + index);
            driver.citation(self.request(vec![hidden], &self.style.first, note));
        }
        driver
    }

    fn finish(&self, driver: BibliographyDriver<'a, Item>) -> hayagriva::Rendered {
        driver.finish(BibliographyRequest {
            style: &self.style.bibliography,
            locale: self.locale.clone(),
            locale_files: self.locales,
        })
    }

    /// Puts works into the order of the bibliography, if the style has one. hayagriva gives
    /// the letters of `2004a` and `2004b` in the order of citation; they belong to that of
    /// the bibliography.
    fn sort(&self, works: &mut Works) {
        let bibliography = self.style.first.bibliography.as_ref();
        if bibliography.is_none_or(|bibliography| bibliography.sort.is_none()) {
            return;
        }
        let items = works.items.clone();
        let setting = Setting { locale: self.locale.clone(), ..*self };
        let rendered = setting.finish(setting.driver(&items));
        let Some(bibliography) = rendered.bibliography else { return };
        let ids = bibliography.items.iter().filter_map(|entry| entry.key.parse().ok());
        let order: BTreeMap<_, _> = ids.map(ReferenceId).zip(0..).collect();
        works.sort_by(&order);
    }
}

/// The styles for citations of which no item may vanish in another.
fn uncollapsed(style: &CslStyle) -> [IndependentStyle; 2] {
    [&style.first, &style.subsequent].map(|style| {
        let mut style = style.clone();
        // Nor may it leave the words around it behind.
        style.citation.sort = None;
        style.citation.collapse = None;
        style.citation.cite_group_delimiter = None;
        style
    })
}

/// The works of a book, as hayagriva takes them.
struct Works {
    items: Vec<Item>,
    index: BTreeMap<ReferenceId, usize>,
}

impl Works {
    /// Those cited in the order of their first citations, by which some styles number them,
    /// then those that are only listed.
    fn of(references: &References, cited: &[Cited<'_>], listed: &[ReferenceId]) -> Self {
        let mut works = Self { items: Vec::new(), index: BTreeMap::new() };
        let items = cited.iter().flat_map(|cited| &cited.citation.items);
        for id in items.map(|item| item.reference).chain(listed.iter().copied()) {
            works.index.entry(id).or_insert_with(|| {
                works.items.push(work::item(id, references.get(id)));
                works.items.len() - 1
            });
        }
        works
    }

    fn sort_by(&mut self, order: &BTreeMap<ReferenceId, usize>) {
        let mut all: Vec<_> = self
            .index
            .iter()
            .map(|(id, &at)| (order.get(id).copied(), *id, self.items[at].clone()))
            .collect();
        all.sort_by_key(|(place, id, _)| (*place, *id));
        self.index = all.iter().zip(0..).map(|((_, id, _), at)| (*id, at)).collect();
        self.items = all.into_iter().map(|(_, _, item)| item).collect();
    }

    fn entry(
        &self,
        entry: hayagriva::BibliographyItem,
        references: &References,
        listed: &BTreeSet<ReferenceId>,
    ) -> Option<(ReferenceId, Vec<crate::document::Inline>)> {
        let id = ReferenceId(entry.key.parse().ok()?);
        let anywhere = Span::new(crate::source::FileId::default(), 0..0);
        let span = references.get(id).span.unwrap_or(anywhere);
        let text = text::entry(entry.first_field, entry.content, span);
        listed.contains(&id).then_some((id, text))
    }
}

/// The locale that is nearest to a language; English if there is none.
fn locale(language: &Language, locales: &[Locale]) -> Option<LocaleCode> {
    let codes = || locales.iter().filter_map(|locale| locale.lang.clone());
    // The first region of a language is not always the one that its speakers mean.
    let usual = match language.primary() {
        "en" => "en-US",
        "pt" => "pt-PT",
        "zh" => "zh-CN",
        _ => "",
    };
    let doubled =
        format!("{0}-{1}", language.primary(), language.primary().to_uppercase());
    codes()
        .find(|code| code.0 == language.tag())
        .or_else(|| codes().find(|code| code.0 == usual || code.0 == doubled))
        .or_else(|| {
            codes().find(|code| code.0.split('-').next() == Some(language.primary()))
        })
        .or_else(|| Some(LocaleCode::en_us()))
}
