//! `front` and `back`: what stands before and behind the chapters, in files of its own.

use super::reader::{Field, Reader};
use super::value::{Kind, Value};
use crate::diag::{Code, nearest};
use crate::source::Span;

/// An entry of `front` or `back`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct SectionEntry {
    /// What it is of a book.
    pub kind: SectionKind,
    /// Its file; none for what is made without one, such as the contents.
    pub file: Option<String>,
    /// Where it was written.
    pub span: Span,
}

/// A section that somebody wrote, and where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Section {
    /// In which part of the book.
    pub matter: Matter,
    /// What it is of the book.
    pub kind: SectionKind,
}

impl Section {
    /// A section of `front` or `back`. What is a part of the text itself has the pages of the text.
    pub(crate) fn of(kind: SectionKind, listed_in: Matter) -> Self {
        use SectionKind::{Conclusion, Epilogue, PartIntroduction, Prologue};
        let is_text = matches!(kind, Prologue | Epilogue | Conclusion | PartIntroduction);
        Self { matter: if is_text { Matter::Body } else { listed_in }, kind }
    }
}

/// The three parts of which a book is bound.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Matter {
    /// All before the text.
    Front,
    /// The text.
    Body,
    /// All after the text.
    Back,
}

impl Matter {
    /// Its name in the EPUB structural semantics vocabulary.
    pub(crate) fn epub_type(self) -> &'static str {
        match self {
            Self::Front => "frontmatter",
            Self::Body => "bodymatter",
            Self::Back => "backmatter",
        }
    }
}

/// What a section before or behind the chapters is of a book: the divisions that the *Chicago Manual
/// of Style* (1.4) names, in its order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum SectionKind {
    /// The title alone.
    HalfTitle,
    /// Other books by the author, or in the series.
    OtherBooks,
    /// The title page.
    TitlePage,
    /// The copyright page.
    Copyright,
    /// To whom the book is given.
    Dedication,
    /// A quotation before the whole.
    Epigraph,
    /// The contents.
    Contents,
    /// The list of figures.
    Figures,
    /// The list of tables.
    Tables,
    /// Somebody else's words on the book.
    Foreword,
    /// The author's words on the book.
    Preface,
    /// Thanks.
    Acknowledgments,
    /// What leads into the text.
    Introduction,
    /// What the text begins with.
    Prologue,
    /// What the text ends with.
    Epilogue,
    /// What was found.
    Conclusion,
    /// Words after the text.
    Afterword,
    /// What completes the text.
    Appendix,
    /// What happened when.
    Chronology,
    /// What readers wrote.
    Comments,
    /// The notes.
    Notes,
    /// What words mean.
    Glossary,
    /// The bibliography.
    Bibliography,
    /// The sources of quotations.
    SourcesQuoted,
    /// The picture credits.
    Credits,
    /// The lines that rights holders ask for.
    Permissions,
    /// The index.
    Index,
    /// Who wrote it.
    AboutTheAuthor,
    /// With what the book was made.
    Colophon,
    /// What stands below the title of a part.
    PartIntroduction,
    /// Any other.
    Other,
}

/// Each kind by its name in `book.yaml`.
const KINDS: [(&str, SectionKind); 30] = [
    ("half-title", SectionKind::HalfTitle),
    ("other-books", SectionKind::OtherBooks),
    ("title-page", SectionKind::TitlePage),
    ("copyright", SectionKind::Copyright),
    ("dedication", SectionKind::Dedication),
    ("epigraph", SectionKind::Epigraph),
    ("contents", SectionKind::Contents),
    ("figures", SectionKind::Figures),
    ("tables", SectionKind::Tables),
    ("foreword", SectionKind::Foreword),
    ("preface", SectionKind::Preface),
    ("acknowledgments", SectionKind::Acknowledgments),
    ("introduction", SectionKind::Introduction),
    ("prologue", SectionKind::Prologue),
    ("epilogue", SectionKind::Epilogue),
    ("conclusion", SectionKind::Conclusion),
    ("afterword", SectionKind::Afterword),
    ("appendix", SectionKind::Appendix),
    ("chronology", SectionKind::Chronology),
    ("comments", SectionKind::Comments),
    ("notes", SectionKind::Notes),
    ("glossary", SectionKind::Glossary),
    ("bibliography", SectionKind::Bibliography),
    ("sources-quoted", SectionKind::SourcesQuoted),
    ("credits", SectionKind::Credits),
    ("permissions", SectionKind::Permissions),
    ("index", SectionKind::Index),
    ("about-the-author", SectionKind::AboutTheAuthor),
    ("colophon", SectionKind::Colophon),
    ("other", SectionKind::Other),
];

