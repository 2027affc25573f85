//! `gather.arrangement`: a file with all chapters in order, which `bindery arrange` writes and a
//! person edits.

use super::reader::Reader;
use super::selection::names;
use super::value::{Kind, Value};
use super::{BookConfig, ListedPart, Order, Parts, TagName, yaml};
use crate::diag::{Code, Diagnostic, Outcome, Severity, Warned};
use crate::source::{FileId, Sources, Span};
use crate::world::{ReadError, World, normalize};

/// The name of such a file where book.yaml does not give it one.
pub(crate) const FILE: &str = "arrangement.yaml";

/// The chapters in order, as such a file has them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Arrangement {
    /// `chapters`: those of a book without parts.
    pub chapters: Vec<TagName>,
    /// `parts`.
    pub parts: Vec<ListedPart>,
    /// `left-out`: posts that are in no chapter.
    pub left_out: Vec<TagName>,
}

impl Arrangement {
    /// All chapters in order.
    pub(crate) fn in_order(&self) -> impl Iterator<Item = &TagName> {
        self.chapters.iter().chain(self.parts.iter().flat_map(|part| &part.slugs))
    }
}

/// Has the chapters in the order of the file that `gather.arrangement` names, if it names one.
///
/// # Errors
/// Every diagnostic, if one of them is an error: the file is absent or not YAML, or what it says
/// is not what such a file says.
pub(crate) fn arrange(
    mut config: BookConfig,
    world: &dyn World,
    sources: &mut Sources,
) -> Outcome<BookConfig> {
    let Some(TagName { name, span }) = config.gather.arrangement.clone() else {
        return Ok(Warned { value: config, diagnostics: Vec::new() });
    };
    let Warned { value, diagnostics } = read(&name, span, world, sources)?;
    config.gather.order = Order::Explicit(value.in_order().cloned().collect());
    config.gather.parts = match value.parts {
        parts if parts.is_empty() => Parts::None,
        parts => Parts::Listed(parts),
    };
    config.gather.left_out = value.left_out;
    Ok(Warned { value: config, diagnostics })
}

/// Reads such a file, which is named at `named_at`.
///
/// # Errors
/// As of [`arrange`].
pub(crate) fn read(
    path: &str,
    named_at: Option<Span>,
    world: &dyn World,
    sources: &mut Sources,
) -> Outcome<Arrangement> {
    let unreadable = |message: String| Diagnostic::new(Code::ConfigUnreadable, message);
    let path = normalize(path);
    let bytes = world.read(&path).map_err(|error| {
        let message = match error {
            ReadError::NotFound => format!("there is no file `{path}`"),
            ReadError::Failed(reason) => format!("`{path}` cannot be read: {reason}"),
        };
        vec![unreadable(message).at(named_at).hint("`bindery arrange` writes it")]
    })?;
    let text = String::from_utf8(bytes.to_vec()).map_err(|_| {
        let said = unreadable(format!("{path} is not UTF-8 text"));
        vec![said.at(named_at).hint("save it as UTF-8")]
    })?;
    let file = sources.add(path.as_str(), text.as_str());
    parse(&text, file)
}

/// Reads the text of such a file.
///
/// # Errors
/// As of [`arrange`].
pub(crate) fn parse(text: &str, file: FileId) -> Outcome<Arrangement> {
    let value = yaml::parse(text, file, 0).map_err(|malformed| {
        let message = format!("the arrangement is not YAML: {}", malformed.message);
        vec![Diagnostic::new(Code::ConfigUnreadable, message).at(malformed.span)]
    })?;
    let mut reader = Reader::default();
    let value = value.cleaned(&mut reader.diagnostics);
    let value = arrangement(&mut reader, value);
    match reader.diagnostics.iter().any(|it| it.severity == Severity::Error) {
        true => Err(reader.diagnostics),
        false => Ok(Warned { value, diagnostics: reader.diagnostics }),
    }
}

fn arrangement(reader: &mut Reader, value: Value) -> Arrangement {
    const KEYS: [&str; 3] = ["chapters", "parts", "left-out"];
    let span = value.span;
    let mut fields = reader.fields(value, "", &KEYS);
    let mut named =
        |key| fields.take(key).map(|it| names(reader, &it)).unwrap_or_default();
    let (chapters, left_out) = (named("chapters"), named("left-out"));
    let mut parts = Vec::new();
    if let Some(field) = fields.take("parts") {
        match field.value.kind {
            Kind::List(values) => {
                parts.extend(values.into_iter().filter_map(|value| part(reader, value)));
            }
            _ => {
                let hint = "it takes a list of `{title: …, chapters: […]}`";
                reader.misfit::<()>(&field, hint);
            }
        }
    }
    if !chapters.is_empty() && !parts.is_empty() {
        let message = "there are `chapters` beside `parts`";
        let hint = "put each chapter into a part, or have no parts";
        let span = chapters.first().and_then(|it| it.span).unwrap_or(span);
        reader.error(Code::InvalidValue, span, message, hint);
    }
    Arrangement { chapters, parts, left_out }
}

fn part(reader: &mut Reader, value: Value) -> Option<ListedPart> {
    const KEYS: [&str; 4] = ["title", "subtitle", "intro", "chapters"];
    let span = value.span;
    let mut fields = reader.fields(value, "parts.", &KEYS);
    let title = fields.take("title").and_then(|field| reader.text(field));
    let subtitle = fields.take("subtitle").and_then(|field| reader.text(field));
    let intro = fields.take("intro").and_then(|field| reader.name(field));
    let slugs = fields.take("chapters").map(|field| names(reader, &field));
    let Some(title) = title else {
        let hint = "write `- title: The launch`, and `chapters:` below it";
        reader.error(Code::MissingKey, span, "a part has no title", hint);
        return None;
    };
    Some(ListedPart {
        subtitle,
        intro,
        slugs: slugs.unwrap_or_default(),
        ..ListedPart::new(title, span)
    })
}
