//! Calls of what moves, sounds or answers on a screen: on paper its title, and its address.

use super::super::call::{Arguments, Call};
use super::super::output::Output;
use crate::edit::Part;

/// Each name, with its class and its address, in which `{}` stands for the first argument.
const TABLE: &[(&str, &str, &str)] = &[
    ("asciinema", "video", "https://asciinema.org/a/{}"),
    ("audio", "audio", ""),
    ("bilibili", "video", "https://www.bilibili.com/video/{}"),
    ("codepen", "embed", ""),
    ("codesandbox", "embed", "https://codesandbox.io/s/{}"),
    ("dailymotion", "video", "https://www.dailymotion.com/video/{}"),
    ("embed", "embed", ""),
    ("facebook", "embed", ""),
    ("gist", "embed", ""),
    ("iframe", "embed", ""),
    ("instagram", "embed", "https://www.instagram.com/p/{}/"),
    ("jsfiddle", "embed", "https://jsfiddle.net/{}/"),
    ("loom", "video", "https://www.loom.com/share/{}"),
    ("mastodon", "embed", ""),
    ("mp4", "video", ""),
    ("peertube", "video", ""),
    ("slideshare", "embed", "https://www.slideshare.net/slideshow/embed_code/key/{}"),
    ("soundcloud", "audio", ""),
    ("speakerdeck", "embed", "https://speakerdeck.com/player/{}"),
    ("spotify", "audio", "https://open.spotify.com/{}"),
    ("ted", "video", "https://www.ted.com/talks/{}"),
    ("tiktok", "video", ""),
    ("toot", "embed", ""),
    ("tweet", "embed", "https://twitter.com/i/status/{}"),
    ("twitch", "video", "https://www.twitch.tv/videos/{}"),
    ("twitter", "embed", "https://twitter.com/i/status/{}"),
    ("video", "video", ""),
    ("vimeo", "video", "https://vimeo.com/{}"),
    ("x", "embed", "https://x.com/i/status/{}"),
    ("youtube", "video", "https://www.youtube.com/watch?v={}"),
    ("youtubepl", "video", "https://www.youtube.com/playlist?list={}"),
    ("youtubeplaylist", "video", "https://www.youtube.com/playlist?list={}"),
    ("yt", "video", "https://www.youtube.com/watch?v={}"),
];

/// What such a call becomes.
pub(super) fn rewritten(text: &str, call: &Call<'_>) -> Option<Vec<Part>> {
    let name = call.name.to_ascii_lowercase();
    let name = name.rsplit('/').next().unwrap_or_default().split('.').next()?;
    let plain = name.replace(['-', '_'], "");
    let short = ["simple", "lite", "embed", "player", "enhanced", "privacy", "nocookie"]
        .iter()
        .fold(plain.clone(), |name, word| {
            let rest = name.replace(word, "");
            if rest.is_empty() { name } else { rest }
        });
    let (_, class, pattern) =
        TABLE.iter().find(|(known, ..)| *known == plain || *known == short)?;
    let arguments = &call.arguments;
    let address = address(&short, pattern, arguments)?;
    let named = ["title", "label", "name", "alt"];
    let title = arguments.named(&named).unwrap_or_default();
    let note = arguments.named(&["caption", "description", "desc"]).unwrap_or_default();
    let caption = call.body.as_ref().map(|body| text[body.clone()].trim());
    let note = caption.filter(|words| !words.is_empty()).unwrap_or(note);
    Some(Output::at(text, &call.range, call.in_html).media(class, title, &address, note))
}

/// The address of what a call shows.
fn address(name: &str, pattern: &str, arguments: &Arguments) -> Option<String> {
    const NAMES: [&str; 13] = [
        "id", "src", "url", "video", "video_id", "videoId", "link", "key", "tweet",
        "file", "vid", "path", "mp4",
    ];
    if let (Some(user), Some(id)) =
        (arguments.named(&["user", "username"]), arguments.named(&["id"]))
    {
        return match name {
            "tweet" | "twitter" => {
                Some(format!("https://twitter.com/{user}/status/{id}"))
            }
            "x" => Some(format!("https://x.com/{user}/status/{id}")),
            "gist" => Some(format!("https://gist.github.com/{user}/{id}")),
            "codepen" => Some(format!("https://codepen.io/{user}/pen/{id}")),
            _ => pattern.contains("{}").then(|| pattern.replace("{}", id)),
        };
    }
    let value = arguments.get(&NAMES, 0)?.trim().trim_matches(['"', '\'']);
    if value.is_empty() {
        return None;
    }
    if value.contains("://") {
        return Some(value.to_owned());
    }
    if let Some(rest) = value.strip_prefix("//") {
        return Some(format!("https://{rest}"));
    }
    match name {
        "gist" => {
            let id = arguments.at(1).filter(|id| id.len() > 6 && !id.contains('.'));
            let path = id.map_or_else(|| value.to_owned(), |id| format!("{value}/{id}"));
            Some(format!("https://gist.github.com/{path}"))
        }
        _ if pattern.is_empty() => Some(value.to_owned()),
        _ => Some(pattern.replace("{}", value)),
    }
}