/// Other names that files have.
const FILE_NAMES: [(&str, SectionKind); 14] = [
    ("about-the-authors", SectionKind::AboutTheAuthor),
    ("about-the-editors", SectionKind::AboutTheAuthor),
    ("about-author", SectionKind::AboutTheAuthor),
    ("about", SectionKind::AboutTheAuthor),
    ("acknowledgements", SectionKind::Acknowledgments),
    ("thanks", SectionKind::Acknowledgments),
    ("also-by", SectionKind::OtherBooks),
    ("copyright-page", SectionKind::Copyright),
    ("imprint", SectionKind::Copyright),
    ("intro", SectionKind::Introduction),
    ("motto", SectionKind::Epigraph),
    ("timeline", SectionKind::Chronology),
    ("title", SectionKind::TitlePage),
    ("halftitle", SectionKind::HalfTitle),
];

impl SectionKind {
    /// Its name in `book.yaml`, and its class in stylesheets.
    pub(crate) fn name(self) -> &'static str {
        KINDS.iter().find(|(_, kind)| *kind == self).map_or("other", |(name, _)| name)
    }

    /// What a file's name says: `02-foreword.md` is a foreword.
    fn of_file(path: &str) -> Self {
        let name = path.rsplit('/').next().unwrap_or(path);
        let stem = name.split_once('.').map_or(name, |(stem, _)| stem).to_lowercase();
        let stem = stem.replace(['_', ' '], "-");
        let stem = stem.trim_start_matches(|c: char| c.is_ascii_digit() || c == '-');
        // `appendix-a`, `appendix-2`.
        let of_several = |name: &str| {
            stem.strip_prefix(name).is_some_and(|rest| rest.starts_with('-'))
        };
        let mut kinds = KINDS.iter().chain(&FILE_NAMES);
        let named = kinds.find(|(name, _)| *name == stem || of_several(name));
        named.map_or(Self::Other, |(_, kind)| *kind)
    }

    /// Whether it begins with its title.
    pub(crate) fn has_title(self) -> bool {
        use SectionKind::PartIntroduction;
        use SectionKind::{Copyright, Dedication, Epigraph, HalfTitle, TitlePage};
        !matches!(
            self,
            HalfTitle | TitlePage | Copyright | Dedication | Epigraph | PartIntroduction
        )
    }

    /// Whether the tool can make it.
    pub(crate) fn is_made(self) -> bool {
        FRONT.contains(&self) || BACK.contains(&self)
    }

    /// Whether a file can say it.
    fn can_be_written(self) -> bool {
        use SectionKind::{
            Chronology, Colophon, Copyright, HalfTitle, Permissions, TitlePage,
        };
        !self.is_made()
            || matches!(
                self,
                HalfTitle | TitlePage | Copyright | Chronology | Permissions | Colophon
            )
    }
}

/// What is made before the chapters without being asked for, in its order.
const FRONT: [SectionKind; 6] = [
    SectionKind::HalfTitle,
    SectionKind::TitlePage,
    SectionKind::Copyright,
    SectionKind::Contents,
    SectionKind::Figures,
    SectionKind::Tables,
];

/// What is made behind them.
const BACK: [SectionKind; 9] = [
    SectionKind::Chronology,
    SectionKind::Comments,
    SectionKind::Notes,
    SectionKind::Bibliography,
    SectionKind::SourcesQuoted,
    SectionKind::Credits,
    SectionKind::Permissions,
    SectionKind::Index,
    SectionKind::Colophon,
];

/// All that stands before the chapters, in order; `listed` is what `front` says.
pub(super) fn front(listed: Vec<SectionEntry>) -> Vec<SectionEntry> {
    complete(listed, &FRONT)
}

