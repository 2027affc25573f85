//! What a post's header says, whichever blog engine it was written for.

use super::date::Written;
use super::{PostHeader, TitleSource, date, tags};
use crate::config::value::{Entry, Kind, Malformed, Value};
use crate::config::{Event, event};
use crate::diag::{Code, Diagnostic};
use crate::language::Language;
use crate::source::Span;

/// A header, read.
#[derive(Default)]
pub(super) struct Header {
    /// What the book keeps of it.
    pub(super) known: PostHeader,
    /// When the post was written, to the second: it orders the posts of one day; and where the
    /// header says it.
    pub(super) written: Option<(Written, Span)>,
    /// When it was changed last, if the header says no more.
    pub(super) changed: Option<(Written, Span)>,
    /// `slug`.
    pub(super) slug: Option<String>,
    /// `lang`, or `language`.
    pub(super) language: Option<Language>,
    /// `smart-punctuation`.
    pub(super) smart_punctuation: Option<bool>,
    /// Why its author keeps the post back, as half a sentence.
    pub(super) held_back: Option<&'static str>,
    /// What could not be understood.
    pub(super) diagnostics: Vec<Diagnostic>,
}

/// The keys that may say when a post was written, the likeliest first.
const DATES: [&str; 6] =
    ["date", "published", "pubdate", "publishdate", "published_at", "created"];

/// Those that say when it was changed last: where nothing else is known, that is better than nothing.
const CHANGES: [&str; 3] = ["lastmod", "updated", "modified"];

/// Reads a header of a post in a book of a language. Tags in a text without commas are its words,
/// if they are `spaced`.
pub(super) fn read(value: &Value, book: &Language, spaced: bool) -> Header {
    let mut reader = Reader { value, diagnostics: Vec::new() };
    let language = reader.language();
    let title = reader.get("title");
    let known = PostHeader {
        title: title.and_then(|title| reader.line(title, "title")).unwrap_or_default(),
        title_span: title.map(|title| title.span),
        title_source: TitleSource::Header,
        tags: reader.tags(spaced),
        authors: reader.authors(),
        weight: reader.weight(),
        addresses: reader.addresses(),
        sources: reader.sources(),
        events: reader.events(),
        date: None,
        lead_picture: None,
        short_title: None,
    };
    let own = language.as_ref().unwrap_or(book);
    let written = reader.date(&DATES, own);
    let changed = if written.is_none() { reader.date(&CHANGES, own) } else { None };
    Header {
        known,
        written,
        changed,
        slug: reader.text("slug").map(|slug| slug.trim_matches('/').to_owned()),
        language,
        smart_punctuation: reader.get("smart-punctuation").and_then(Value::flag),
        held_back: reader.held_back(),
        diagnostics: reader.diagnostics,
    }
}

/// What to say of a header that is not what its fence promises.
pub(super) fn unreadable(malformed: Malformed) -> Diagnostic {
    let message = format!("this header cannot be read in full: {}", malformed.message);
    let diagnostic = Diagnostic::new(Code::HeaderUnreadable, message).at(malformed.span);
    let hint =
        malformed.hint.unwrap_or("correct this line; what else could be read counts");
    diagnostic.hint(hint)
}

struct Reader<'a> {
    value: &'a Value,
    diagnostics: Vec<Diagnostic>,
}

