//! Text within a formula, formulas within that text, and text that is made for either.

use super::super::known;
use super::input::Token;
use super::{Endless, Expander};

/// How deep formulas stand in the text of formulas.
const MAX_TEXT_DEPTH: usize = 10;

impl Expander<'_> {
    /// Text within a formula, and formulas within that text.
    pub(super) fn text(&mut self, command: &str) -> Result<(), Endless> {
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
pub(super) fn plain(latex: &str) -> String {
    let mut plain = latex.to_owned();
    for (command, character) in known::IN_TAGS {
        plain = plain.replace(command, character);
    }
    plain.retain(|c| !matches!(c, '$' | '{' | '}' | '\\' | '^'));
    plain.trim().to_owned()
}

/// For text within a formula.
pub(super) fn escaped(text: &str) -> String {
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
