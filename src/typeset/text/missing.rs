//! Characters that no font has: which, where, and what would have them.

use std::collections::BTreeMap;

use crate::diag::{Code, Diagnostic};
use crate::source::Span;

/// The characters that no font has, by script.
#[derive(Debug, Default)]
pub(crate) struct MissingGlyphs(BTreeMap<&'static str, Found>);

#[derive(Debug)]
struct Found {
    remedy: &'static Remedy,
    /// Where, the first few of each post.
    places: Vec<Span>,
    characters: Vec<char>,
    /// The pictures in whose text they are.
    pictures: Vec<String>,
    count: usize,
}

/// So many places of a post are told.
const PLACES: usize = 3;

/// The fonts that have a script.
#[derive(Debug)]
struct Remedy {
    script: &'static str,
    /// The family, and Debian's package; none where no public font has it.
    fonts: Option<(&'static str, &'static str)>,
    ranges: &'static [(u32, u32)],
}

/// Where each script is, from the Unicode blocks; the last serves for all others.
static REMEDIES: &[Remedy] = &[
    Remedy {
        script: "Chinese, Japanese or Korean",
        fonts: Some(("Noto Serif CJK", "fonts-noto-cjk")),
        ranges: &[
            (0x1100, 0x11ff),
            (0x2e80, 0x9fff),
            (0xa960, 0xa97f),
            (0xac00, 0xd7ff),
            (0xf900, 0xfaff),
            (0xfe30, 0xfe4f),
            (0xff00, 0xffef),
            (0x20000, 0x3ffff),
        ],
    },
    Remedy {
        script: "Arabic",
        fonts: Some(("Noto Naskh Arabic", "fonts-noto-core")),
        ranges: &[
            (0x600, 0x6ff),
            (0x750, 0x77f),
            (0x8a0, 0x8ff),
            (0xfb50, 0xfdff),
            (0xfe70, 0xfefe),
        ],
    },
    Remedy {
        script: "Hebrew",
        fonts: Some(("Noto Serif Hebrew", "fonts-noto-core")),
        ranges: &[(0x590, 0x5ff), (0xfb1d, 0xfb4f)],
    },
    Remedy {
        script: "Devanagari",
        fonts: Some(("Noto Serif Devanagari", "fonts-noto-core")),
        ranges: &[(0x900, 0x97f), (0xa8e0, 0xa8ff)],
    },
    Remedy {
        script: "Thai",
        fonts: Some(("Noto Serif Thai", "fonts-noto-core")),
        ranges: &[(0xe00, 0xe7f)],
    },
    Remedy {
        script: "emoji",
        fonts: Some(("Noto Color Emoji", "fonts-noto-color-emoji")),
        ranges: &[(0x2600, 0x27bf), (0x2b00, 0x2bff), (0x1f000, 0x1faff)],
    },
    Remedy {
        script: "for private use",
        fonts: None,
        ranges: &[(0xe000, 0xf8ff), (0xf0000, 0x10_fffd)],
    },
    Remedy {
        script: "other",
        fonts: Some((
            "Noto Sans Symbols 2, or the Noto Sans of its script",
            "fonts-noto-core",
        )),
        ranges: &[],
    },
];

impl MissingGlyphs {
    /// Notes a character that no font has.
    pub(crate) fn add(&mut self, character: char, span: Span) {
        self.of(character).note(character, span);
    }

    /// Notes one in the text of a picture.
    pub(crate) fn add_in_picture(&mut self, character: char, span: Span, picture: &str) {
        let found = self.of(character);
        found.note(character, span);
        found.shown_in(picture);
    }

    fn of(&mut self, character: char) -> &mut Found {
        let point = u32::from(character);
        let remedy = REMEDIES
            .iter()
            .find(|remedy| remedy.ranges.iter().any(|&(a, b)| (a..=b).contains(&point)))
            .unwrap_or(&REMEDIES[REMEDIES.len() - 1]);
        self.0.entry(remedy.script).or_insert_with(|| Found {
            remedy,
            places: Vec::new(),
            characters: Vec::new(),
            pictures: Vec::new(),
            count: 0,
        })
    }

    /// Takes in those that were found elsewhere.
    pub(crate) fn extend(&mut self, other: Self) {
        for (script, found) in other.0 {
            let Some(known) = self.0.get_mut(script) else {
                self.0.insert(script, found);
                continue;
            };
            known.count += found.count;
            found.characters.into_iter().for_each(|character| known.add(character));
            found.pictures.iter().for_each(|picture| known.shown_in(picture));
            found.places.into_iter().for_each(|place| known.at(place));
        }
    }

    /// One diagnostic a script; `tried` names the fonts that were.
    pub(crate) fn into_diagnostics(
        self,
        tried: &str,
    ) -> impl Iterator<Item = Diagnostic> {
        const SHOWN: usize = 8;
        self.0.into_values().map(move |found| {
            let Found { remedy, places, characters, pictures, count } = found;
            let shown = characters.iter().take(SHOWN);
            let mut shown: Vec<String> =
                shown.map(|c| format!("`{c}` (U+{:04X})", u32::from(*c))).collect();
            if characters.len() > SHOWN {
                shown.push(format!("{} more", characters.len() - SHOWN));
            }
            let Remedy { script, fonts, .. } = remedy;
            let times =
                if count == 1 { String::new() } else { format!(", {count} times") };
            let mut message =
                format!("no font has {} ({script}{times})", shown.join(", "));
            if !pictures.is_empty() {
                message.push_str(&format!(", in the picture {}", pictures.join(", ")));
            }
            let hint = match fonts {
                Some((family, package)) => format!(
                    "{family} has it: put the font's file into `fonts/` beside book.yaml, or \
                     install it (Debian: {package})"
                ),
                None => "only the blog's own fonts know it: write a word or a public character"
                    .to_owned(),
            };
            let mut places = places.into_iter();
            Diagnostic::new(Code::MissingGlyph, message)
                .at(places.next())
                .also(places.collect())
                .hint(hint)
                .hint(format!("tried: {tried}"))
        })
    }
}

impl Found {
    fn note(&mut self, character: char, span: Span) {
        self.count += 1;
        self.add(character);
        self.at(span);
    }

    fn shown_in(&mut self, picture: &str) {
        let picture = format!("`{picture}`");
        if !self.pictures.contains(&picture) {
            self.pictures.push(picture);
        }
    }

    fn add(&mut self, character: char) {
        if !self.characters.contains(&character) {
            self.characters.push(character);
        }
    }

    fn at(&mut self, span: Span) {
        if span.attached().is_none() {
            return;
        }
        let known = self.places.iter().rev().take_while(|it| it.file == span.file);
        if known.clone().count() < PLACES && !known.clone().any(|it| *it == span) {
            self.places.push(span);
        }
    }
}