impl<'a> Reader<'a> {
    /// A value that is there, whatever the case of its key.
    fn get(&self, key: &str) -> Option<&'a Value> {
        self.value.get(key).filter(|value| value.kind != Kind::Null)
    }

    fn text(&self, key: &str) -> Option<&'a str> {
        self.get(key).and_then(Value::text).filter(|text| !text.is_empty())
    }

    /// Text, its line ends made spaces.
    fn line(&mut self, value: &Value, key: &str) -> Option<String> {
        let Some(text) = value.text() else {
            self.misfit(value, key, "it takes text");
            return None;
        };
        Some(text.split_whitespace().collect::<Vec<_>>().join(" "))
    }

    fn tags(&self, spaced: bool) -> Vec<String> {
        let mut found = Vec::new();
        let taxonomies = self.get("taxonomies");
        for (key, spaced) in [
            ("tags", spaced),
            ("tag", false),
            ("categories", spaced),
            ("category", false),
        ] {
            let nested = taxonomies.and_then(|taxonomies| taxonomies.get(key));
            for value in [self.get(key), nested].into_iter().flatten() {
                tags::read(value, spaced, &mut found);
            }
        }
        found
    }

    fn authors(&self) -> Vec<String> {
        let nested = self.get("taxonomies").and_then(|value| value.get("authors"));
        // Pelican's and pandoc's lists have semicolons, for a name may have a comma; Pelican's
        // `authors` may have commas too.
        let divided = |name: &str, commas: bool| -> Vec<String> {
            let mark = if commas && !name.contains(';') { ',' } else { ';' };
            name.split(mark).map(|name| without_links(name.trim())).collect()
        };
        let values =
            [(self.get("author"), false), (self.get("authors"), true), (nested, false)];
        let mut authors: Vec<String> = Vec::new();
        for (value, commas) in values {
            let Some(value) = value else { continue };
            let commas = commas && value.text().is_some();
            for item in value.items() {
                let name = item.text().or_else(|| item.get("name").and_then(Value::text));
                for name in divided(name.unwrap_or_default(), commas) {
                    if !name.is_empty() && !authors.contains(&name) {
                        authors.push(name);
                    }
                }
            }
        }
        authors
    }

    fn weight(&mut self) -> Option<f64> {
        let value = self.get("weight").or_else(|| self.get("order"))?;
        let weight = value.text().and_then(|text| text.parse().ok());
        let weight = weight.filter(|weight: &f64| weight.is_finite());
        if weight.is_none() {
            self.misfit(value, "weight", "it takes a number");
        }
        weight
    }

    fn addresses(&self) -> Vec<String> {
        ["permalink", "url", "path", "aliases", "redirect_from"]
            .iter()
            .filter_map(|key| self.get(key))
            .flat_map(Value::items)
            .filter_map(Value::text)
            .filter(|address| !address.is_empty())
            .map(str::to_owned)
            .collect()
    }

    fn sources(&mut self) -> Vec<(String, String)> {
        let Some(value) = self.get("sources") else { return Vec::new() };
        let Kind::Map(entries) = &value.kind else {
            self.misfit(value, "sources", "it takes a map from names to addresses");
            return Vec::new();
        };
        let address = |entry: &Entry| {
            let value = &entry.value;
            let text = value.text().or_else(|| value.get("url").and_then(Value::text))?;
            Some((entry.key.clone(), text.to_owned()))
        };
        entries.iter().filter_map(address).collect()
    }

    /// `event: {date, text}`, or `events`, a list of them.
    fn events(&mut self) -> Vec<Event> {
        let values = [self.get("event"), self.get("events")].into_iter().flatten();
        let mut events = Vec::new();
        for value in values.flat_map(Value::items) {
            // Other programs have a text here.
            if !matches!(value.kind, Kind::Map(_)) {
                continue;
            }
            match event(value) {
                Ok(event) => events.push(event),
                Err((span, message)) => {
                    let said = Diagnostic::new(Code::HeaderValue, message).at(span);
                    let hint = "write `{date: 1911-05, text: The channel was closed}`";
                    self.diagnostics.push(said.hint(hint));
                }
            }
        }
        events
    }

    fn date(&mut self, keys: &[&str], language: &Language) -> Option<(Written, Span)> {
        for key in keys {
            let Some(value) = self.get(key) else { continue };
            let inner = value.get("created").or_else(|| value.get("published"));
            let value = inner.unwrap_or(value);
            // `published` may also be a yes or a no.
            if value.flag().is_some() {
                continue;
            }
            let written = value.text().and_then(|text| date::parse(text, language));
            if let Some(written) = written {
                return Some((written, value.span));
            }
            let hint =
                "it takes a date, such as `2017-08-01`; without one, posts stand last";
            self.misfit(value, key, hint);
        }
        None
    }

    fn language(&mut self) -> Option<Language> {
        let value = self.get("lang").or_else(|| self.get("language"))?;
        let language = value.text().and_then(Language::parse);
        if language.is_none() {
            self.misfit(value, "language", "it takes a BCP 47 tag, such as `en` or `ko`");
        }
        language
    }

    fn held_back(&self) -> Option<&'static str> {
        let flag = |key| self.get(key).and_then(Value::flag);
        let status = self.text("status").unwrap_or_default().to_ascii_lowercase();
        if flag("draft") == Some(true) {
            Some("is a draft (`draft: true`)")
        } else if flag("published") == Some(false) {
            Some("is a draft (`published: false`)")
        } else if status == "draft" {
            Some("is a draft (`status: draft`)")
        } else if status == "hidden" {
            Some("is in no list (`status: hidden`)")
        } else if status == "private" {
            Some("is private (`status: private`)")
        } else if self.get("password").is_some() {
            Some("is behind a password")
        } else {
            None
        }
    }

    fn misfit(&mut self, value: &Value, key: &str, hint: &str) {
        let message = format!("`{key}` cannot be {}", value.what());
        let diagnostic = Diagnostic::new(Code::HeaderValue, message);
        self.diagnostics.push(diagnostic.at(value.span).hint(hint));
    }
}

