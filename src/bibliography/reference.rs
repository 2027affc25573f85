//! Works that can be cited, in one shape whatever file they came from.
//!
//! The fields bear the names of CSL's variables: its vocabulary covers what blogs cite, and
//! every other format has a known way into it. Titles keep the few tags that CSL allows in
//! them (see `markup`).

use std::collections::BTreeMap;

use super::date::PartialDate;
use crate::document::ReferenceId;
use crate::source::Span;

/// A work that can be cited.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Reference {
    /// What citations call it, unique in a book.
    pub key: String,
    /// What it is.
    pub kind: ReferenceKind,
    /// Who wrote it; of an interview, who was asked.
    pub authors: Vec<Name>,
    /// Who edited it, or the book that it is in.
    pub editors: Vec<Name>,
    /// Who translated it.
    pub translators: Vec<Name>,
    /// Who asked, in an interview.
    pub interviewers: Vec<Name>,
    /// Its title; empty if it has none. It may hold CSL's tags.
    pub title: String,
    /// The title as later notes have it.
    pub short_title: Option<String>,
    /// The journal, newspaper, site or book that it is in.
    pub container_title: Option<String>,
    /// The series that it belongs to.
    pub collection_title: Option<String>,
    /// Its number in the series.
    pub collection_number: Option<String>,
    /// The volume.
    pub volume: Option<String>,
    /// The issue of a journal.
    pub issue: Option<String>,
    /// The number of a report or a law.
    pub number: Option<String>,
    /// The edition: a number, or words.
    pub edition: Option<String>,
    /// The pages that it fills: `33–35`.
    pub pages: Option<String>,
    /// The publisher, the institution of a report, the university of a thesis, a court.
    pub publisher: Option<String>,
    /// Where the publisher is.
    pub place: Option<String>,
    /// What it is in words: `PhD diss.`, `white paper`.
    pub genre: Option<String>,
    /// What it is recorded on: `video`, `DVD`.
    pub medium: Option<String>,
    /// The conference at which it was read.
    pub event_title: Option<String>,
    /// When it appeared.
    pub issued: Option<PartialDate>,
    /// When it was read.
    pub accessed: Option<PartialDate>,
    /// Where it is on the web.
    pub address: Option<String>,
    /// Its DOI, without a resolver's address.
    pub doi: Option<String>,
    /// Its ISBN.
    pub isbn: Option<String>,
    /// Where a copy is kept.
    pub archive_address: Option<String>,
    /// The BCP 47 tag of its language.
    pub language: Option<String>,
    /// Where it is written in the file of references.
    pub span: Option<Span>,
}

macro_rules! kinds {
    ($($variant:ident $name:literal $about:literal,)*) => {
        /// What a work is.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
        pub(crate) enum ReferenceKind {
            $(#[doc = $about] $variant,)*
            /// Anything else.
            #[default]
            Other,
        }

        impl ReferenceKind {
            /// CSL's name of the type.
            pub(crate) fn csl(self) -> &'static str {
                match self { $(Self::$variant => $name,)* Self::Other => "document" }
            }

            /// The kind of which CSL's name is `name`.
            pub(crate) fn from_csl(name: &str) -> Option<Self> {
                match name {
                    $($name => Some(Self::$variant),)*
                    "document" => Some(Self::Other),
                    _ => None,
                }
            }

            /// CSL's names of all kinds.
            pub(super) const NAMES: &[&str] = &[$($name,)* "document"];
        }
    };
}

kinds! {
    Article "article-journal" "An article in a journal.",
    MagazineArticle "article-magazine" "An article in a magazine.",
    NewspaperArticle "article-newspaper" "An article in a newspaper.",
    WebPage "webpage" "A page on the web.",
    BlogPost "post-weblog" "A post in a blog.",
    Post "post" "A post in a forum or a social network.",
    Book "book" "A book.",
    Chapter "chapter" "A chapter in somebody's book, or a contribution to a collection.",
    Entry "entry-encyclopedia" "An entry in an encyclopedia.",
    Paper "paper-conference" "A paper in proceedings.",
    Report "report" "A report.",
    Thesis "thesis" "A thesis.",
    Manuscript "manuscript" "What was not published.",
    Preprint "article" "An article that is in no journal yet.",
    Video "motion_picture" "A film, or a video on the web.",
    Broadcast "broadcast" "A programme, or an episode of a podcast.",
    Recording "song" "A recording of sound.",
    Interview "interview" "An interview.",
    Speech "speech" "A talk.",
    Statute "legislation" "A law.",
    Case "legal_case" "A decision of a court.",
    Patent "patent" "A patent.",
    Dataset "dataset" "Data.",
    Software "software" "A program.",
    Letter "personal_communication" "A letter or a message.",
    Picture "graphic" "A picture.",
}

impl ReferenceKind {
    /// Whether the work stands by itself, so that its title is set in italics.
    pub(crate) fn stands_alone(self) -> bool {
        use ReferenceKind as K;
        matches!(
            self,
            K::Book | K::Report | K::Case | K::Dataset | K::Software | K::Recording
        )
    }
}

