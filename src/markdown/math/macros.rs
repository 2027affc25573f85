//! LaTeX's macros: those that a post defines, and those that MathJax has and math-core has not.
//!
//! A formula is read token by token, as TeX does (The TeXbook, chapter 20): what a macro stands
//! for is put before the rest of the input, until only what math-core knows is left.

use std::collections::BTreeMap;

use super::environments::{self, Environment};
use super::known;

/// No formula becomes longer than this, in bytes: two macros that double each other need few
/// steps.
pub(super) const MAX_FORMULA_BYTES: usize = 200_000;

/// Nor is more than this put in the place of its macros: one that calls itself never ends.
const MAX_REPLACED_BYTES: usize = 2_000_000;

/// How deep formulas stand in the text of formulas.
const MAX_TEXT_DEPTH: usize = 10;

/// The macros, numbers and labels of a post.
#[derive(Debug, Default)]
pub(super) struct Macros {
    defined: BTreeMap<String, Macro>,
    /// How many displays were numbered.
    pub(super) number: u32,
    /// What each label is called.
    pub(super) labels: BTreeMap<String, String>,
    /// Labels that were asked for and not there yet.
    pub(super) unresolved: Vec<String>,
}

/// What a command stands for.
#[derive(Debug, Clone)]
struct Macro {
    arguments: usize,
    /// What the first argument is where none is given in brackets.
    default: Option<String>,
    body: String,
}

/// A formula without macros.
#[derive(Debug, Default)]
pub(super) struct Expanded {
    /// For math-core.
    pub(super) latex: String,
    /// What stands for `tag0`, `tag1` and so on in it.
    pub(super) tags: Vec<String>,
}

/// Why macros could not be expanded.
#[derive(Debug, PartialEq)]
pub(super) enum Endless {
    /// There are too many of them, or they make too much of it.
    Macros,
}

impl Macros {
    /// None yet, in a post whose labels are known.
    pub(super) fn with_labels(labels: BTreeMap<String, String>) -> Self {
        Self { labels, ..Self::default() }
    }

    /// Takes the definitions of a formula in, and puts what they stand for in its place.
    pub(super) fn expand(
        &mut self,
        source: &str,
        display: bool,
    ) -> Result<Expanded, Endless> {
        let mut expander = Expander {
            macros: self,
            rest: source.chars().rev().collect(),
            out: String::new(),
            after_command: false,
            work: 0,
            in_text: 0,
            open: Vec::new(),
            tags: Vec::new(),
            outer: Environment::formula(),
        };
        expander.run()?;
        Ok(expander.finish(display))
    }
}

/// A piece of input.
#[derive(Debug, Clone, PartialEq)]
enum Token {
    /// A command, without its backslash.
    Command(String),
    Character(char),
}

pub(super) struct Expander<'m> {
    pub(super) macros: &'m mut Macros,
    /// What is still to be read, its end first.
    rest: Vec<char>,
    pub(super) out: String,
    /// Whether `out` ends with a command of letters, to which no letter may be joined.
    after_command: bool,
    /// How much was put in the place of macros, in bytes.
    work: usize,
    in_text: usize,
    /// The environments that are open.
    pub(super) open: Vec<Environment>,
    pub(super) tags: Vec<String>,
    /// What is not in any environment.
    pub(super) outer: Environment,
}

