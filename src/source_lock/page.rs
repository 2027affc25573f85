//! What a page on the web says of itself, in the ways that are in use: the tags of Google Scholar,
//! Open Graph, Dublin Core and schema.org, and at last HTML's own.

use html5gum::{StartTag, State, Token, Tokenizer};
use serde_json::Value;

use crate::characters::{cleaned, is_lost};

/// What a page says of itself. Empty is what it does not say.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Page {
    /// Its title.
    pub title: String,
    /// Who wrote it.
    pub authors: Vec<String>,
    /// The site, newspaper or journal.
    pub outlet: String,
    /// When it appeared, as `2017-07-05`, `2017-07` or `2017`.
    pub date: String,
}

/// The longest text that is taken for a title or a name, in characters.
const MAX_TEXT_CHARS: usize = 300;

/// The most authors that are taken.
const MAX_AUTHORS: usize = 20;

/// How deep linked data may be nested.
const MAX_DATA_DEPTH: usize = 8;

/// Reads a page's head. Cost is linear in its length.
pub(crate) fn read(html: &str) -> Page {
    let mut reader = Reader::default();
    let mut tokenizer = Tokenizer::new(html);
    let mut within = Within::Nothing;
    while let Some(Ok(token)) = tokenizer.next() {
        match token {
            Token::StartTag(tag) => {
                within = reader.tag(&tag);
                match within {
                    Within::Data => tokenizer.set_state(State::ScriptData),
                    Within::Title => tokenizer.set_state(State::RcData),
                    Within::Nothing => {
                        let skipped = match tag.name.as_slice() {
                            b"script" => State::ScriptData,
                            b"style" => State::RawText,
                            _ => continue,
                        };
                        tokenizer.set_state(skipped);
                    }
                }
            }
            Token::String(text) => {
                let text = String::from_utf8_lossy(&text);
                match within {
                    Within::Title => reader.html_title.push_str(&text),
                    Within::Data => reader.data.push_str(&text),
                    Within::Nothing => {}
                }
            }
            Token::EndTag(_) => {
                if within == Within::Data {
                    reader.linked_data();
                }
                within = Within::Nothing;
            }
            _ => {}
        }
    }
    reader.finish()
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Within {
    Nothing,
    Title,
    Data,
}

/// What was found, by how much it is to be trusted.
#[derive(Default)]
struct Reader {
    /// `citation_…`, which libraries read.
    scholar: Page,
    /// schema.org's.
    linked: Page,
    /// Open Graph's and `article:…`.
    graph: Page,
    /// Dublin Core's and plain names.
    plain: Page,
    /// The text of `title`.
    html_title: String,
    /// The text of a script that holds linked data.
    data: String,
}

impl Reader {
    fn tag(&mut self, tag: &StartTag<()>) -> Within {
        let attribute = |name: &str| {
            tag.attributes
                .get(name.as_bytes())
                .map(|value| String::from_utf8_lossy(value).trim().to_owned())
        };
        match tag.name.as_slice() {
            b"meta" => {
                let name = attribute("property")
                    .or_else(|| attribute("name"))
                    .or_else(|| attribute("itemprop"));
                if let (Some(name), Some(content)) = (name, attribute("content")) {
                    self.meta(&name.to_ascii_lowercase(), &content);
                }
                Within::Nothing
            }
            b"time" => {
                let published = attribute("pubdate").is_some()
                    || attribute("itemprop").is_some_and(|it| it == "datePublished");
                if let (true, Some(moment)) = (published, attribute("datetime")) {
                    fill_date(&mut self.plain.date, &moment);
                }
                Within::Nothing
            }
            b"title" if self.html_title.is_empty() => Within::Title,
            b"script"
                if attribute("type").is_some_and(|it| it == "application/ld+json") =>
            {
                Within::Data
            }
            _ => Within::Nothing,
        }
    }

    fn meta(&mut self, name: &str, content: &str) {
        match name {
            "citation_title" => fill(&mut self.scholar.title, content),
            "citation_author" => author(&mut self.scholar.authors, content),
            "citation_journal_title" | "citation_publisher" => {
                fill(&mut self.scholar.outlet, content);
            }
            "citation_publication_date" | "citation_date" | "citation_online_date" => {
                fill_date(&mut self.scholar.date, content);
            }
            "og:title" => fill(&mut self.graph.title, content),
            "og:site_name" => fill(&mut self.graph.outlet, content),
            "article:author" | "book:author" => author(&mut self.graph.authors, content),
            "article:published_time" | "og:published_time" => {
                fill_date(&mut self.graph.date, content);
            }
            "dc.title" | "dcterms.title" | "twitter:title" => {
                fill(&mut self.plain.title, content);
            }
            "dc.creator" | "dcterms.creator" | "author" | "byl" | "parsely-author"
            | "sailthru.author" => author(&mut self.plain.authors, content),
            "dc.publisher" | "application-name" => fill(&mut self.plain.outlet, content),
            "dc.date" | "dcterms.date" | "dcterms.created" | "date" | "pubdate"
            | "publishdate" | "publish-date" | "parsely-pub-date" | "datepublished"
            | "sailthru.date" => fill_date(&mut self.plain.date, content),
            _ => {}
        }
    }

    fn linked_data(&mut self) {
        let data = std::mem::take(&mut self.data);
        if let Ok(value) = serde_json::from_str::<Value>(data.trim()) {
            self.linked_value(&value, MAX_DATA_DEPTH);
        }
    }

    fn linked_value(&mut self, value: &Value, depth: usize) {
        if depth == 0 {
            return;
        }
        match value {
            Value::Array(items) => {
                items.iter().for_each(|item| self.linked_value(item, depth - 1));
            }
            Value::Object(fields) => {
                if is_work(value) {
                    self.work(value);
                }
                if let Some(graph) = fields.get("@graph") {
                    self.linked_value(graph, depth - 1);
                }
            }
            _ => {}
        }
    }

    fn work(&mut self, work: &Value) {
        let text = |name: &str| work[name].as_str().unwrap_or_default();
        fill(&mut self.linked.title, text("headline"));
        fill(&mut self.linked.title, text("name"));
        fill_date(&mut self.linked.date, text("datePublished"));
        fill(
            &mut self.linked.outlet,
            work["publisher"]["name"].as_str().unwrap_or_default(),
        );
        let authors = &work["author"];
        let one = std::slice::from_ref(authors);
        for item in authors.as_array().map_or(one, Vec::as_slice) {
            let name = item.as_str().or_else(|| item["name"].as_str());
            author(&mut self.linked.authors, name.unwrap_or_default());
        }
    }

    fn finish(self) -> Page {
        let Self { scholar, linked, graph, mut plain, html_title, .. } = self;
        fill(&mut plain.title, &html_title);
        let mut page = Page::default();
        for said in [scholar, linked, graph, plain] {
            let Page { title, authors, outlet, date } = said;
            fill(&mut page.title, &title);
            fill(&mut page.outlet, &outlet);
            fill(&mut page.date, &date);
            if page.authors.is_empty() {
                page.authors = authors;
            }
        }
        page.authors.retain(|name| *name != page.outlet);
        page.title = without_outlet(&page.title, &page.outlet);
        page
    }
}

impl Page {
    /// The page without characters that no book can hold, and the first of them that was lost.
    pub(crate) fn cleaned(self) -> (Self, Option<char>) {
        let Self { title, authors, outlet, date } = &self;
        let texts = [title, outlet, date].into_iter().chain(authors);
        let lost = texts.flat_map(|text| text.chars()).find(|&c| is_lost(c));
        let page = Self {
            title: cleaned(self.title),
            authors: self.authors.into_iter().map(cleaned).collect(),
            outlet: cleaned(self.outlet),
            date: cleaned(self.date),
        };
        (page, lost)
    }
}

/// Whether linked data is about a text, and not about the site or a picture.
fn is_work(value: &Value) -> bool {
    let texts = [
        "Article",
        "NewsArticle",
        "BlogPosting",
        "Report",
        "ScholarlyArticle",
        "OpinionNewsArticle",
        "AnalysisNewsArticle",
        "ReportageNewsArticle",
        "LiveBlogPosting",
        "Book",
        "VideoObject",
        "PodcastEpisode",
        "WebPage",
    ];
    let kind = &value["@type"];
    let is_text = |kind: &Value| kind.as_str().is_some_and(|kind| texts.contains(&kind));
    is_text(kind) || kind.as_array().is_some_and(|kinds| kinds.iter().any(is_text))
}

/// Takes a text where there is none yet.
fn fill(known: &mut String, said: &str) {
    let said = said.split_whitespace().collect::<Vec<_>>().join(" ");
    if known.is_empty() && said.chars().count() <= MAX_TEXT_CHARS {
        *known = said;
    }
}

/// Takes an author's name; an address or a sentence is none.
fn author(authors: &mut Vec<String>, said: &str) {
    let said = said.split_whitespace().collect::<Vec<_>>().join(" ");
    let name = ["By ", "by ", "BY "].iter().find_map(|by| said.strip_prefix(by));
    let name = name.unwrap_or(&said).trim();
    let is_name = !name.is_empty()
        && !name.contains("://")
        && !name.contains('@')
        && name.split(' ').count() <= 8;
    if is_name && authors.len() < MAX_AUTHORS && !authors.iter().any(|it| it == name) {
        authors.push(name.to_owned());
    }
}

/// Takes the day at the beginning of a moment: `2017-07-05T10:00:00Z`, `2017/07/05`, `20170705`.
fn fill_date(known: &mut String, said: &str) {
    let digits =
        |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let said = said.trim().replace('/', "-");
    let day = said.split(['T', ' ']).next().unwrap_or_default();
    let day = if day.len() == 8 && digits(day) {
        format!("{}-{}-{}", &day[..4], &day[4..6], &day[6..])
    } else {
        day.to_owned()
    };
    let parts: Vec<&str> = day.split('-').collect();
    let valid = parts.len() <= 3
        && parts.iter().enumerate().all(|(at, part)| {
            digits(part) && part.len() == if at == 0 { 4 } else { part.len().clamp(1, 2) }
        });
    if known.is_empty() && valid {
        let padded = parts.iter().map(|part| format!("{part:0>2}"));
        *known = padded.collect::<Vec<_>>().join("-");
    }
}

/// Takes the site's name off a title: `Herring Return | Harbour Gazette`.
fn without_outlet(title: &str, outlet: &str) -> String {
    for separator in [" | ", " - ", " – ", " — ", " :: ", " • ", " · "] {
        if let Some((before, after)) = title.rsplit_once(separator)
            && !outlet.is_empty()
            && after.trim().eq_ignore_ascii_case(outlet)
            && !before.trim().is_empty()
        {
            return before.trim().to_owned();
        }
    }
    title.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_more_careful_tags_go_first() {
        let html = r#"<html><head><title>Herring return | Harbour Gazette</title>
            <meta property="og:title" content="Herring   return to the bay | Harbour Gazette">
            <meta property="og:site_name" content="Harbour Gazette">
            <meta name="author" content="By Ann Lee">
            <meta property="article:published_time" content="2024-02-28T09:00:00+09:00">
            <script>var a = "<title>No</title>";</script></head><body><title>Other</title>"#;
        let page = read(html);
        assert_eq!(page.title, "Herring return to the bay");
        assert_eq!(page.authors, ["Ann Lee"]);
        assert_eq!(
            (page.outlet.as_str(), page.date.as_str()),
            ("Harbour Gazette", "2024-02-28")
        );
    }

    #[test]
    fn linked_data_is_read() {
        let html = r#"<title>x</title><script type="application/ld+json">{"@graph": [
            {"@type": "WebSite", "name": "Not this"},
            {"@type": ["NewsArticle"], "headline": "Who Counts?", "datePublished": "2023/1/5",
             "author": [{"name": "Bo Kim"}, "Ann Lee"], "publisher": {"name": "Evening Star"}}]}
            </script>"#;
        let page = read(html);
        assert_eq!(page.title, "Who Counts?");
        assert_eq!(page.authors, ["Bo Kim", "Ann Lee"]);
        assert_eq!(
            (page.outlet.as_str(), page.date.as_str()),
            ("Evening Star", "2023-01-05")
        );
    }

    #[test]
    fn what_is_broken_says_nothing() {
        let long = "x".repeat(1000);
        for html in [
            "",
            "<title>",
            "<script type=application/ld+json>{",
            "<meta name=author content='https://x.example/ann'><meta name=date content=soon>",
            &format!("<title>{long}</title>"),
            "<meta name=date content='2017-é-1'>\0\u{ffff}<",
        ] {
            assert_eq!(read(html), Page::default(), "{html:.40}");
        }
    }
}
