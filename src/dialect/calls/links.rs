//! Calls that name another post.

use super::super::Context;
use super::super::call::Call;
use super::super::output::{Output, escaped, post_address};
use super::super::scan::Mark;
use crate::edit::Part;

/// What a call of a post becomes: its address within the link around it, or a link with words.
pub(super) fn rewritten(context: &Context<'_>, call: &Call<'_>) -> Option<Vec<Part>> {
    let output = Output::at(context.text, &call.range, context.is_html());
    let arguments = &call.arguments;
    match call.name {
        "post_url" | "post_path" | "ref" | "relref" => {
            let name = arguments.get(&["path", "slug", "to"], 0)?;
            Some(output.words(&post_address(name)))
        }
        // Jekyll's `link` takes the path of a file; Hexo's takes words and an address.
        "link" if call.mark == Mark::Tag && arguments.at(1).is_none() => {
            let path = arguments.at(0)?;
            Some(output.words(&format!("/{}", path.trim_start_matches('/'))))
        }
        "link" if call.mark == Mark::Tag => {
            let is_address = |it: &str| it.contains("://") || it.starts_with('/');
            let place = (0..8).find(|&at| arguments.at(at).is_some_and(is_address))?;
            let words: Vec<&str> = (0..place).filter_map(|at| arguments.at(at)).collect();
            let address = arguments.at(place).unwrap_or_default();
            let words = if place == 0 {
                arguments.at(1).unwrap_or(address).to_owned()
            } else {
                words.join(" ")
            };
            let words = output.link(&escaped(&words), address);
            Some(output.words(&words))
        }
        "post_link" => {
            let name = arguments.at(0)?;
            let words = arguments.joined(1);
            let words = words.trim_end_matches(" true").trim_end_matches(" false");
            let words = if words.is_empty() { title(name) } else { words.to_owned() };
            let words = output.link(&escaped(&words), &post_address(name));
            Some(output.words(&words))
        }
        "asset_path" => Some(output.words(arguments.at(0)?)),
        "asset_link" => {
            let file = arguments.at(0)?;
            let words = arguments.joined(1);
            let words = if words.is_empty() { file } else { words.as_str() };
            let words = output.link(&escaped(words), file);
            Some(output.words(&words))
        }
        "get_url" if matches!(call.mark, Mark::Output | Mark::Tag) => {
            let path = arguments.get(&["path"], 0)?;
            let rooted = path.starts_with(['/', '@']) || path.contains("://");
            let slash = if rooted { "" } else { "/" };
            Some(output.words(&format!("{slash}{path}")))
        }
        _ => None,
    }
}

/// Words for a link that has none.
fn title(name: &str) -> String {
    let name = name.trim_end_matches('/').rsplit('/').next().unwrap_or(name);
    crate::manuscript::title_from_name(name)
}
