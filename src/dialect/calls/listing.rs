//! Calls that show code.

use super::super::call::Call;
use super::super::output::{Output, html, lines_joined};
use crate::edit::Part;

/// The code of a call, with its language and its title.
pub(super) fn code(text: &str, call: &Call<'_>, output: Output<'_>) -> Option<Vec<Part>> {
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
