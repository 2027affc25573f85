//! What is still to be read, token by token.

use super::super::known;
use super::Expander;

/// A piece of input.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Token {
    /// A command, without its backslash.
    Command(String),
    Character(char),
}

impl Expander<'_> {
    pub(super) fn token(&mut self) -> Option<Token> {
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

    pub(super) fn skip_spaces(&mut self) {
        while self.rest.pop_if(|c| c.is_whitespace()).is_some() {}
    }

    /// What the next group or token is, as it is written.
    pub(in crate::markdown::math) fn argument(&mut self) -> String {
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
    pub(in crate::markdown::math) fn optional(&mut self) -> Option<String> {
        let at = self.rest.iter().rposition(|c| !c.is_whitespace())?;
        if self.rest[at] != '[' || !self.rest[..at].contains(&']') {
            return None;
        }
        self.rest.truncate(at);
        Some(self.balanced(']'))
    }

    /// Up to the character that closes what was opened before.
    pub(super) fn balanced(&mut self, end: char) -> String {
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
    pub(super) fn up_to(&mut self, command: &str) -> String {
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

    pub(super) fn put_back(&mut self, text: &str) {
        self.rest.extend(text.chars().rev());
    }
}
