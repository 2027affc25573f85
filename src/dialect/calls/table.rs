//! What the names of calls mean that many generators, themes and plugins have in common.

use super::super::call::{Call, is_path};
use super::super::output::{Output, html};
use super::apart::{aside, quotation};
use super::listing::code;
use super::picture::picture;
use crate::edit::Part;

/// What a call means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Meaning {
    /// A picture.
    Picture,
    /// Code, with its language.
    Code,
    /// A text set apart, with a title.
    Aside,
    /// A text that a screen shows only when asked, with a title.
    Details,
    /// A quotation, with its author.
    Quote,
    /// A link that looks like a button.
    Button,
    /// A part of a line, in this element of HTML.
    Inline(&'static str),
    /// One of several texts of which a screen shows one: its title, and its text.
    Tab,
    /// What it wraps, and nothing else.
    Body,
    /// A drawing in the language of a program.
    Drawing(&'static str),
    /// A formula.
    Math,
    /// A line across the page.
    Rule,
    /// Nothing that paper has.
    Nothing,
}

use Meaning::{
    Aside, Body, Button, Code, Details, Drawing, Inline, Math, Nothing, Picture, Quote,
    Rule, Tab,
};

/// The names by what they mean, without hyphens and low lines.
const TABLE: &[(Meaning, &[&str])] = &[
    (
        Picture,
        &[
            "figure",
            "fig",
            "img",
            "image",
            "picture",
            "photo",
            "assetimg",
            "imgproc",
            "lightbox",
            "responsiveimage",
            "resizeimage",
            "imgcap",
            "imgcaption",
            "captionimage",
            "imagecaption",
            "centerimage",
            "fullimage",
            "screenshot",
            "illustration",
            "imgix",
            "cloudinary",
            "localimg",
            "pic",
            "figurecaption",
        ],
    ),
    (
        Code,
        &[
            "highlight",
            "codeblock",
            "code",
            "prism",
            "sourcecode",
            "console",
            "shell",
            "syntax",
        ],
    ),
    (
        Aside,
        &[
            "notice",
            "note",
            "tip",
            "info",
            "warning",
            "danger",
            "alert",
            "admonition",
            "callout",
            "hint",
            "box",
            "important",
            "caution",
            "attention",
            "question",
            "success",
            "error",
            "failure",
            "example",
            "seealso",
            "bug",
            "abstract",
            "aside",
            "warn",
            "message",
            "panel",
            "banner",
            "sidenote",
            "infobox",
            "update",
            "blockquotealert",
            "primary",
            "secondary",
            "todo",
        ],
    ),
    (
        Details,
        &[
            "details",
            "expand",
            "spoiler",
            "collapse",
            "accordion",
            "fold",
            "toggle",
            "folding",
            "hideblock",
            "hidetoggle",
            "accordionitem",
        ],
    ),
    (Quote, &["quote", "blockquote", "pullquote", "epigraph", "bq", "cq", "centerquote"]),
    (
        Button,
        &["button", "btn", "linkbutton", "cta", "linkcard", "bookmark", "link", "a"],
    ),
    (Inline("kbd"), &["kbd", "key", "keys"]),
    (Inline("mark"), &["mark", "hl", "highlighted"]),
    (Inline("sub"), &["sub"]),
    (Inline("sup"), &["sup"]),
    (Inline("u"), &["u", "underline"]),
    (Inline("del"), &["del", "strike"]),
    (
        Inline("small"),
        &["small", "lead", "span", "label", "badge", "color", "abbr", "text"],
    ),
    (Tab, &["tab", "tabitem", "codetab", "step"]),
    (
        Body,
        &[
            "div",
            "section",
            "columns",
            "column",
            "col",
            "row",
            "grid",
            "tabs",
            "tabpane",
            "steps",
            "cards",
            "card",
            "markdown",
            "md",
            "rawhtml",
            "html",
            "wrap",
            "center",
            "centered",
            "wide",
            "rtl",
            "ltr",
            "block",
            "nomarkdown",
            "filter",
            "spaceless",
            "autoescape",
            "trim",
            "cache",
            "call",
            "gallery",
            "slideshow",
            "group",
            "left",
            "right",
            "fullwidth",
            "article",
            "main",
            "lang",
            "language",
            "codetabs",
            "figuregroup",
            "timeline",
            "content",
            "raw",
            "verbatim",
            "safe",
            "paragraph",
        ],
    ),
    (Drawing("mermaid"), &["mermaid", "diagram"]),
    (Math, &["math", "katex"]),
    (Rule, &["hr", "divider", "rule", "separator"]),
    (
        Nothing,
        &[
            "toc",
            "tableofcontents",
            "more",
            "ads",
            "ad",
            "adsense",
            "clear",
            "clearfix",
            "comments",
            "newsletter",
            "pagebreak",
            "search",
            "disqus",
            "share",
            "subscribe",
            "mathjax",
            "loadphotoswipe",
            "contactform",
            "icon",
            "fa",
            "fontawesome",
            "br",
            "break",
            "anchor",
            "signup",
            "js",
            "css",
            "script",
            "seo",
            "googleanalytics",
            "analytics",
            "excerpt",
            "summary",
            "relatedposts",
            "backtotop",
        ],
    ),
];

/// What a call becomes; none if its name is not known, or it lacks what it needs.
pub(super) fn rewritten(text: &str, call: &Call<'_>) -> Option<Vec<Part>> {
    let name = call.name.to_ascii_lowercase();
    let name = name.rsplit('/').next().unwrap_or_default();
    let name = name.split('.').next().unwrap_or_default().replace(['-', '_'], "");
    let (meaning, _) = TABLE.iter().find(|(_, names)| names.contains(&name.as_str()))?;
    let output = Output::at(text, &call.range, call.in_html);
    let arguments = &call.arguments;
    let body = call.body.as_ref();
    match *meaning {
        Picture => picture(text, call, output),
        Code => code(text, call, output),
        Aside => aside(&name, call, output),
        Details => {
            let title = arguments.get(&["summary", "title", "label", "header"], 0);
            let title = title.map(|_| {
                let named = arguments.named(&["summary", "title", "label", "header"]);
                named.map_or_else(|| arguments.texts().join(" "), str::to_owned)
            });
            body?;
            Some(output.element("details", "", title.as_deref(), body))
        }
        Quote => quotation(call, output),
        Button => {
            let address = arguments
                .named(&["href", "url", "link", "relref", "ref", "to"])
                .or_else(|| {
                    arguments.0.iter().map(|it| it.value.as_str()).find(|it| is_path(it))
                })?;
            let words = body.map(|body| text[body.clone()].trim().to_owned());
            let words = words.or_else(|| {
                arguments.named(&["text", "label", "title", "content"]).map(str::to_owned)
            });
            // Hexo divides by commas: an address, its words, an icon.
            let by_commas = || call.written.split(',').nth(1).map(str::trim);
            let words = words.or_else(|| match arguments.at(1)? {
                _ if arguments.0.iter().all(|it| !it.quoted) => {
                    by_commas().map(str::to_owned)
                }
                second => Some(second.to_owned()),
            });
            let words = words.unwrap_or_else(|| address.to_owned());
            let words = output.link(&words, address);
            Some(output.words(&words))
        }
        Inline(tag) => {
            let mut output = output;
            let (open, close) = match tag {
                "small" => (String::new(), String::new()),
                tag => (format!("<{tag}>"), format!("</{tag}>")),
            };
            output.add(&open);
            match body {
                Some(body) => output.copy(body),
                None => {
                    let words = arguments.get(&["text", "content", "title"], 0)?;
                    // Hexo's class stands before its words: `info@low water`.
                    let classed = call.written.split_once('@');
                    let classed =
                        classed.filter(|(class, _)| !class.contains(['"', ' ']));
                    let words = classed.map_or(words, |(_, words)| words);
                    output.add(&html(words));
                }
            }
            output.add(&close);
            Some(output.inline())
        }
        Tab => {
            let title =
                arguments.get(&["name", "title", "label", "header", "tabName"], 0);
            body?;
            let title = title.filter(|title| title.parse::<f64>().is_err());
            Some(output.element("div", "tab", title, body))
        }
        Body => body.map(|body| output.only(Some(body))),
        Drawing(language) => Some(output.code(language, body?)),
        Math => match body {
            Some(body) => {
                let display = output.is_block();
                Some(output.formula(body, display))
            }
            None => Some(vec![Part::New(String::new())]),
        },
        Rule => {
            let mut output = output;
            output.add("***");
            Some(output.block())
        }
        // An icon with words keeps these.
        Nothing => Some(output.only(body)),
    }
}
