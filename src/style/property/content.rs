//! Properties of generated content: `content`, counters, named strings, list markers.

use std::sync::Arc;

use cssparser::{Parser, Token};

use crate::style::computed::{Content, ContentItem, CounterStyle, StringPlace, Target};
use crate::style::value::{
    ParseErrorKind, Parsed, computed_as_specified, custom_ident, ident, integer,
    is_keyword, keyword, nested,
};

computed_as_specified!(
    Content,
    CounterStyle,
    Vec<(Arc<str>, i32)>,
    Vec<(Arc<str>, Vec<ContentItem>)>,
);

/// `quotes`: opening and closing marks by level; none is `auto`.
pub(in crate::style) type Quotes = Option<Arc<[(String, String)]>>;

/// Whether the marker stands inside.
pub(super) fn list_style_position(input: &mut Parser) -> Parsed<bool> {
    keyword(input, &[("inside", true), ("outside", false)])
}

/// Of images there is only `none`.
pub(super) fn list_style_image(input: &mut Parser) -> Parsed<()> {
    if is_keyword(input, "none") { Ok(()) } else { Err(ParseErrorKind::Unsupported) }
}

pub(super) fn counter_reset(input: &mut Parser) -> Parsed<Vec<(Arc<str>, i32)>> {
    counters(input, 0)
}

pub(super) fn counter_increment(input: &mut Parser) -> Parsed<Vec<(Arc<str>, i32)>> {
    counters(input, 1)
}

pub(super) fn counter_set(input: &mut Parser) -> Parsed<Vec<(Arc<str>, i32)>> {
    counters(input, 0)
}

pub(super) fn content(input: &mut Parser) -> Parsed<Content> {
    const KEYWORDS: &[(&str, Content)] =
        &[("normal", Content::Normal), ("none", Content::None)];
    if let Ok(content) = input.try_parse(|input| keyword(input, KEYWORDS)) {
        return Ok(content);
    }
    let mut items = Vec::new();
    while !input.is_exhausted() {
        if input.try_parse(|input| input.expect_delim('/')).is_ok() {
            // What follows is for those who do not see; the words themselves serve them here.
            while input.next().is_ok() {}
            break;
        }
        items.push(item(input)?);
    }
    if items.is_empty() {
        Err(ParseErrorKind::Invalid)
    } else {
        Ok(Content::Items(items.into()))
    }
}

fn item(input: &mut Parser) -> Parsed<ContentItem> {
    let name = match input.next()? {
        Token::QuotedString(text) => return Ok(ContentItem::Text(text.to_string())),
        Token::Ident(word) => {
            return match word.to_ascii_lowercase().as_str() {
                "open-quote" => Ok(ContentItem::OpenQuote),
                "close-quote" => Ok(ContentItem::CloseQuote),
                "no-open-quote" => Ok(ContentItem::NoOpenQuote),
                "no-close-quote" => Ok(ContentItem::NoCloseQuote),
                "contents" => Ok(ContentItem::Words),
                _ => Err(ParseErrorKind::Invalid),
            };
        }
        Token::Function(name) => name.to_ascii_lowercase(),
        Token::UnquotedUrl(_) => return Err(ParseErrorKind::Unsupported),
        _ => return Err(ParseErrorKind::Invalid),
    };
    nested(input, |input| {
        let item = function(&name, input)?;
        if input.is_exhausted() { Ok(item) } else { Err(ParseErrorKind::Invalid) }
    })
}

fn function(name: &str, input: &mut Parser) -> Parsed<ContentItem> {
    Ok(match name {
        "attr" => ContentItem::Attribute(input.expect_ident()?.to_string()),
        "counter" => {
            let name = input.expect_ident()?.as_ref().into();
            ContentItem::Counter(name, then_style(input)?)
        }
        "counters" => {
            let name = input.expect_ident()?.as_ref().into();
            input.expect_comma()?;
            let between = input.expect_string()?.to_string();
            ContentItem::Counters(name, between, then_style(input)?)
        }
        "string" => {
            let name = input.expect_ident()?.as_ref().into();
            let place = if input.try_parse(Parser::expect_comma).is_ok() {
                keyword(
                    input,
                    &[
                        ("first", StringPlace::First),
                        ("start", StringPlace::Start),
                        ("last", StringPlace::Last),
                        ("first-except", StringPlace::FirstExcept),
                    ],
                )?
            } else {
                StringPlace::First
            };
            ContentItem::String(name, place)
        }
        "content" => {
            if let Ok(word) = input.try_parse(ident)
                && word != "text"
            {
                return Err(ParseErrorKind::Unsupported);
            }
            ContentItem::Words
        }
        "target-counter" => {
            let target = target(input)?;
            input.expect_comma()?;
            let name = input.expect_ident()?.as_ref().into();
            ContentItem::TargetCounter(target, name, then_style(input)?)
        }
        "target-text" => ContentItem::TargetText(target(input)?),
        "leader" => {
            if let Ok(pattern) = input.try_parse(Parser::expect_string_cloned) {
                return Ok(ContentItem::Leader(pattern.to_string()));
            }
            let pattern = match ident(input)?.as_str() {
                "dotted" => ". ",
                "solid" => "_",
                "space" => " ",
                _ => return Err(ParseErrorKind::Invalid),
            };
            ContentItem::Leader(pattern.to_owned())
        }
        "url" | "image" | "linear-gradient" | "element" => {
            return Err(ParseErrorKind::Unsupported);
        }
        _ => return Err(ParseErrorKind::Invalid),
    })
}

