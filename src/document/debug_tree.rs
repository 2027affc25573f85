//! A tree as a few lines of text, for tests.

use std::fmt::Write;

use super::{
    Attributes, Block, BlockKind, Cell, Citation, CitationItem, Document, Inline,
    InlineKind, Row, Target,
};

/// A document, a line for each block, indented by its depth.
pub(crate) fn document(document: &Document) -> String {
    let mut debug_tree = blocks(&document.blocks);
    for footnote in &document.footnotes {
        let _ = writeln!(debug_tree, "[^{}]", footnote.label);
        write_blocks(&footnote.blocks, 1, &mut debug_tree);
    }
    debug_tree
}

/// Blocks, a line for each.
pub(crate) fn blocks(blocks: &[Block]) -> String {
    let mut debug_tree = String::new();
    write_blocks(blocks, 0, &mut debug_tree);
    debug_tree
}

/// A run of inlines in one line.
pub(crate) fn inlines(inlines: &[Inline]) -> String {
    inlines.iter().map(inline).collect()
}

fn write_blocks(blocks: &[Block], depth: usize, debug_tree: &mut String) {
    for block in blocks {
        let marks = attributes(&block.attributes);
        let mut line = |text: String| {
            let _ = writeln!(debug_tree, "{:indent$}{text}", "", indent = depth * 2);
        };
        match &block.kind {
            BlockKind::Paragraph(content) => {
                line(format!("p{marks}: {}", inlines(content)))
            }
            BlockKind::Heading { level, content } => {
                line(format!("h{level}{marks}: {}", inlines(content)));
            }
            BlockKind::Quotation { blocks, source, cite } => {
                let source = source.map_or(String::new(), |id| format!(" n{}", id.index));
                let cite = cite.as_ref().map_or(String::new(), |it| format!(" <{it}>"));
                line(format!("quote{marks}{source}{cite}"));
                write_blocks(blocks, depth + 1, debug_tree);
            }
            BlockKind::List(list) => {
                let start = list.start.map_or(String::new(), |n| format!(" {n}"));
                let tight = if list.tight { "" } else { " loose" };
                line(format!("list{marks}{start}{tight}"));
                for item in &list.items {
                    let task = match item.task {
                        Some(true) => " [x]",
                        Some(false) => " [ ]",
                        None => "",
                    };
                    let _ =
                        writeln!(debug_tree, "{:i$}item{task}", "", i = depth * 2 + 2);
                    write_blocks(&item.blocks, depth + 2, debug_tree);
                }
            }
            BlockKind::Definitions(definitions) => {
                line(format!("definitions{marks}"));
                for definition in definitions {
                    for term in &definition.terms {
                        let term = inlines(term);
                        let _ = writeln!(
                            debug_tree,
                            "{:i$}term: {term}",
                            "",
                            i = depth * 2 + 2
                        );
                    }
                    for meaning in &definition.descriptions {
                        let _ =
                            writeln!(debug_tree, "{:i$}meaning", "", i = depth * 2 + 2);
                        write_blocks(meaning, depth + 2, debug_tree);
                    }
                }
            }
            BlockKind::Code { language, text, .. } => {
                line(format!(
                    "code{marks} {}: {text:?}",
                    language.as_deref().unwrap_or("-")
                ));
            }
            BlockKind::Table(table) => {
                line(format!(
                    "table{marks} {:?} {}",
                    table.columns,
                    inlines(&table.caption)
                ));
                for (name, rows) in [("head", &table.head), ("row", &table.body)] {
                    for row in rows {
                        write_row(name, row, depth + 1, debug_tree);
                    }
                }
            }
            BlockKind::Figure(figure) => {
                let (caption, credit) =
                    (inlines(&figure.caption), inlines(&figure.credit));
                line(format!("figure{marks} caption: {caption} | credit: {credit}"));
                write_blocks(&figure.blocks, depth + 1, debug_tree);
            }
            BlockKind::Math(math) => line(format!("math {:?}", math.source)),
            BlockKind::ThematicBreak => line(format!("rule{marks}")),
            BlockKind::Division { role, blocks } => {
                line(format!("{role:?}{marks}"));
                write_blocks(blocks, depth + 1, debug_tree);
            }
        }
    }
}

