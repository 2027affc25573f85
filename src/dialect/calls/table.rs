//! What the names of calls mean that many generators, themes and plugins have in common.

use super::super::asides::class_of;
use super::super::call::{Arguments, Call};
use super::super::output::{
    Figure, Output, attribute, escaped, html, lines_joined, link,
};
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
                named.map_or_else(|| texts(arguments).join(" "), str::to_owned)
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
        Math => {
            let mut output = output;
            let dollars = if output.is_block() { "$$" } else { "$" };
            output.add(dollars);
            match body {
                Some(body) => output.copy(body),
                None => return Some(vec![Part::New(String::new())]),
            }
            output.add(dollars);
            Some(if dollars.len() == 2 { output.block() } else { output.inline() })
        }
        Rule => {
            let mut output = output;
            output.add("***");
            Some(output.block())
        }
        // An icon with words keeps these.
        Nothing => Some(output.only(body)),
    }
}

/// Whether an argument is the address of something.
fn is_path(value: &str) -> bool {
    value.contains('/')
        || value.rsplit_once('.').is_some_and(|(stem, extension)| {
            let letters = |c: char| c.is_ascii_alphanumeric();
            !stem.is_empty()
                && (2..=5).contains(&extension.len())
                && extension.chars().all(letters)
                && !value.contains(' ')
        })
}

/// The nameless arguments that are words: no addresses and no numbers.
fn texts(arguments: &Arguments) -> Vec<&str> {
    let words = |value: &&str| {
        let number = value.trim_end_matches(['%', 'p', 'x']).parse::<f64>().is_ok();
        !value.is_empty() && !number && !is_path(value)
    };
    let nameless = arguments.0.iter().filter(|it| it.name.is_none());
    nameless.map(|it| it.value.as_str()).filter(words).collect()
}

fn picture(text: &str, call: &Call<'_>, output: Output<'_>) -> Option<Vec<Part>> {
    const SOURCES: [&str; 17] = [
        "src",
        "path",
        "url",
        "image",
        "file",
        "image_path",
        "filename",
        "img",
        "source",
        "name",
        "id",
        "link_src",
        "href_src",
        "address",
        "image_url",
        "picture",
        "photo",
    ];
    let arguments = &call.arguments;
    let mut figure = figure(arguments);
    let nameless = || arguments.0.iter().filter(|it| it.name.is_none());
    let by_name = arguments
        .named(&SOURCES[..9])
        .or_else(|| arguments.named(&SOURCES[9..]).filter(|value| is_path(value)));
    let by_place = nameless().map(|it| it.value.as_str()).find(|value| is_path(value));
    let body = call.body.as_ref().map(|body| text[body.clone()].trim());
    let address = by_name.or(by_place);
    let Some(address) = address.filter(|address| !address.is_empty()) else {
        // A figure around pictures in Markdown, with a caption.
        let body = call.body.as_ref().filter(|body| {
            let inside = &text[(*body).clone()];
            inside.contains("![") || inside.contains("<img") || inside.contains("{")
        })?;
        return Some(around(output, body, &figure.caption));
    };
    figure.address = address.to_owned();
    let mut words = texts(arguments);
    let mut plain = nameless().filter(|it| words.contains(&it.value.as_str()));
    let joined = words.join(" ");
    if words.len() > 1 && plain.all(|it| !it.quoted) {
        words = vec![joined.as_str()];
    }
    let octopress = matches!(call.name, "img" | "asset_img" | "imgcap" | "fi");
    match words.as_slice() {
        _ if !figure.alt.is_empty() || !figure.caption.is_empty() => {}
        [one] => figure.alt = (*one).to_owned(),
        // Octopress and Hexo: classes before the address; its title and its alternative behind.
        [.., _, alt] if octopress => figure.alt = (*alt).to_owned(),
        [alt, caption, ..] => {
            figure.alt = (*alt).to_owned();
            figure.caption = (*caption).to_owned();
        }
        [] => {}
    }
    if figure.caption.is_empty()
        && let Some(body) = body
    {
        figure.caption = body.to_owned();
    }
    Some(output.figure(&figure))
}

fn around(
    mut output: Output<'_>,
    body: &std::ops::Range<usize>,
    caption: &str,
) -> Vec<Part> {
    if !output.is_block() {
        return output.only(Some(body));
    }
    output.add("<figure>\n\n");
    output.copy(body);
    let caption = lines_joined(caption);
    if !caption.is_empty() {
        output.add(&format!("\n\n<figcaption>\n\n{caption}\n\n</figcaption>"));
    }
    output.add("\n\n</figure>");
    output.block()
}

/// What the named arguments say of a picture.
fn figure(arguments: &Arguments) -> Figure {
    let named = |names: &[&str]| arguments.named(names).unwrap_or_default().to_owned();
    let mut caption = named(&[
        "caption",
        "cap",
        "description",
        "desc",
        "text",
        "figcaption",
        "subtitle",
    ]);
    let title = named(&["title"]);
    if !title.is_empty() && caption.is_empty() {
        caption = title;
    } else if !title.is_empty() && !caption.contains(&title) {
        caption = format!("**{title}** {caption}");
    }
    let credit = named(&["attr", "credit", "attribution", "copyright", "author"]);
    if !credit.is_empty() {
        let address = named(&["attrlink", "creditlink", "source_url"]);
        let credit = link(&credit, &address);
        caption = if caption.is_empty() { credit } else { format!("{caption} {credit}") };
    }
    Figure {
        address: String::new(),
        alt: named(&["alt", "alttext", "alternative", "image_alt"]),
        caption,
        link: named(&["link", "href", "target_url"]),
        width: named(&["width", "w"]),
        class: named(&["class", "classes", "align", "position"]),
        id: named(&["anchor", "fig_id"]),
    }
}