impl Expander<'_> {
    fn run(&mut self) -> Result<(), Endless> {
        while let Some(token) = self.token() {
            match token {
                Token::Command(name) => self.command(name)?,
                // A comment goes to the end of its line.
                Token::Character('%') => {
                    while self.rest.pop().is_some_and(|c| c != '\n') {}
                }
                Token::Character('&') if self.skips_ampersand() => {}
                Token::Character(character) => self.write(character),
            }
            if self.out.len() > MAX_FORMULA_BYTES {
                return Err(Endless::Macros);
            }
        }
        Ok(())
    }

    fn finish(mut self, display: bool) -> Expanded {
        let outer = std::mem::replace(&mut self.outer, Environment::formula());
        let latex = match self.close_row(&outer) {
            None => self.out,
            Some(tag) if display => {
                let out = self.out.trim();
                format!(r"\begin{{equation*}}{out}\tag{{{tag}}}\end{{equation*}}")
            }
            Some(tag) => format!(r"{}\qquad\text{{({tag})}}", self.out),
        };
        Expanded { latex, tags: self.tags }
    }

    fn command(&mut self, name: String) -> Result<(), Endless> {
        if let Some(known) = self.macros.defined.get(&name).cloned() {
            return self.call(&known);
        }
        match name.as_str() {
            "newcommand"
            | "renewcommand"
            | "providecommand"
            | "DeclareRobustCommand"
            | "newcommand*"
            | "renewcommand*"
            | "providecommand*" => self.define(&name),
            "def" | "gdef" | "edef" | "xdef" => self.define_plain(),
            "let" => self.let_be(),
            "DeclareMathOperator" | "DeclareMathOperator*" => self.define_operator(&name),
            "begin" => self.begin(),
            "end" => self.end(),
            "\\" | "cr" | "newline" | "\\*" | "tabularnewline" => self.row(),
            "tag" | "tag*" => self.tag(name == "tag*"),
            "label" => self.label(),
            "ref" | "eqref" => self.reference(name == "eqref"),
            "notag" | "nonumber" => self.environment().untagged = true,
            "color" => self.color(),
            "root" => self.root(),
            "buildrel" => self.built(),
            "unicode" => self.unicode(),
            "ce" | "cee" => self.chemistry(),
            "cases" | "matrix" | "pmatrix" | "eqalign" | "displaylines" | "eqalignno" => {
                self.plain_table(&name);
            }
            name => {
                if let Some(text) = known::TEXT.iter().find(|(from, _)| *from == name) {
                    return self.text(text.1);
                }
                if let Some((_, arguments, body)) =
                    known::MACROS.iter().find(|(known, ..)| *known == name)
                {
                    let default = known::OPTIONAL.contains(&name).then(String::new);
                    let (arguments, body) = (*arguments, (*body).to_owned());
                    return self.call(&Macro { arguments, default, body });
                }
                self.write_command(name);
            }
        }
        Ok(())
    }

    /// Puts what a macro stands for before the rest.
    fn call(&mut self, called: &Macro) -> Result<(), Endless> {
        let Macro { arguments, default, body } = called;
        let mut given: Vec<String> = Vec::new();
        if let Some(default) = default {
            given.push(self.optional().unwrap_or_else(|| default.clone()));
        }
        while given.len() < *arguments {
            given.push(self.argument());
        }
        let mut expansion = String::new();
        let mut characters = body.chars().peekable();
        while let Some(character) = characters.next() {
            let number = characters.peek().and_then(|c| c.to_digit(10));
            match number {
                Some(number) if character == '#' => {
                    characters.next();
                    let argument = given.get((number as usize).wrapping_sub(1));
                    expansion.push_str(argument.map_or("", String::as_str));
                }
                _ => expansion.push(character),
            }
            if expansion.len() > MAX_FORMULA_BYTES {
                return Err(Endless::Macros);
            }
        }
        if ends_in_command(&expansion) {
            expansion.push(' ');
        }
        self.put_back(&expansion);
        self.work += 10 + expansion.len();
        match self.work > MAX_REPLACED_BYTES || self.rest.len() > MAX_FORMULA_BYTES {
            true => Err(Endless::Macros),
            false => Ok(()),
        }
    }

    /// `\newcommand{\name}[arguments][default]{body}`; what a post provides and has stays.
    fn define(&mut self, by: &str) {
        let name = self.name();
        let arguments =
            self.optional().and_then(|it| it.trim().parse().ok()).unwrap_or(0);
        let default = if arguments > 0 { self.optional() } else { None };
        let body = self.argument();
        if !(by.starts_with("provide") && self.macros.defined.contains_key(&name)) {
            self.macros.defined.insert(name, Macro { arguments, default, body });
        }
    }

    /// `\def\name#1#2{body}`, its arguments one after the other.
    fn define_plain(&mut self) {
        let name = self.name();
        let mut arguments = 0;
        while let Some(&next) = self.rest.last() {
            match next {
                '{' => break,
                '#' => arguments += 1,
                _ => {}
            }
            self.rest.pop();
        }
        let body = self.argument();
        self.macros.defined.insert(name, Macro { arguments, default: None, body });
    }

    /// `\let\name=\other`.
    fn let_be(&mut self) {
        let name = self.name();
        self.skip_spaces();
        if self.rest.last() == Some(&'=') {
            self.rest.pop();
        }
        let body = self.argument();
        let other = body.trim_start_matches('\\').to_owned();
        let same = self.macros.defined.get(&other).cloned();
        let same = same.unwrap_or(Macro { arguments: 0, default: None, body });
        if other != name {
            self.macros.defined.insert(name, same);
        }
    }

    fn define_operator(&mut self, by: &str) {
        let name = self.name();
        let star = if by.ends_with('*') { "*" } else { "" };
        let body = format!(r"\operatorname{star}{{{}}}", self.argument());
        self.macros.defined.insert(name, Macro { arguments: 0, default: None, body });
    }

    /// The name that is defined: `\name` or `{\name}`.
    fn name(&mut self) -> String {
        self.argument().trim().trim_start_matches('\\').to_owned()
    }

    /// `\color{name}` or `\color{#abcdef}`; a colour of another name is the text's.
    fn color(&mut self) {
        let model = self.optional();
        let color = self.argument();
        let color = color.trim();
        let hex = color.strip_prefix('#').map(|hex| match hex.len() {
            3 => hex.chars().flat_map(|c| [c, c]).collect(),
            _ => hex.to_owned(),
        });
        let is_hex = |hex: &String| {
            hex.len() == 6 && hex.bytes().all(|digit| digit.is_ascii_hexdigit())
        };
        let written = match (model, hex.filter(is_hex)) {
            (Some(model), _) => format!(r"\color[{model}]{{{color}}}"),
            (None, Some(hex)) => format!(r"\color[HTML]{{{}}}", hex.to_uppercase()),
            (None, None) if known::COLORS.split(' ').any(|it| it == color) => {
                format!(r"\color{{{color}}}")
            }
            (None, None) => String::new(),
        };
        self.write_all(&written);
    }

    /// `\root n \of x`.
    fn root(&mut self) {
        let index = self.up_to("of");
        let index = index.trim().to_owned();
        self.put_back(&format!(r"\sqrt[{index}]"));
    }

    /// `\buildrel x \over =`.
    fn built(&mut self) {
        let above = self.up_to("over");
        self.put_back(&format!(r"\overset{{{above}}}"));
    }

    /// `\unicode{x2713}`, its number in one of HTML's two ways.
    fn unicode(&mut self) {
        self.optional();
        let number = self.argument();
        let number = number.trim().trim_start_matches('U').trim_start_matches('+');
        let character = match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16).ok(),
            None => number.parse().ok(),
        };
        let character = character.and_then(char::from_u32);
        let written = character.map(|c| format!(r"\text{{{c}}}")).unwrap_or_default();
        self.out.push_str(&written);
        self.after_command = false;
    }

    /// `\ce{H2O}`: letters stand upright, a number after one is an index.
    fn chemistry(&mut self) {
        let formula = self.argument();
        let latex = known::chemistry(&formula);
        self.put_back(&latex);
    }

    /// Plain TeX's `\cases{…}` and the like; before anything else than a group they are other
    /// macros' business.
    fn plain_table(&mut self, name: &str) {
        self.skip_spaces();
        if self.rest.last() != Some(&'{') {
            return self.write_command(name);
        }
        let environment = match name {
            "eqalign" | "eqalignno" => "aligned",
            "displaylines" => "gathered",
            other => other,
        };
        let body = self.argument();
        let (begin, end) =
            (format!(r"\begin{{{environment}}}"), format!(r"\end{{{environment}}}"));
        self.put_back(&format!("{begin}{body}{end}"));
    }

    /// Text within a formula, and formulas within that text.
    fn text(&mut self, command: &str) -> Result<(), Endless> {
        let text = self.argument();
        let mut pieces = formulas_in(&text);
        if self.in_text >= MAX_TEXT_DEPTH {
            pieces.retain(|(is_formula, _)| !is_formula);
        }
        let several = pieces.len() > 1;
        self.out.extend(several.then_some('{'));
        for (is_formula, piece) in pieces {
            if is_formula {
                let rest =
                    std::mem::replace(&mut self.rest, piece.chars().rev().collect());
                self.in_text += 1;
                let read = self.run();
                self.in_text -= 1;
                self.rest = rest;
                read?;
            } else {
                let piece = self.within_text(piece);
                self.out.push_str(&format!("\\{command}{{{piece}}}"));
            }
            self.after_command = false;
        }
        self.out.extend(several.then_some('}'));
        Ok(())
    }

    /// Text in which only commands stand that math-core knows there.
    fn within_text(&mut self, text: &str) -> String {
        let rest = std::mem::replace(&mut self.rest, text.chars().rev().collect());
        let mut written = String::new();
        while let Some(token) = self.token() {
            match token {
                Token::Command(name) if matches!(name.as_str(), "ref" | "eqref") => {
                    written.push_str(&escaped(&self.referred(name == "eqref")));
                }
                Token::Command(name) => {
                    let text = known::TEXT.iter().find(|(from, _)| *from == name);
                    match text.map_or(name.as_str(), |(_, known)| *known) {
                        // A switch: what follows it is in the group about it.
                        "bf" | "it" | "rm" | "sf" | "tt" | "sc" | "em" | "bfseries"
                        | "itshape" | "rmfamily" | "scriptstyle" | "displaystyle"
                        | "small" | "large" | "footnotesize" | "normalsize" => {}
                        "\\" | "newline" | "quad" | "qquad" | "," | ";" | ":" | "!"
                        | "enspace" => written.push(' '),
                        name => {
                            written.push('\\');
                            written.push_str(name);
                            if name.ends_with(|c: char| c.is_ascii_alphabetic()) {
                                written.push(' ');
                            }
                        }
                    }
                }
                Token::Character('%') => {
                    while self.rest.pop().is_some_and(|c| c != '\n') {}
                }
                Token::Character('\n') => written.push(' '),
                Token::Character(character) => written.push(character),
            }
        }
        self.rest = rest;
        written
    }

    fn begin(&mut self) {
        let name = self.argument();
        environments::begin(self, name.trim());
    }

    fn end(&mut self) {
        let name = self.argument();
        environments::end(self, name.trim());
    }

    fn row(&mut self) {
        self.skip_length();
        environments::row(self);
        self.write_command("\\");
    }

    /// `\\[2ex]`: the space is the book's.
    fn skip_length(&mut self) {
        if self.rest.last() == Some(&'*') {
            self.rest.pop();
        }
        let Some(written) = self.optional() else { return };
        let length = written.trim();
        let units = ["pt", "em", "ex", "mm", "cm", "in", "mu", "pc", "px"];
        let is_length = units.iter().any(|unit| {
            length.strip_suffix(unit).is_some_and(|number| {
                number.trim().trim_start_matches('-').parse::<f64>().is_ok()
            })
        });
        if !is_length && !length.starts_with('\\') {
            self.put_back(&format!("[{written}]"));
        }
    }

    fn tag(&mut self, bare: bool) {
        let text = plain(&self.argument());
        let text = if bare { text } else { format!("({text})") };
        self.environment().tag = Some(text);
    }

    fn label(&mut self) {
        let label = self.argument();
        self.environment().labels.push(label);
    }

    fn reference(&mut self, in_parentheses: bool) {
        let text = escaped(&self.referred(in_parentheses));
        self.out.push_str(&format!(r"\text{{{text}}}"));
        self.after_command = false;
    }

    /// What a label is called.
    fn referred(&mut self, in_parentheses: bool) -> String {
        let label = self.argument();
        let Some(number) = self.macros.labels.get(&label).cloned() else {
            self.macros.unresolved.push(label.clone());
            return format!("({label})");
        };
        match in_parentheses {
            true => number,
            false => number.trim_matches(['(', ')']).to_owned(),
        }
    }

    /// The environment whose rows have numbers, or the formula itself.
    fn environment(&mut self) -> &mut Environment {
        let numbered = self.open.iter_mut().rev().find(|it| it.takes_tags);
        numbered.unwrap_or(&mut self.outer)
    }

    /// Gives a row its number; what stands for it in the output, if there is one.
    pub(super) fn close_row(&mut self, row: &Environment) -> Option<String> {
        let tag = match &row.tag {
            Some(tag) => tag.clone(),
            None if row.numbered && !row.untagged => {
                self.macros.number += 1;
                format!("({})", self.macros.number)
            }
            None => return None,
        };
        for label in &row.labels {
            self.macros.labels.insert(label.clone(), tag.clone());
        }
        self.tags.push(tag);
        Some(format!("tag{}", self.tags.len() - 1))
    }

    /// Whether this is the second `&` in a row of `eqnarray`, whose three columns are two.
    fn skips_ampersand(&mut self) -> bool {
        let Some(environment) = self.open.last_mut() else { return false };
        environment.ampersands += 1;
        environment.is_eqnarray && environment.ampersands == 2
    }

    fn token(&mut self) -> Option<Token> {
        let character = self.rest.pop()?;
        if character != '\\' {
            return Some(Token::Character(character));
        }
        let Some(first) = self.rest.pop() else { return Some(Token::Character(' ')) };
        let mut name = String::from(first);
        if first.is_ascii_alphabetic() {
            while let Some(next) = self.rest.pop_if(|c| c.is_ascii_alphabetic()) {
                name.push(next);
            }
            if known::STARRED.contains(&name.as_str()) && self.rest.last() == Some(&'*') {
                self.rest.pop();
                name.push('*');
            }
        }
        Some(Token::Command(name))
    }

    fn skip_spaces(&mut self) {
        while self.rest.pop_if(|c| c.is_whitespace()).is_some() {}
    }

    /// What the next group or token is, as it is written.
    pub(super) fn argument(&mut self) -> String {
        self.skip_spaces();
        if self.rest.last() != Some(&'{') {
            return match self.token() {
                Some(Token::Command(name)) => format!("\\{name}"),
                Some(Token::Character(character)) => character.into(),
                None => String::new(),
            };
        }
        self.rest.pop();
        self.balanced('}')
    }

    /// What stands in brackets next.
    pub(super) fn optional(&mut self) -> Option<String> {
        let at = self.rest.iter().rposition(|c| !c.is_whitespace())?;
        if self.rest[at] != '[' || !self.rest[..at].contains(&']') {
            return None;
        }
        self.rest.truncate(at);
        Some(self.balanced(']'))
    }

    /// Up to the character that closes what was opened before.
    fn balanced(&mut self, end: char) -> String {
        let mut inside = String::new();
        let mut depth = 0_usize;
        while let Some(character) = self.rest.pop() {
            match character {
                '\\' => {
                    inside.push('\\');
                    inside.extend(self.rest.pop());
                    continue;
                }
                _ if depth == 0 && character == end => break,
                '{' => depth += 1,
                '}' => depth = depth.saturating_sub(1),
                _ => {}
            }
            inside.push(character);
        }
        inside
    }

    /// Up to a command, which is read too.
    fn up_to(&mut self, command: &str) -> String {
        let mut before = String::new();
        while let Some(token) = self.token() {
            match token {
                Token::Command(name) if name == command => break,
                Token::Command(name) => before.push_str(&format!("\\{name} ")),
                Token::Character(character) => before.push(character),
            }
        }
        before
    }

    fn put_back(&mut self, text: &str) {
        self.rest.extend(text.chars().rev());
    }

    fn write(&mut self, character: char) {
        if self.after_command && character.is_ascii_alphabetic() {
            self.out.push(' ');
        }
        self.after_command = false;
        self.out.push(character);
    }

    pub(super) fn write_command(&mut self, name: &str) {
        self.out.push('\\');
        self.out.push_str(name);
        self.after_command = name.ends_with(|c: char| c.is_ascii_alphabetic());
    }

    pub(super) fn write_all(&mut self, latex: &str) {
        self.out.push_str(latex);
        self.after_command = false;
    }
}

