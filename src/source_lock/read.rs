//! Reading the source lock: what is wrong in it is told, and the rest is taken.

use super::{Entry, FILE, SourceLock};
use crate::address;
use crate::config::value::{self, Kind, Value};
use crate::config::yaml;
use crate::diag::{Code, Diagnostic, Warned, nearest};
use crate::source::{Sources, Span};
use crate::world::{ReadError, World};

const KEYS: [&str; 10] = [
    "address", "title", "author", "outlet", "date", "accessed", "archive", "text",
    "fetched", "cited-by",
];

/// Reads the source lock beside `book.yaml`; without the file it is empty.
pub(crate) fn read(world: &dyn World, sources: &mut Sources) -> Warned<SourceLock> {
    let mut reader =
        Reader { source_lock: SourceLock::default(), diagnostics: Vec::new() };
    match world.read(FILE) {
        Ok(bytes) => reader.file(&bytes, sources),
        Err(ReadError::NotFound) => {}
        Err(error) => {
            let message = format!("{FILE} cannot be read: {error}");
            reader.diagnostics.push(Diagnostic::new(Code::SourceLockUnreadable, message));
        }
    }
    Warned { value: reader.source_lock, diagnostics: reader.diagnostics }
}

struct Reader {
    source_lock: SourceLock,
    diagnostics: Vec<Diagnostic>,
}

impl Reader {
    fn file(&mut self, bytes: &[u8], sources: &mut Sources) {
        let Ok(text) = std::str::from_utf8(bytes) else {
            let message = format!("{FILE} is not UTF-8 text");
            let diagnostic = Diagnostic::new(Code::SourceLockUnreadable, message);
            return self.diagnostics.push(diagnostic.hint("save it as UTF-8"));
        };
        let file = sources.add(FILE, text);
        let value = match yaml::parse(text, file, 0) {
            Ok(value) => value.cleaned(&mut self.diagnostics),
            Err(malformed) => {
                let message = format!("{FILE} is not YAML: {}", malformed.message);
                let hint = "nothing in it was used";
                return self.tell(
                    Code::SourceLockUnreadable,
                    malformed.span,
                    message,
                    hint,
                );
            }
        };
        let entries = match &value.kind {
            Kind::Null => return,
            _ => value.get("sources"),
        };
        let Some(entries) = entries else {
            let message = format!("{FILE} has no list `sources`");
            let hint = "`bindery sources` writes one; move this file away first";
            return self.tell(Code::SourceLockUnreadable, value.span, message, hint);
        };
        for entry in entries.items() {
            self.entry(entry);
        }
    }

    fn entry(&mut self, value: &Value) {
        let Kind::Map(fields) = &value.kind else {
            let message =
                format!("an entry of the source lock is {}, not a map", value.what());
            let hint = "an entry begins with `- address: …`";
            return self.tell(Code::SourceLockValue, value.span, message, hint);
        };
        let mut entry = Entry::default();
        for field in fields {
            self.field(field, &mut entry);
        }
        if !address::is_web(&entry.address) {
            let message =
                "an entry of the source lock has no address on the web".to_owned();
            return self.tell(
                Code::SourceLockValue,
                value.span,
                message,
                "it was passed over",
            );
        }
        if !self.source_lock.insert(&entry) {
            let message = format!("the source lock has {} twice", entry.address);
            self.tell(
                Code::SourceLockValue,
                value.span,
                message,
                "the first entry was taken",
            );
        }
    }

    fn field(&mut self, field: &value::Entry, entry: &mut Entry) {
        let text = || field.value.text().unwrap_or_default().to_owned();
        let texts = || {
            let items = field.value.items().iter();
            items.filter_map(|item| item.text()).map(str::to_owned).collect()
        };
        match field.key.as_str() {
            "address" => entry.address = text(),
            "title" => entry.title = text(),
            "author" => entry.authors = texts(),
            "outlet" => entry.outlet = text(),
            "date" => entry.date = text(),
            "accessed" => entry.accessed = text(),
            "archive" => entry.archive = text(),
            "text" => entry.text = text(),
            "fetched" => entry.fetched = text(),
            "cited-by" => entry.cited_by = texts(),
            key => {
                let message = format!("the source lock knows no key `{key}`");
                let hint = match nearest(key, KEYS) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => format!("it knows {}", KEYS.join(", ")),
                };
                self.tell(Code::SourceLockValue, field.span, message, &hint);
            }
        }
    }

    fn tell(&mut self, code: Code, span: Span, message: String, hint: &str) {
        self.diagnostics.push(Diagnostic::new(code, message).at(span).hint(hint));
    }
}