fn code(text: &str, call: &Call<'_>, output: Output<'_>) -> Option<Vec<Part>> {
    let arguments = &call.arguments;
    let language = arguments
        .named(&["lang", "language", "syntax"])
        .or_else(|| {
            // Octopress and Hexo: a title, then `lang:ruby`; the title may be a file's name.
            let first = arguments.at(0)?;
            let plain = !first.contains([' ', '.']) && call.name != "codeblock";
            plain.then_some(first)
        })
        .unwrap_or_default()
        .to_owned();
    let Some(body) = call.body.as_ref() else {
        let code = arguments.named(&["code", "content"])?;
        return Some(output.made_code(&language, code));
    };
    let title = arguments.named(&["title", "caption", "file", "filename", "name"]);
    let title = title.map(str::to_owned).or_else(|| {
        // A title, then an address and its words.
        let words = arguments.joined(0);
        let words = words.split("http").next().unwrap_or_default().trim().to_owned();
        (call.name == "codeblock" && !words.is_empty()).then_some(words)
    });
    let Some(title) =
        title.filter(|_| Output::at(text, &call.range, call.in_html).is_block())
    else {
        return Some(output.code(&language, body));
    };
    let mut titled = output;
    titled.add(&format!("<p class=\"title\">{}</p>\n\n", html(&lines_joined(&title))));
    let mut parts = vec![];
    let open = titled.block();
    parts.extend(open);
    // The line end that a block leaves stands between the title and the code.
    parts.extend(Output::at(text, &call.range, call.in_html).code(&language, body));
    Some(parts)
}

fn aside(name: &str, call: &Call<'_>, mut output: Output<'_>) -> Option<Vec<Part>> {
    let arguments = &call.arguments;
    let generic = [
        "notice",
        "alert",
        "admonition",
        "callout",
        "box",
        "hint",
        "message",
        "panel",
        "banner",
        "note",
        "infobox",
    ];
    let kind =
        arguments.named(&["type", "class", "kind", "level", "style", "color", "status"]);
    let first = arguments.at(0).filter(|it| !it.contains(' ') && it.len() < 24);
    let kind = kind.or(first.filter(|_| generic.contains(&name)));
    let kind = kind.unwrap_or(name).trim_start_matches("alert-").trim_start_matches('#');
    let class = class_of(kind).unwrap_or(if name == "note" { "note" } else { kind });
    let named = arguments.named(&["title", "heading", "header", "summary", "label"]);
    let content = arguments.named(&["content", "text", "body", "message"]);
    let mut words = texts(arguments);
    if words.first() == Some(&kind) {
        words.remove(0);
    }
    let words = words.join(" ");
    match (call.body.as_ref(), content) {
        (Some(body), _) => {
            let title = named.map_or(words, str::to_owned);
            Some(output.element("aside", class, Some(&title), Some(body)))
        }
        (None, content) => {
            let content = content.map_or(words, str::to_owned);
            if content.trim().is_empty() {
                return None;
            }
            if !output.is_block() {
                return Some(output.words(&content));
            }
            let class = attribute(class);
            output.add(&format!("<aside class=\"{class}\">\n\n"));
            if let Some(title) = named {
                output.add(&format!("<p class=\"title\">{}</p>\n\n", html(title)));
            }
            output.add(&format!("{}\n\n</aside>", content.trim()));
            Some(output.block())
        }
    }
}

fn quotation(call: &Call<'_>, output: Output<'_>) -> Option<Vec<Part>> {
    let arguments = &call.arguments;
    let author =
        arguments.named(&["author", "by", "name", "cite", "attribution", "person"]);
    let source = arguments.named(&["source", "title", "work", "from", "book"]);
    let address =
        arguments.named(&["link", "url", "href", "cite_url"]).unwrap_or_default();
    let mut credit = author.map(escaped).unwrap_or_default();
    if let Some(source) = source {
        let source = link(&escaped(source), address);
        credit = if credit.is_empty() { source } else { format!("{credit}, {source}") };
    } else if !address.is_empty() {
        credit = link(if credit.is_empty() { address } else { &credit }, address);
    }
    // Octopress and Hexo: `Author, a source https://… its title`.
    if credit.is_empty() && !call.written.trim().is_empty() && call.name != "pullquote" {
        let words = call.written.trim().trim_matches('"');
        let address = words.split_whitespace().find(|it| it.contains("://"));
        credit = match address {
            Some(address) => {
                let (before, after) = words.split_once(address).unwrap_or((words, ""));
                let after = if after.trim().is_empty() { address } else { after.trim() };
                let before = escaped(before.trim().trim_end_matches(','));
                let after = link(&escaped(after), address);
                if before.is_empty() { after } else { format!("{before}, {after}") }
            }
            None if call.body.is_some() && !words.contains('=') => escaped(words),
            None => String::new(),
        };
    }
    let words = arguments.named(&["text", "quote", "content"]).unwrap_or_default();
    if call.body.is_none() && words.is_empty() {
        return None;
    }
    Some(output.quotation(call.body.as_ref(), words, &credit))
}