fn target(input: &mut Parser) -> Parsed<Target> {
    match input.next()? {
        Token::QuotedString(address) => Ok(Target::Address(address.to_string())),
        Token::UnquotedUrl(address) => Ok(Target::Address(address.to_string())),
        Token::Function(name) if name.eq_ignore_ascii_case("attr") => {
            nested(input, |input| {
                let name = input.expect_ident()?.to_string();
                while input.next().is_ok() {}
                Ok(Target::Attribute(name))
            })
        }
        Token::Function(name) if name.eq_ignore_ascii_case("url") => {
            nested(input, |input| Ok(Target::Address(input.expect_string()?.to_string())))
        }
        _ => Err(ParseErrorKind::Invalid),
    }
}

fn then_style(input: &mut Parser) -> Parsed<CounterStyle> {
    if input.try_parse(Parser::expect_comma).is_ok() {
        counter_style(input)
    } else {
        Ok(CounterStyle::Decimal)
    }
}

pub(super) fn counter_style(input: &mut Parser) -> Parsed<CounterStyle> {
    Ok(match input.next()? {
        Token::QuotedString(text) => CounterStyle::Text(text.as_ref().into()),
        Token::Ident(name) => match name.to_ascii_lowercase().as_str() {
            "none" => CounterStyle::None,
            "disc" => CounterStyle::Disc,
            "circle" => CounterStyle::Circle,
            "square" => CounterStyle::Square,
            "decimal" => CounterStyle::Decimal,
            "decimal-leading-zero" => CounterStyle::DecimalLeadingZero,
            "lower-roman" => CounterStyle::LowerRoman,
            "upper-roman" => CounterStyle::UpperRoman,
            "lower-alpha" | "lower-latin" => CounterStyle::LowerAlpha,
            "upper-alpha" | "upper-latin" => CounterStyle::UpperAlpha,
            "lower-greek" => CounterStyle::LowerGreek,
            _ => return Err(ParseErrorKind::Unsupported),
        },
        _ => return Err(ParseErrorKind::Invalid),
    })
}

fn counters(input: &mut Parser, usual: i32) -> Parsed<Vec<(Arc<str>, i32)>> {
    if is_keyword(input, "none") {
        return Ok(Vec::new());
    }
    let mut counters = Vec::new();
    while !input.is_exhausted() {
        let name = custom_ident(input)?;
        counters.push((name, input.try_parse(integer).unwrap_or(usual)));
    }
    if counters.is_empty() { Err(ParseErrorKind::Invalid) } else { Ok(counters) }
}

pub(super) fn string_set(
    input: &mut Parser,
) -> Parsed<Vec<(Arc<str>, Vec<ContentItem>)>> {
    if is_keyword(input, "none") {
        return Ok(Vec::new());
    }
    let mut strings = Vec::new();
    loop {
        let name = custom_ident(input)?;
        let mut items = Vec::new();
        while let Ok(next) = input.try_parse(item) {
            items.push(next);
        }
        if items.is_empty() {
            return Err(ParseErrorKind::Invalid);
        }
        strings.push((name, items));
        if input.try_parse(Parser::expect_comma).is_err() {
            return Ok(strings);
        }
    }
}

pub(super) fn quotes(input: &mut Parser) -> Parsed<Quotes> {
    if let Ok(word) = input.try_parse(ident) {
        return match word.as_str() {
            "auto" => Ok(None),
            "none" => Ok(Some(Arc::new([]))),
            _ => Err(ParseErrorKind::Invalid),
        };
    }
    let mut pairs = Vec::new();
    while !input.is_exhausted() {
        let open = input.expect_string()?.to_string();
        pairs.push((open, input.expect_string()?.to_string()));
    }
    if pairs.is_empty() { Err(ParseErrorKind::Invalid) } else { Ok(Some(pairs.into())) }
}