/// A name in which links of Markdown are but their words.
fn without_links(name: &str) -> String {
    let mut plain = String::new();
    let mut rest = name;
    while let Some(open) = rest.find('[') {
        let link = rest[open..].split_once("](").and_then(|(words, after)| {
            let (address, after) = after.split_once(')')?;
            let is_link = !words[1..].contains(['[', ']']) && !address.contains(' ');
            is_link.then_some((&words[1..], after))
        });
        plain.push_str(&rest[..open]);
        let Some((words, after)) = link else {
            plain.push('[');
            rest = &rest[open + 1..];
            continue;
        };
        plain.push_str(words);
        rest = after;
    }
    plain.push_str(rest);
    plain
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;
    use crate::manuscript::fence;
    use crate::source::Sources;

    fn header(text: &str) -> Header {
        let text = format!("---\n{text}\n---\n");
        let file = Sources::default().add("x.md", text.as_str());
        let english = Language::parse("en").expect("a language");
        read(&fence::split(&text, file).header, &english, true)
    }

    #[test]
    fn every_kind_of_tag_list() {
        for text in [
            "tags: [North Korea, China]",
            "Tags: North Korea, China",
            "category: China\ntag: North Korea",
            "taxonomies: { tags: [North Korea, \"#China\"] }",
            "categories:\n- North Korea\n- China",
        ] {
            assert_eq!(header(text).known.tags, ["North Korea", "China"], "{text}");
        }
        assert_eq!(header("tags: foo bar").known.tags, ["foo", "bar"]);
    }

    #[test]
    fn published_is_a_date_or_a_flag() {
        let dated = header("published: 2017-01-01");
        assert_eq!(dated.written.map(|(w, _)| w.at.date()), Some(date(2017, 1, 1)));
        assert_eq!(dated.held_back, None);
        let draft = header("published: false");
        assert!(draft.written.is_none());
        assert!(draft.held_back.is_some() && draft.diagnostics.is_empty());
        let nested = header("date: { created: 2017-01-01 }");
        assert_eq!(nested.written.map(|(w, _)| w.at.date()), Some(date(2017, 1, 1)));
    }

    #[test]
    fn authors_are_named_without_their_addresses() {
        let plain = "Ann Author (@ann), printer";
        assert_eq!(
            without_links("[Ann Author](https://a.example/b) ([@ann](/x)), printer"),
            plain
        );
        assert_eq!(without_links(plain), plain);
        assert_eq!(
            without_links("[unclosed](, [a] (b) and ["),
            "[unclosed](, [a] (b) and ["
        );
    }

    #[test]
    fn authors_addresses_and_sources() {
        let header = header(
            "authors: [{ name: A }, B]\nurl: /a\naliases: [/b, /c]\nsources: { KT: https://k }",
        );
        assert_eq!(header.known.authors, ["A", "B"]);
        assert_eq!(header.known.addresses, ["/a", "/b", "/c"]);
        assert_eq!(header.known.sources, [("KT".to_owned(), "https://k".to_owned())]);
    }

    #[test]
    fn what_cannot_be_understood_is_told() {
        let codes =
            |text| header(text).diagnostics.iter().map(|d| d.code).collect::<Vec<_>>();
        assert_eq!(codes("date: soon"), [Code::HeaderValue]);
        assert_eq!(codes("weight: heavy\nlang: '!'\ntitle: [a]").len(), 3);
        assert_eq!(codes("title:\ndate:\ntags:"), []);
    }

    proptest! {
        #[test]
        fn reading_never_panics(
            text in r"((title|date|tags|draft|lang|weight|sources|authors|published): ?([\[\]{},:'0-9a-zé/ -]{0,12})\n){0,6}",
        ) {
            header(&text);
        }
    }
}
