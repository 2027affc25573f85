//! LaTeX's macros: those that a post defines, and those that MathJax has and math-core has not.
//!
//! A formula is read token by token, as TeX does (The TeXbook, chapter 20): what a macro stands
//! for is put before the rest of the input, until only what math-core knows is left.

mod define;
mod input;
mod text;

use std::collections::BTreeMap;

use super::environments::{self, Environment};
use super::known;
use input::Token;
use text::{escaped, plain};

/// No formula becomes longer than this, in bytes: two macros that double each other need few
/// steps.
pub(super) const MAX_FORMULA_BYTES: usize = 200_000;

/// Nor is more than this put in the place of its macros: one that calls itself never ends.
const MAX_REPLACED_BYTES: usize = 2_000_000;

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