fn ends_in_command(latex: &str) -> bool {
    let name = latex.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    name.len() < latex.len() && name.ends_with('\\')
}

/// Text in pieces: those between dollars, or `\(` and `\)`, are formulas.
fn formulas_in(text: &str) -> Vec<(bool, &str)> {
    let mut pieces = Vec::new();
    let (mut begin, mut at, mut inside) = (0, 0, false);
    while let Some(character) = text[at..].chars().next() {
        let next = text[at + character.len_utf8()..].chars().next();
        let escaped = character == '\\' && next.is_some();
        let length = character.len_utf8()
            + if escaped { next.map_or(0, char::len_utf8) } else { 0 };
        let turns = match (escaped, next) {
            (true, Some('(')) => !inside,
            (true, Some(')')) => inside,
            (true, _) => false,
            (false, _) => character == '$',
        };
        if turns {
            pieces.push((inside, &text[begin..at]));
            inside = !inside;
            begin = at + length;
        }
        at += length;
    }
    // A dollar without a second one is no formula.
    pieces.push((false, &text[begin..]));
    pieces.retain(|(_, piece)| !piece.is_empty());
    pieces
}

/// What a tag says, without LaTeX.
fn plain(latex: &str) -> String {
    let mut plain = latex.to_owned();
    for (command, character) in known::IN_TAGS {
        plain = plain.replace(command, character);
    }
    plain.retain(|c| !matches!(c, '$' | '{' | '}' | '\\' | '^'));
    plain.trim().to_owned()
}