fn write_row(name: &str, row: &Row, depth: usize, debug_tree: &mut String) {
    let _ = writeln!(debug_tree, "{:indent$}{name}", "", indent = depth * 2);
    for Cell { head, columns, rows, attributes: _, blocks } in &row.cells {
        let head = if *head { "th" } else { "td" };
        let size = if (*columns, *rows) == (1, 1) {
            String::new()
        } else {
            format!(" {columns}x{rows}")
        };
        let _ =
            writeln!(debug_tree, "{:indent$}{head}{size}", "", indent = depth * 2 + 2);
        write_blocks(blocks, depth + 2, debug_tree);
    }
}

fn inline(inline: &Inline) -> String {
    match &inline.kind {
        InlineKind::Text(text) => text.clone(),
        InlineKind::Code(code) => format!("`{code}`"),
        InlineKind::Phrase(phrase) => {
            let title = &phrase.title;
            let title =
                if title.is_empty() { String::new() } else { format!(" \"{title}\"") };
            let marks = attributes(&phrase.attributes);
            format!("{{{:?}{marks}{title}: {}}}", phrase.role, inlines(&phrase.content))
        }
        InlineKind::Link { target, title, content } => {
            let title =
                if title.is_empty() { String::new() } else { format!(" \"{title}\"") };
            format!("[{}]({}{title})", inlines(content), self::target(target))
        }
        InlineKind::Picture(picture) => {
            let found = if picture.id.is_some() { "" } else { "?" };
            format!("![{}]({}{found} {:?})", picture.alt, picture.address, picture.title)
        }
        InlineKind::NoteReference(reference) => match reference.number {
            0 => format!("^n{}", reference.note.index),
            number => format!("^{number}.{}", reference.occurrence),
        },
        InlineKind::FootnoteReference(label) => format!("^[{label}]"),
        InlineKind::Citation(citation) => self::citation(citation),
        InlineKind::Math(math) => format!("${}$", math.source),
        InlineKind::LineBreak => "⏎".to_owned(),
        InlineKind::Ruby { base, reading } => {
            format!("{{{}|{}}}", inlines(base), inlines(reading))
        }
    }
}

fn citation(citation: &Citation) -> String {
    let item = |item: &CitationItem| {
        let CitationItem { reference, prefix, locator, suffix, author } = item;
        let locator = locator.as_ref();
        let locator =
            locator.map_or(String::new(), |it| format!(" {:?} {}", it.kind, it.value));
        let (prefix, suffix) = (inlines(prefix), inlines(suffix));
        format!("{prefix}@{} {author:?}{locator}{suffix}", reference.0)
    };
    format!("[{}]", citation.items.iter().map(item).collect::<Vec<_>>().join("; "))
}

fn target(target: &Target) -> String {
    match target {
        Target::Unresolved(address) => format!("? {address}"),
        Target::Address(address) => address.clone(),
        Target::Chapter { chapter, id } => {
            format!("chapter {}#{}", chapter.0, id.as_deref().unwrap_or_default())
        }
        Target::Note(note) => format!("n{}", note.index),
        Target::Reference(note, occurrence) => {
            format!("ref n{}.{occurrence}", note.index)
        }
    }
}

fn attributes(attributes: &Attributes) -> String {
    let Attributes { id, classes, lang, dir, style, index } = attributes;
    let mut marks = String::new();
    if let Some(id) = id {
        let _ = write!(marks, "#{id}");
    }
    for class in classes {
        let _ = write!(marks, ".{class}");
    }
    if let Some(lang) = lang {
        let _ = write!(marks, "@{lang}");
    }
    if let Some(dir) = dir {
        let _ = write!(marks, "@{}", dir.name());
    }
    if let Some(style) = style {
        let _ = write!(marks, "{{{style}}}");
    }
    if let Some(index) = index {
        let _ = write!(marks, "!{}", index.term.as_deref().unwrap_or_default());
    }
    marks
}
