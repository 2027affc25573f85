//! What each HTML element means to a book.

use crate::document::{Division, PhraseRole};

use super::super::element::Element;
use super::super::events::phrase;

/// What becomes of a tag.
#[derive(Debug, PartialEq)]
pub(super) enum HtmlElement {
    /// It opens an element.
    Element(Element),
    LineBreak,
    /// A line may end here.
    BreakOpportunity,
    ThematicBreak,
    Picture,
    Column,
    /// It becomes a link.
    Media,
    /// The tag is left out, what it holds stays; a diagnostic says so.
    Left,
    /// It is left out with all that it holds; a diagnostic says so.
    Vanishing,
    /// It is left out, and nothing is lost.
    Nothing,
    /// No tag at all: words in angle brackets.
    Prose,
}

/// What an element of this name means.
pub(super) fn meaning(name: &str) -> HtmlElement {
    if let Some(element) = element(name) {
        return HtmlElement::Element(element);
    }
    match name {
        "br" => HtmlElement::LineBreak,
        "wbr" => HtmlElement::BreakOpportunity,
        "hr" => HtmlElement::ThematicBreak,
        "img" | "image" => HtmlElement::Picture,
        "col" => HtmlElement::Column,
        "iframe" | "video" | "audio" | "embed" => HtmlElement::Media,
        "script" | "style" | "object" | "template" | "applet" | "svg" | "canvas"
        | "head" | "button" | "select" | "textarea" | "datalist" | "rp" | "noembed"
        | "noframes" => HtmlElement::Vanishing,
        "form" | "input" | "progress" | "meter" => HtmlElement::Left,
        "source" | "track" | "area" | "base" | "link" | "meta" | "param" | "spacer"
        | "basefont" | "bgsound" | "isindex" | "nextid" | "keygen" | "frame" => {
            HtmlElement::Nothing
        }
        name if is_custom(name) => HtmlElement::Element(Element::Transparent),
        _ => HtmlElement::Prose,
    }
}

/// Whether a start tag of this name ends a `p` that is open (HTML, section 13.1.2.4).
pub(super) fn ends_paragraph(name: &str) -> bool {
    matches!(
        name,
        "address"
            | "article"
            | "aside"
            | "blockquote"
            | "center"
            | "details"
            | "div"
            | "dl"
            | "fieldset"
            | "figcaption"
            | "figure"
            | "footer"
            | "form"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "header"
            | "hr"
            | "main"
            | "nav"
            | "ol"
            | "p"
            | "pre"
            | "section"
            | "table"
            | "ul"
    )
}

/// Whether a tag is rather the parameter of a type, as in `Vec<Object>` or `Box<A>`: written
/// with a capital, and either longer than HTML in capitals is (`<Map>` is nobody's `<MAP>`), or
/// hard against a word and never closed.
pub(super) fn is_upper_case_type(
    raw: &str,
    before: Option<char>,
    is_closed: impl Fn() -> bool,
) -> bool {
    let name: String = raw
        .trim_start_matches(['<', '/'])
        .chars()
        .take_while(char::is_ascii_alphanumeric)
        .collect();
    let capital = name.starts_with(|c: char| c.is_ascii_uppercase());
    let mixed = name.chars().any(|c| c.is_ascii_lowercase());
    let against = before.is_some_and(|c| c.is_alphanumeric() || matches!(c, ':' | '<'));
    capital && (mixed || (against && name != "BR" && !is_closed()))
}

/// Whether the name of a tag is written with a capital and small letters, as that of a component is.
pub(super) fn is_mixed(raw: &str) -> bool {
    let name = raw.trim_start_matches(['<', '/']);
    let name =
        name.split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default();
    name.starts_with(|c: char| c.is_ascii_uppercase())
        && name.contains(|c: char| c.is_ascii_lowercase())
}

/// A custom element's name has a hyphen (HTML, section 4.13.3).
pub(super) fn is_custom(name: &str) -> bool {
    name.contains('-') || name.contains(':')
}

fn element(name: &str) -> Option<Element> {
    use PhraseRole as Role;
    Some(match name {
        "p" => Element::Paragraph,
        "h1" => Element::Heading(1),
        "h2" => Element::Heading(2),
        "h3" => Element::Heading(3),
        "h4" => Element::Heading(4),
        "h5" => Element::Heading(5),
        "h6" => Element::Heading(6),
        "blockquote" => Element::Quotation { cite: None },
        "div" | "header" | "footer" | "main" | "nav" | "address" | "fieldset"
        | "dialog" | "hgroup" | "search" => Element::Division(Division::Plain),
        "center" => Element::Division(Division::Center),
        "section" | "article" => Element::Division(Division::Section),
        "aside" => Element::Division(Division::Aside),
        "details" => Element::Division(Division::Details),
        "summary" => Element::Division(Division::Summary),
        "ul" | "menu" | "dir" => Element::List { start: None, reversed: false },
        "ol" => Element::List { start: Some(1), reversed: false },
        "li" => Element::Item { task: None, value: None },
        "dl" => Element::Definitions,
        "dt" => Element::Term,
        "dd" => Element::Description,
        "pre" | "xmp" | "listing" => Element::Code { language: None },
        "table" => Element::Table { columns: Vec::new() },
        "thead" => Element::RowGroup { head: true },
        "tbody" | "tfoot" => Element::RowGroup { head: false },
        "tr" => Element::Row { head: false },
        "td" => Element::Cell { head: false, columns: 1, rows: 1, alignment: None },
        "th" => Element::Cell { head: true, columns: 1, rows: 1, alignment: None },
        "caption" | "figcaption" => Element::Caption,
        "figure" => Element::Figure,
        "em" => phrase(Role::Emphasis),
        "strong" => phrase(Role::Strong),
        "i" | "dfn" | "var" => phrase(Role::Italic),
        "b" => phrase(Role::Bold),
        "u" => phrase(Role::Underline),
        "s" | "strike" => phrase(Role::Strike),
        "sub" => phrase(Role::Subscript),
        "sup" => phrase(Role::Superscript),
        "small" => phrase(Role::Small),
        "mark" => phrase(Role::Mark),
        "kbd" => phrase(Role::Keyboard),
        "abbr" | "acronym" => phrase(Role::Abbreviation),
        "cite" => phrase(Role::Cite),
        "q" => phrase(Role::Quote),
        "time" => phrase(Role::Time),
        "del" => phrase(Role::Deleted),
        "ins" => phrase(Role::Inserted),
        "bdi" => phrase(Role::Isolate),
        "bdo" => phrase(Role::Override),
        "span" | "font" | "data" | "big" | "label" | "legend" | "output" => {
            phrase(Role::Span)
        }
        "code" | "tt" | "samp" => Element::InlineCode,
        "a" => Element::Link { address: String::new(), title: String::new() },
        "ruby" => Element::Ruby,
        "rt" => Element::Reading,
        "rb" | "rtc" | "picture" | "colgroup" | "noscript" | "html" | "body"
        | "title" | "map" | "option" | "slot" | "nobr" | "blink" | "marquee"
        | "multicol" | "layer" | "ilayer" | "noindex" | "amp" | "shadow" | "content"
        | "plaintext" => Element::Transparent,
        _ => return None,
    })
}