/// For text within a formula.
fn escaped(text: &str) -> String {
    let mut escaped = String::new();
    for character in text.chars() {
        match character {
            '_' | '&' | '%' | '#' | '$' | '{' | '}' => escaped.extend(['\\', character]),
            '\\' | '^' | '~' => escaped.push(' '),
            _ => escaped.push(character),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    fn expand(formulas: &[&str]) -> String {
        let mut macros = Macros::default();
        let expanded =
            formulas.iter().map(|it| macros.expand(it, true).map(|it| it.latex));
        expanded.last().expect("a formula").expect("an end")
    }

    #[test]
    fn definitions_hold_from_where_they_stand() {
        for (formulas, latex) in [
            (&[r"\newcommand{\Sea}{\mathcal{S}}", r"x\Sea y"][..], r"x\mathcal{S} y"),
            (&[r"\newcommand\two[2][a]{#1#2}", r"\two{b}\two[c]d"], "abcd"),
            (&[r"\def\f#1{(#1)}\f{\f x}"], "((x))"),
            (&[r"\let\a=\alpha", r"\a b"], r"\alpha  b"),
            (&[r"\newcommand{\a}{b}", r"\providecommand{\a}{c}\a"], "b"),
            (
                &[r"\DeclareMathOperator*{\colim}{colim}\colim_i"],
                r"\operatorname*{colim}_i",
            ),
            (&[r"a % b"], "a "),
        ] {
            assert_eq!(expand(formulas), latex);
        }
    }

    #[test]
    fn what_math_core_lacks_is_said_in_what_it_has() {
        for (formula, latex) in [
            (r"\mbox{if $x$, then}", r"{\text{if }x\text{, then}}"),
            (r"\root 3 \of x", r"\sqrt[3] x"),
            (r"a \\[2ex] b", r"a \\ b"),
            (
                r"\begin{array}{@{}l*{2}{c}p{3em}} a \end{array}",
                r"\begin{array}{lccl} a \end{array}",
            ),
            (r"\begin{eqnarray*}a&=&b\end{eqnarray*}", r"\begin{align*}a&=b\end{align*}"),
            (r"\ce{H2O}", r"{\mathrm{H}_{2}\mathrm{O}}"),
        ] {
            assert_eq!(expand(&[formula]), latex);
        }
    }

    #[test]
    fn rows_have_numbers_and_labels() {
        let mut macros = Macros::default();
        let rows = r"\begin{align}a\label{one}\\b\notag\\c\tag{x}\end{align}";
        let expanded = macros.expand(rows, true).expect("an end");
        assert_eq!(expanded.tags, ["(1)", "(x)"]);
        let latex = r"\begin{align*}a\tag{tag0}\\b\\c\tag{tag1}\end{align*}";
        assert_eq!(expanded.latex, latex);
        let referring = macros.expand(r"\eqref{one}, \ref{one}, \eqref{two}", true);
        let latex = r"\text{(1)}, \text{1}, \text{(two)}";
        assert_eq!(referring.expect("an end").latex, latex);
        assert_eq!(macros.unresolved, ["two"]);
    }

    #[test]
    fn macros_without_an_end_are_told() {
        for endless in [
            r"\def\a{\a}\a",
            r"\def\a{x\a}\a",
            r"\def\a{\b\b}\def\b{\a\a}\a",
            r"\def\a#1{\a{#1#1}}\a{xy}",
        ] {
            assert_eq!(
                Macros::default().expand(endless, true).err(),
                Some(Endless::Macros)
            );
        }
        for damaged in
            [r"\newcommand", r"\def", r"\begin", r"\text{", r"\let\a", "\\", r"\sqrt["]
        {
            assert!(Macros::default().expand(damaged, false).is_ok());
        }
    }
}
