//! Calls that show a picture.

use super::super::call::{Arguments, Call, is_path};
use super::super::output::{Figure, Output, lines_joined, link};
use crate::edit::Part;

/// The figure that a call makes, or what stands around the pictures that it wraps.
pub(super) fn picture(
    text: &str,
    call: &Call<'_>,
    output: Output<'_>,
) -> Option<Vec<Part>> {
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
    let mut words = arguments.texts();
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
