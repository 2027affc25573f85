//! Environments of formulas: which of math-core's each is, and which of its rows have numbers.

use super::macros::Expander;

/// An environment that is open.
#[derive(Debug, Clone, Default)]
pub(super) struct Environment {
    /// What math-core calls it; empty if it prints nothing of its own.
    known: &'static str,
    /// Whether its rows have numbers without being told so.
    pub(super) numbered: bool,
    /// Whether its rows may have tags.
    pub(super) takes_tags: bool,
    /// Whether all of it has one number.
    one_number: bool,
    pub(super) is_eqnarray: bool,
    /// How many `&` this row had.
    pub(super) ampersands: usize,
    /// The tag of this row.
    pub(super) tag: Option<String>,
    /// Whether this row is to have no number.
    pub(super) untagged: bool,
    /// The labels of this row.
    pub(super) labels: Vec<String>,
}

impl Environment {
    /// What is in no environment.
    pub(super) fn formula() -> Self {
        Self::default()
    }

    /// For the next row.
    fn next_row(&mut self) {
        (self.ampersands, self.tag, self.untagged) = (0, None, false);
        self.labels.clear();
    }
}

/// Environments that math-core has under another name, those of LaTeX and amsmath first.
const NAMES: [(&str, &str); 30] = [
    ("split", "aligned"),
    ("alignedat", "aligned"),
    ("multline", "multline"),
    ("multline*", "multline"),
    ("smallmatrix", "matrix"),
    ("matrix*", "matrix"),
    ("pmatrix*", "pmatrix"),
    ("bmatrix*", "bmatrix"),
    ("Bmatrix*", "Bmatrix"),
    ("vmatrix*", "vmatrix"),
    ("Vmatrix*", "Vmatrix"),
    ("psmallmatrix", "pmatrix"),
    ("bsmallmatrix", "bmatrix"),
    ("vsmallmatrix", "vmatrix"),
    ("tabular", "array"),
    ("numcases", "cases"),
    ("cases*", "cases"),
    ("dcases*", "dcases"),
    ("rcases*", "rcases"),
    ("eqnarray", "align*"),
    ("eqnarray*", "align*"),
    ("alignat", "align*"),
    ("alignat*", "align*"),
    ("xalignat", "align*"),
    ("flalign", "align*"),
    ("flalign*", "align*"),
    ("equation", "equation*"),
    ("align", "align*"),
    ("gather", "gather*"),
    ("math", ""),
];

/// Environments that only say what is between them.
const SILENT: [&str; 6] =
    ["math", "displaymath", "subequations", "document", "center", "empheq"];

/// Environments after whose name stands a number, or a place, that math-core does not take.
const WITH_NUMBER: [&str; 4] = ["alignat", "alignat*", "alignedat", "xalignat"];

/// The environments whose rows may have tags.
const TAGGED: [&str; 13] = [
    "equation",
    "equation*",
    "align",
    "align*",
    "gather",
    "gather*",
    "multline",
    "multline*",
    "eqnarray",
    "eqnarray*",
    "alignat",
    "flalign",
    "flalign*",
];

/// `\begin{name}`, of which the name was read.
pub(super) fn begin(expander: &mut Expander<'_>, name: &str) {
    if SILENT.contains(&name) {
        return expander.open.push(Environment::default());
    }
    let known = NAMES.iter().find(|(from, _)| *from == name).map(|(_, known)| *known);
    if WITH_NUMBER.contains(&name) {
        expander.argument();
    }
    let takes_place = name.ends_with("ed")
        || name.ends_with("edat")
        || name.ends_with("matrix*")
        || matches!(name, "array" | "tabular" | "split");
    if takes_place {
        expander.optional();
    }
    let mut environment = Environment {
        known: known.unwrap_or_default(),
        numbered: TAGGED.contains(&name) && !name.ends_with('*'),
        takes_tags: TAGGED.contains(&name) || name == "alignat*",
        one_number: name.starts_with("multline") || name.starts_with("equation"),
        is_eqnarray: name.starts_with("eqnarray"),
        ..Environment::default()
    };
    let mut written = format!(r"\begin{{{}}}", known.unwrap_or(name));
    if matches!(name, "array" | "tabular" | "subarray" | "darray") {
        let columns = columns(&expander.argument());
        written.push_str(&format!("{{{columns}}}"));
    }
    expander.write_all(&written);
    environment.ampersands = 0;
    expander.open.push(environment);
}

/// `\end{name}`, of which the name was read.
pub(super) fn end(expander: &mut Expander<'_>, name: &str) {
    let environment = expander.open.pop();
    if SILENT.contains(&name) {
        return;
    }
    if let Some(environment) = environment.filter(|it| it.takes_tags) {
        close(expander, &environment);
    }
    let known =
        NAMES.iter().find(|(from, _)| *from == name).map_or(name, |(_, known)| known);
    expander.write_all(&format!(r"\end{{{known}}}"));
}

/// `\\`.
pub(super) fn row(expander: &mut Expander<'_>) {
    let Some(mut environment) = expander.open.pop() else { return };
    environment.ampersands = 0;
    if environment.takes_tags && !environment.one_number {
        close(expander, &environment);
        environment.next_row();
    }
    expander.open.push(environment);
}

/// Ends a row that may have a number.
fn close(expander: &mut Expander<'_>, row: &Environment) {
    match expander.close_row(row) {
        Some(tag) => expander.write_all(&format!(r"\tag{{{tag}}}")),
        // The one environment that numbers itself and has no form without.
        None if row.known == "multline" => expander.write_all(r"\notag "),
        None => {}
    }
}

/// The columns of a table as math-core takes them: left, centred or right, and lines.
fn columns(written: &str) -> String {
    let mut columns = String::new();
    let mut characters = written.chars();
    while let Some(character) = characters.next() {
        match character {
            'l' | 'c' | 'r' | '|' | ':' => columns.push(character),
            // What stands between columns, and what is done to each cell.
            '@' | '!' | '>' | '<' => skip_group(&mut characters),
            // Columns of a width hold text.
            'p' | 'm' | 'b' => {
                columns.push('l');
                skip_group(&mut characters);
            }
            '*' => {
                let rest = characters.as_str();
                if let Some((times, column, after)) = repeated(rest) {
                    columns.push_str(&column.repeat(times));
                    characters = after.chars();
                }
            }
            _ => {}
        }
    }
    match columns.chars().any(|c| matches!(c, 'l' | 'c' | 'r')) {
        true => columns,
        false => "c".to_owned(),
    }
}

/// `{3}{c}` and what follows it.
fn repeated(rest: &str) -> Option<(usize, &str, &str)> {
    let (times, rest) = rest.trim_start().strip_prefix('{')?.split_once('}')?;
    let (column, rest) = rest.trim_start().strip_prefix('{')?.split_once('}')?;
    let times: usize = times.trim().parse().ok()?;
    let is_plain = column.chars().all(|c| matches!(c, 'l' | 'c' | 'r' | '|'));
    (times <= 100 && is_plain).then_some((times, column, rest))
}

fn skip_group(characters: &mut std::str::Chars<'_>) {
    let mut depth = 0_usize;
    for character in characters.by_ref() {
        match character {
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            ' ' => continue,
            _ => {}
        }
        if depth == 0 {
            break;
        }
    }
}
