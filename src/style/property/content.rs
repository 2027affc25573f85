//! Properties of generated content: `content`, counters, named strings, marks of lists.

use std::sync::Arc;

use cssparser::{Parser, Token};

use super::{Env, integer, word};
use crate::style::computed::{
    Content, ContentItem, CounterStyle, StringPlace, Style, Target,
};
use crate::style::value::{Read, Refusal, nested};

pub(super) fn apply(
    name: &str,
    input: &mut Parser,
    style: &mut Style,
    _: &Env,
) -> Read<bool> {
    match name {
        "content" => style.content = content(input)?,
        "counter-reset" => style.counter_reset = counters(input, 0)?,
        "counter-increment" => style.counter_increment = counters(input, 1)?,
        "counter-set" => style.counter_set = counters(input, 0)?,
        "string-set" => style.string_set = strings(input)?,
        "quotes" => style.quotes = quotes(input)?,
        "list-style-type" => style.list_style = counter_style(input)?,
        "list-style-position" => style.marker_inside = inside(input)?,
        "list-style-image" => {
            if word(input)? != "none" {
                return Err(Refusal::Unsupported);
            }
        }
        "list-style" => {
            while !input.is_exhausted() {
                if let Ok(position) = input.try_parse(inside) {
                    style.marker_inside = position;
                } else {
                    style.list_style = counter_style(input)?;
                }
            }
        }
        _ => return Ok(false),
    }
    Ok(true)
}

fn inside(input: &mut Parser) -> Read<bool> {
    super::choice(input, &[("inside", true), ("outside", false)])
}

fn content(input: &mut Parser) -> Read<Content> {
    if let Ok(word) = input.try_parse(whole_word) {
        return match word.as_str() {
            "normal" => Ok(Content::Normal),
            "none" => Ok(Content::None),
            _ => Err(Refusal::Invalid),
        };
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
        Err(Refusal::Invalid)
    } else {
        Ok(Content::Items(items.into()))
    }
}

fn whole_word(input: &mut Parser) -> Read<String> {
    let word = word(input)?;
    let known = matches!(word.as_str(), "normal" | "none");
    if known && input.is_exhausted() { Ok(word) } else { Err(Refusal::Invalid) }
}

fn item(input: &mut Parser) -> Read<ContentItem> {
    let name = match input.next()? {
        Token::QuotedString(text) => return Ok(ContentItem::Text(text.to_string())),
        Token::Ident(word) => {
            return match word.to_ascii_lowercase().as_str() {
                "open-quote" => Ok(ContentItem::OpenQuote),
                "close-quote" => Ok(ContentItem::CloseQuote),
                "no-open-quote" => Ok(ContentItem::NoOpenQuote),
                "no-close-quote" => Ok(ContentItem::NoCloseQuote),
                "contents" => Ok(ContentItem::Words),
                _ => Err(Refusal::Invalid),
            };
        }
        Token::Function(name) => name.to_ascii_lowercase(),
        Token::UnquotedUrl(_) => return Err(Refusal::Unsupported),
        _ => return Err(Refusal::Invalid),
    };
    nested(input, |input| {
        let item = function(&name, input)?;
        if input.is_exhausted() { Ok(item) } else { Err(Refusal::Invalid) }
    })
}

fn function(name: &str, input: &mut Parser) -> Read<ContentItem> {
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
                super::choice(
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
            if let Ok(word) = input.try_parse(word)
                && word != "text"
            {
                return Err(Refusal::Unsupported);
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
            let pattern = match word(input)?.as_str() {
                "dotted" => ". ",
                "solid" => "_",
                "space" => " ",
                _ => return Err(Refusal::Invalid),
            };
            ContentItem::Leader(pattern.to_owned())
        }
        "url" | "image" | "linear-gradient" | "element" => {
            return Err(Refusal::Unsupported);
        }
        _ => return Err(Refusal::Invalid),
    })
}

fn target(input: &mut Parser) -> Read<Target> {
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
        _ => Err(Refusal::Invalid),
    }
}

fn then_style(input: &mut Parser) -> Read<CounterStyle> {
    if input.try_parse(Parser::expect_comma).is_ok() {
        counter_style(input)
    } else {
        Ok(CounterStyle::Decimal)
    }
}

fn counter_style(input: &mut Parser) -> Read<CounterStyle> {
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
            _ => return Err(Refusal::Unsupported),
        },
        _ => return Err(Refusal::Invalid),
    })
}

fn counters(input: &mut Parser, usual: i32) -> Read<Vec<(Arc<str>, i32)>> {
    if input.try_parse(|input| input.expect_ident_matching("none")).is_ok() {
        return Ok(Vec::new());
    }
    let mut counters = Vec::new();
    while !input.is_exhausted() {
        let name: Arc<str> = input.expect_ident()?.as_ref().into();
        counters.push((name, input.try_parse(integer).unwrap_or(usual)));
    }
    if counters.is_empty() { Err(Refusal::Invalid) } else { Ok(counters) }
}

fn strings(input: &mut Parser) -> Read<Vec<(Arc<str>, Vec<ContentItem>)>> {
    if input.try_parse(|input| input.expect_ident_matching("none")).is_ok() {
        return Ok(Vec::new());
    }
    let mut strings = Vec::new();
    loop {
        let name: Arc<str> = input.expect_ident()?.as_ref().into();
        let mut items = Vec::new();
        while let Ok(next) = input.try_parse(item) {
            items.push(next);
        }
        if items.is_empty() {
            return Err(Refusal::Invalid);
        }
        strings.push((name, items));
        if input.try_parse(Parser::expect_comma).is_err() {
            return Ok(strings);
        }
    }
}

type Quotes = Option<Arc<[(String, String)]>>;

fn quotes(input: &mut Parser) -> Read<Quotes> {
    if let Ok(word) = input.try_parse(word) {
        return match word.as_str() {
            "auto" => Ok(None),
            "none" => Ok(Some(Arc::new([]))),
            _ => Err(Refusal::Invalid),
        };
    }
    let mut pairs = Vec::new();
    while !input.is_exhausted() {
        let open = input.expect_string()?.to_string();
        pairs.push((open, input.expect_string()?.to_string()));
    }
    if pairs.is_empty() { Err(Refusal::Invalid) } else { Ok(Some(pairs.into())) }
}
