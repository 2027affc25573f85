//! Tags within the text of a note of Obsidian: `#harbour`, `#boats/old`.

/// The tags of a text, code and remarks aside.
pub(super) fn find(text: &str) -> impl Iterator<Item = &str> {
    let mut fence = None;
    let lines = text.lines().filter(move |line| {
        let line = line.trim_start();
        let mark = ["```", "~~~"].into_iter().find(|mark| line.starts_with(mark));
        match (fence, mark) {
            (None, None) => true,
            (None, _) => {
                fence = mark;
                false
            }
            (Some(_), _) => {
                if fence == mark {
                    fence = None;
                }
                false
            }
        }
    });
    // Every other piece between two marks of code is code.
    let pieces = lines.flat_map(|line| line.split('`').step_by(2));
    pieces.flat_map(str::split_whitespace).filter_map(tag)
}

/// The tag that a word is. A number alone is none, so that `#1` stays what it was.
fn tag(word: &str) -> Option<&str> {
    let name = word.strip_prefix('#')?;
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '/');
    let end = name.find(|c: char| !is_part(c)).unwrap_or(name.len());
    let (name, after) = name.split_at(end);
    let ends =
        after.chars().all(|c| matches!(c, '.' | ',' | ';' | ':' | '!' | '?' | ')'));
    let is_tag = ends && name.chars().any(|c| !c.is_numeric() && c != '/');
    is_tag.then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_with_a_number_sign_are_tags_but_not_in_code() {
        let text = "# Heading\n#harbour and #boats/old, see #1 or a#b or `#code` #x=1.\n\
            ```\n#fenced\n~~~\n#too\n```\n#после.";
        assert_eq!(find(text).collect::<Vec<_>>(), ["harbour", "boats/old", "после"]);
    }
}