/// Who wrote something.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Name {
    /// Somebody.
    Person {
        /// The family name, or the only one.
        family: String,
        /// The other names.
        given: String,
        /// What stands before the family name and stays with it: `van der`.
        particle: String,
        /// What follows: `Jr.`.
        suffix: String,
    },
    /// An institution, whose name is never taken apart.
    Literal(String),
}

/// The works that a book may cite.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct References {
    list: Vec<Reference>,
    keys: BTreeMap<String, ReferenceId>,
}

impl References {
    /// The work that citations call `key`.
    pub(crate) fn by_key(&self, key: &str) -> Option<ReferenceId> {
        self.keys.get(key).copied()
    }

    /// A work.
    ///
    /// # Panics
    /// If `id` is from another table.
    pub(crate) fn get(&self, id: ReferenceId) -> &Reference {
        &self.list[id.0 as usize]
    }

    /// Takes a work in. One with a key that is there already, or with an empty one, can be
    /// had by its id alone.
    pub(crate) fn add(&mut self, reference: Reference) -> ReferenceId {
        let id = ReferenceId(u32::try_from(self.list.len()).unwrap_or(u32::MAX));
        if !reference.key.is_empty() {
            self.keys.entry(reference.key.clone()).or_insert(id);
        }
        self.list.push(reference);
        id
    }

    /// The keys, sorted.
    pub(crate) fn keys(&self) -> impl Iterator<Item = &str> {
        self.keys.keys().map(String::as_str)
    }

    /// All works, in the order in which they were taken in.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (ReferenceId, &Reference)> {
        (0..).map(ReferenceId).zip(&self.list)
    }

    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        self.list.len()
    }

    /// Whether there are none.
    pub(crate) fn is_empty(&self) -> bool {
        self.list.is_empty()
    }
}

impl Name {
    /// A person of two names.
    #[cfg(test)]
    pub(crate) fn person(given: impl Into<String>, family: impl Into<String>) -> Self {
        Self::Person {
            family: family.into(),
            given: given.into(),
            particle: String::new(),
            suffix: String::new(),
        }
    }

    /// Reads `Family, Given`, `Family, Jr., Given`, `Given Family` or a single name. The words
    /// before the family name that begin with a small letter are its particle.
    pub(crate) fn parse(text: &str) -> Self {
        let mut parts = text.split(',').map(|part| collapse(part.trim()));
        let first = parts.next().unwrap_or_default();
        let rest: Vec<String> = parts.filter(|part| !part.is_empty()).collect();
        let (family, given, suffix) = match rest.as_slice() {
            [] => match first.rfind(' ') {
                None => return Self::Literal(first),
                Some(last) => {
                    let split = particle_in_the_middle(&first).unwrap_or(last);
                    let (given, family) = first.split_at(split);
                    (family.trim().to_owned(), given.to_owned(), String::new())
                }
            },
            [given] => (first, given.clone(), String::new()),
            [suffix, given, ..] => (first, given.clone(), suffix.clone()),
        };
        let (particle, family) = split_particle(&family);
        Self::Person {
            family: family.to_owned(),
            given,
            particle: particle.to_owned(),
            suffix,
        }
    }
}

/// Where the particle begins in `Ludwig van Beethoven`.
fn particle_in_the_middle(name: &str) -> Option<usize> {
    name.match_indices(' ').map(|(at, _)| at).find(|&at| {
        name[at + 1..].starts_with(char::is_lowercase) && name[at + 1..].contains(' ')
    })
}

/// `van der Berg` is `van der` and `Berg`.
pub(super) fn split_particle(family: &str) -> (&str, &str) {
    let family = family.trim();
    let mut end = 0;
    for (at, _) in family.match_indices(' ') {
        if !family[end..].trim_start().starts_with(char::is_lowercase) {
            break;
        }
        end = at;
    }
    (&family[..end], family[end..].trim_start())
}

fn collapse(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn person(given: &str, particle: &str, family: &str, suffix: &str) -> Name {
        Name::Person {
            family: family.into(),
            given: given.into(),
            particle: particle.into(),
            suffix: suffix.into(),
        }
    }

    #[test]
    fn names_are_taken_apart() {
        let cases = [
            ("Choe, Sang-Hun", person("Sang-Hun", "", "Choe", "")),
            ("van der  Berg, Anna", person("Anna", "van der", "Berg", "")),
            ("Anna van der Berg", person("Anna", "van der", "Berg", "")),
            ("King, Jr., Martin Luther", person("Martin Luther", "", "King", "Jr.")),
            ("Martin Luther King", person("Martin Luther", "", "King", "")),
            ("Yonhap", Name::Literal("Yonhap".into())),
            ("bell hooks", person("bell", "", "hooks", "")),
            ("", Name::Literal(String::new())),
        ];
        for (text, expected) in cases {
            assert_eq!(Name::parse(text), expected, "{text}");
        }
    }

    #[test]
    fn a_key_names_the_first_work_that_has_it() {
        let mut references = References::default();
        let work = |title: &str| Reference {
            key: "a".into(),
            title: title.into(),
            ..Reference::default()
        };
        let first = references.add(work("One"));
        let second = references.add(work("Two"));
        assert_eq!(references.by_key("a"), Some(first));
        assert_eq!(references.get(second).title, "Two");
        assert_eq!(references.keys().collect::<Vec<_>>(), ["a"]);
    }
}
