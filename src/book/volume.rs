//! One of several volumes, and what stands in the others.

use std::collections::BTreeMap;
use std::ops::Range;

use super::Book;
use crate::document::ChapterId;

/// Which of several volumes a book is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Volume {
    /// From one.
    pub number: u32,
    /// What it is called as a volume: `Volume 2`.
    pub label: String,
    /// Its own title.
    pub title: Option<String>,
    /// What stands on its spine.
    pub short_title: Option<String>,
}

/// A volume, and the book that it is a part of.
#[derive(Debug, Clone)]
pub(crate) struct VolumeOf<'a> {
    /// Which volume.
    pub volume: Volume,
    /// All volumes in one book: there are the numbers and names of what stands in others.
    pub whole: &'a Book,
}

impl Volume {
    /// `Volume 2: The later years`.
    pub(crate) fn name(&self) -> String {
        match &self.title {
            Some(title) => format!("{}: {title}", self.label),
            None => self.label.clone(),
        }
    }
}

/// What stands in the other volumes, for references to it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct OtherVolumes {
    /// What the volume of each chapter is called.
    pub labels: BTreeMap<ChapterId, String>,
    /// On which pages chapters begin and places in them stand, as far as pages are known.
    pub folios: BTreeMap<(ChapterId, Option<String>), String>,
}

impl OtherVolumes {
    /// What the volume of a chapter is called, and on which page of it a place stands.
    pub(crate) fn find(
        &self,
        chapter: ChapterId,
        id: Option<&str>,
    ) -> Option<(&str, Option<&str>)> {
        let label = self.labels.get(&chapter)?;
        let exact = self.folios.get(&(chapter, id.map(str::to_owned)));
        let folio = exact.or_else(|| self.folios.get(&(chapter, None)));
        Some((label, folio.map(String::as_str)))
    }
}

/// Cuts a row of pieces into as few runs as may be so that none is longer than `most`, and these as
/// even as can be: their longest is as short as it gets. A piece that is longer alone is a run of its
/// own.
pub(crate) fn even_runs(lengths: &[u32], most: u32) -> Vec<Range<usize>> {
    let count = runs(lengths, most).len();
    let longest = lengths.iter().copied().max().unwrap_or(0);
    let (mut low, mut high) = (longest.min(most), most);
    while low < high {
        let middle = low + (high - low) / 2;
        if runs(lengths, middle).len() <= count {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    runs(lengths, high)
}

/// Runs that are filled one after the other.
fn runs(lengths: &[u32], most: u32) -> Vec<Range<usize>> {
    let mut runs: Vec<Range<usize>> = Vec::new();
    let mut length = 0;
    for (at, &piece) in lengths.iter().enumerate() {
        match runs.last_mut() {
            Some(run) if length + piece <= most => {
                run.end = at + 1;
                length += piece;
            }
            _ => {
                runs.push(at..at + 1);
                length = piece;
            }
        }
    }
    runs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_are_few_and_even() {
        assert_eq!(even_runs(&[3, 3, 3, 3, 3, 3], 16), [0..3, 3..6]);
        assert_eq!(even_runs(&[10, 1, 1, 1, 1, 10], 16), [0..3, 3..6]);
        assert_eq!(even_runs(&[5, 40, 5], 20), [0..1, 1..2, 2..3]);
        assert_eq!(even_runs(&[], 20), Vec::<Range<usize>>::new());
    }
}