/// All that stands behind the chapters, in order; `listed` is what `back` says.
pub(super) fn back(listed: Vec<SectionEntry>) -> Vec<SectionEntry> {
    complete(listed, &BACK)
}

/// Puts in what is made where it belongs. What is listed stands in the order of its kinds, unless
/// what is made is listed too: then that is the order.
fn complete(mut listed: Vec<SectionEntry>, made: &[SectionKind]) -> Vec<SectionEntry> {
    if listed.iter().all(|entry| entry.file.is_some()) {
        listed.sort_by_key(|entry| entry.kind);
    }
    for &kind in made {
        if listed.iter().any(|entry| entry.kind == kind) {
            continue;
        }
        let later = listed.iter().position(|entry| entry.kind > kind);
        let entry = SectionEntry { kind, file: None, span: Span::DETACHED };
        listed.insert(later.unwrap_or(listed.len()), entry);
    }
    listed
}

/// Reads `front` or `back`.
pub(super) fn read(reader: &mut Reader, field: Field) -> Vec<SectionEntry> {
    let Field { key, value } = field;
    let values = match value.kind {
        Kind::List(values) => values,
        _ => vec![value],
    };
    let entries = values.into_iter().filter_map(|value| entry(reader, &key, value));
    entries.collect()
}

fn entry(reader: &mut Reader, key: &str, value: Value) -> Option<SectionEntry> {
    let span = value.span;
    if let Kind::Map(_) = value.kind {
        let prefix = if key == "front" { "front." } else { "back." };
        let mut fields = reader.fields(value, prefix, &["file", "kind"]);
        let kind = fields.take("kind").and_then(|field| reader.choice(&field, &KINDS));
        let file = fields.take("file").and_then(|field| reader.text(field));
        let kind = kind.or_else(|| file.as_deref().map(SectionKind::of_file));
        let (Some(kind), Some(file)) = (kind, file) else {
            let message = format!("an entry of `{key}` has no `file`");
            let hint = "write `{file: intro.md, kind: introduction}`";
            reader.error(Code::MissingKey, span, message, hint);
            return None;
        };
        return written(reader, kind, file, span);
    }
    let Some(text) = value.text().filter(|text| !text.is_empty()) else {
        let field = Field { key: key.to_owned(), value };
        let hint = "it takes files, such as `[dedication.md, foreword.md]`";
        return reader.misfit(&field, hint);
    };
    let made = KINDS.iter().find(|(name, kind)| *name == text && kind.is_made());
    if let Some((_, kind)) = made {
        return Some(SectionEntry { kind: *kind, file: None, span });
    }
    if !text.contains('.') {
        let message = format!("`{text}` in `{key}` is no file");
        let names = KINDS.iter().filter(|(_, kind)| kind.is_made());
        let names: Vec<&str> = names.map(|(name, _)| *name).collect();
        let hint = match nearest(text, names.iter().copied()) {
            Some(near) => format!("do you mean `{near}`, or the file `{text}.md`?"),
            None => format!("files of Markdown end in `.md`: `{text}.md`"),
        };
        reader.error(Code::InvalidValue, span, message, hint);
        return None;
    }
    written(reader, SectionKind::of_file(text), text.to_owned(), span)
}

fn written(
    reader: &mut Reader,
    kind: SectionKind,
    file: String,
    span: Span,
) -> Option<SectionEntry> {
    if kind.can_be_written() {
        return Some(SectionEntry { kind, file: Some(file), span });
    }
    let message = format!("the {} of a book cannot be a file", kind.name());
    let hint = format!("write `{}` to say where they stand", kind.name());
    reader.error(Code::InvalidValue, span, message, hint);
    None
}

#[cfg(test)]
mod tests {
    use super::SectionKind;

    #[test]
    fn what_a_file_s_name_says() {
        for (path, kind) in [
            ("front/foreword.md", SectionKind::Foreword),
            ("02_Acknowledgements.md", SectionKind::Acknowledgments),
            ("appendix-b.md", SectionKind::Appendix),
            ("intro.en.md", SectionKind::Introduction),
            ("a-walk.md", SectionKind::Other),
        ] {
            assert_eq!(SectionKind::of_file(path), kind, "{path}");
        }
    }
}
