//! `@page` rules: which pages they select, and the computed style of a page (CSS Paged Media 3).

use cssparser::{Parser, Token};

use super::computed::PageQuery;
use super::declaration::Declaration;
use super::margin_box::MarginBox;
use super::value::{ParseErrorKind, Parsed};

/// An `@page` rule.
#[derive(Debug, Clone)]
pub(super) struct PageRule {
    pub(super) selectors: Vec<PageSelector>,
    pub(super) declarations: Vec<Declaration>,
    pub(super) boxes: Vec<(MarginBox, Vec<Declaration>)>,
    pub(super) order: u32,
}

/// A page selector.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct PageSelector {
    name: Option<String>,
    /// `:first` of all pages, or of those of its name.
    first: bool,
    blank: bool,
    right: Option<bool>,
    /// The step and the offset of `:nth()`.
    nth: Option<(i32, i32)>,
}

/// Parses the selectors of an `@page` rule; without any it is for all pages.
pub(super) fn selectors(input: &mut Parser) -> Parsed<Vec<PageSelector>> {
    let mut selectors = Vec::new();
    loop {
        selectors.push(selector(input)?);
        if input.try_parse(Parser::expect_comma).is_err() {
            break;
        }
    }
    if input.is_exhausted() { Ok(selectors) } else { Err(ParseErrorKind::Invalid) }
}

fn selector(input: &mut Parser) -> Parsed<PageSelector> {
    let mut selector = PageSelector::default();
    if let Ok(name) = input.try_parse(Parser::expect_ident_cloned) {
        selector.name = Some(name.to_string());
    }
    while input.try_parse(Parser::expect_colon).is_ok() {
        match input.next_including_whitespace()?.clone() {
            Token::Ident(class) => match class.to_ascii_lowercase().as_str() {
                "first" => selector.first = true,
                "blank" => selector.blank = true,
                "left" | "verso" => selector.right = Some(false),
                "right" | "recto" => selector.right = Some(true),
                _ => return Err(ParseErrorKind::Invalid),
            },
            Token::Function(name) if name.eq_ignore_ascii_case("nth") => {
                let (nth, of) = super::value::nested(input, |input| {
                    let nth = cssparser::parse_nth(input)?;
                    let of = input.try_parse(|input| {
                        input.expect_ident_matching("of")?;
                        input.expect_ident_cloned()
                    });
                    Ok((nth, of.ok().map(|name| name.to_string())))
                })?;
                selector.nth = Some(nth);
                selector.name = of.or(selector.name);
            }
            _ => return Err(ParseErrorKind::Invalid),
        }
    }
    Ok(selector)
}

impl PageSelector {
    /// The specificity of the selector (CSS Paged Media 3, section 3.3), if it matches.
    pub(super) fn matches(&self, page: &PageQuery) -> Option<u32> {
        // What a name's pages have in their margins a blank one has only if a rule says so.
        let of_name = |name| name == page.name && (!page.blank || self.blank);
        let named = self.name.as_deref().is_none_or(of_name);
        let first =
            if self.name.is_some() { page.nth == 0 && !page.blank } else { page.first };
        let nth = self.nth.is_none_or(|(step, offset)| {
            let rest = i64::from(page.nth) + 1 - i64::from(offset);
            match i64::from(step) {
                0 => rest == 0,
                step => rest % step == 0 && rest / step >= 0,
            }
        });
        let side = self.right.is_none_or(|right| right == page.right);
        let blank = !self.blank || page.blank;
        let holds = named && (!self.first || first) && nth && side && blank;
        holds.then(|| {
            let classes = u32::from(self.first)
                + u32::from(self.blank)
                + u32::from(self.nth.is_some());
            u32::from(self.name.is_some()) * 10_000
                + classes * 100
                + u32::from(self.right.is_some())
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: PageQuery =
        PageQuery { name: "", nth: 4, first: false, right: true, blank: false };

    fn specificity(selector: &str, page: &PageQuery) -> Option<u32> {
        let selectors = selectors(&mut Parser::new(selector)).expect(selector);
        selectors.iter().filter_map(|it| it.matches(page)).max()
    }

    #[test]
    fn pages_are_selected_by_name_place_and_side() {
        let wide = PageQuery { name: "wide", nth: 0, ..PAGE };
        let first = PageQuery { first: true, ..PAGE };
        let blank = PageQuery { blank: true, right: false, ..wide };
        let cases = [
            ("", PAGE, Some(0)),
            (":right", PAGE, Some(1)),
            (":recto", PAGE, Some(1)),
            (":left", PAGE, None),
            (":first", PAGE, None),
            (":first", first, Some(100)),
            (":first:right", first, Some(101)),
            (":nth(5)", PAGE, Some(100)),
            (":nth(2n + 1)", PAGE, Some(100)),
            (":nth(2n)", PAGE, None),
            ("wide", PAGE, None),
            ("wide", wide, Some(10_000)),
            ("wide:first", wide, Some(10_100)),
            (":nth(1 of wide)", wide, Some(10_100)),
            ("wide", blank, None),
            ("wide:blank", blank, Some(10_100)),
            (":blank", blank, Some(100)),
            (":left, wide", wide, Some(10_000)),
        ];
        for (selector, page, expected) in cases {
            assert_eq!(specificity(selector, &page), expected, "{selector}, {page:?}");
        }
        for selector in [":quux", "a b", ": first"] {
            assert!(selectors(&mut Parser::new(selector)).is_err(), "{selector}");
        }
    }
}
