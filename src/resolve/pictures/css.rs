//! The stylesheet within a drawing, cut down to what is sound.
//!
//! A browser skips what it cannot read (CSS Syntax 3, 5.4); a checker of EPUBs refuses the book.

/// The rules that are whole, with the declarations that are, in order.
pub(super) fn sound_rules(css: &str) -> String {
    rules(css, 0)
}

fn rules(css: &str, depth: usize) -> String {
    /// How deep one condition may stand in another.
    const MAX_CONDITION_DEPTH: usize = 8;
    let mut sound = String::new();
    let mut rest = css;
    while let Some((begin, end, after)) = until(rest, &['{', ';', '}']) {
        let begin = bare(begin);
        rest = after;
        match end {
            // A rule that is cut off takes along all that follows.
            '{' => {
                let Some((block, after)) = block(rest) else { break };
                rest = after;
                let holds_rules =
                    ["@media", "@supports", "@keyframes", "@-webkit-keyframes"]
                        .iter()
                        .any(|name| begin.starts_with(name));
                let inside = match holds_rules {
                    true if depth < MAX_CONDITION_DEPTH => rules(block, depth + 1),
                    true => String::new(),
                    false => declarations(block),
                };
                if !begin.is_empty() && !inside.is_empty() {
                    sound.push_str(&format!("{begin}{{{inside}}}"));
                }
            }
            ';' if begin.starts_with('@') => sound.push_str(&format!("{begin};")),
            _ => {}
        }
    }
    sound
}

/// The declarations of a block that have a name and a value.
fn declarations(block: &str) -> String {
    let mut sound: Vec<&str> = Vec::new();
    let mut rest = block;
    while !rest.is_empty() {
        let (declaration, after) = match until(rest, &[';', '{', '}']) {
            Some((declaration, ';', after)) => (declaration, after),
            // A rule within a rule: no older reading system knows it.
            Some((_, _, after)) => match self::block(after) {
                Some((_, after)) => ("", after),
                None => break,
            },
            None if is_closed(rest) => (rest, ""),
            None => break,
        };
        rest = after;
        let declaration = bare(declaration);
        let is_sound = declaration.split_once(':').is_some_and(|(name, value)| {
            let name = name.trim_end();
            let is_name = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_');
            !name.is_empty() && name.chars().all(is_name) && !value.trim().is_empty()
        });
        if is_sound {
            sound.push(declaration);
        }
    }
    sound.join(";")
}

/// What stands before the first of some characters, that character, and what follows it.
fn until<'a>(css: &'a str, ends: &[char]) -> Option<(&'a str, char, &'a str)> {
    let (at, end) = outside(css)
        .find(|(_, c, depth)| *depth == 0 && ends.contains(c))
        .map(|(at, c, _)| (at, c))?;
    Some((&css[..at], end, &css[at + end.len_utf8()..]))
}

/// The block whose opening brace was just read, and what follows its closing one.
fn block(css: &str) -> Option<(&str, &str)> {
    let mut open = 1_usize;
    for (at, character, depth) in outside(css) {
        match character {
            '{' if depth == 0 => open += 1,
            '}' if depth == 0 => open -= 1,
            _ => {}
        }
        if open == 0 {
            return Some((&css[..at], &css[at + 1..]));
        }
    }
    None
}

/// Whether strings, comments and parentheses end.
fn is_closed(css: &str) -> bool {
    // What is open swallows a mark at the end.
    let marked = format!("{css};");
    until(&marked, &[';']).is_some_and(|(before, _, _)| before.len() == css.len())
}

/// The characters outside strings and comments, each with where it stands and how many
/// parentheses and brackets it stands in.
fn outside(css: &str) -> impl Iterator<Item = (usize, char, usize)> {
    let mut depth = 0_usize;
    let mut at = 0;
    std::iter::from_fn(move || {
        loop {
            let rest = &css[at..];
            let here = at;
            let character = rest.chars().next()?;
            at += match character {
                '/' if rest.starts_with("/*") => rest[2..].find("*/")? + 4,
                '"' | '\'' => string(rest, character)?,
                '\\' => 1 + rest[1..].chars().next().map_or(0, char::len_utf8),
                _ => {
                    match character {
                        '(' | '[' => depth += 1,
                        ')' | ']' => depth = depth.saturating_sub(1),
                        _ => {}
                    }
                    at += character.len_utf8();
                    return Some((here, character, depth));
                }
            };
        }
    })
}

/// The length of the string that begins here, with its quotes.
fn string(css: &str, quote: char) -> Option<usize> {
    let mut escaped = false;
    let mut characters = css.char_indices().skip(1);
    let (end, _) = characters.find(|&(_, character)| {
        let ends = character == quote && !escaped;
        escaped = character == '\\' && !escaped;
        ends
    })?;
    Some(end + 1)
}

/// Without the space and the comments before it.
fn bare(css: &str) -> &str {
    let mut bare = css.trim();
    loop {
        let comment = bare.strip_prefix("/*").and_then(|rest| rest.split_once("*/"));
        let rest = match comment {
            Some((_, rest)) => rest,
            None => {
                bare.strip_prefix("<!--").or(bare.strip_prefix("-->")).unwrap_or(bare)
            }
        };
        if rest.len() == bare.len() {
            return bare;
        }
        bare = rest.trim_start();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_sound_stays() {
        for css in [
            ".a,.b{fill:red;stroke:url(#g)}#c>d:first-child{font:14px \"A;}B\"}",
            "@media print{a{fill:red}b{fill:blue}}c{fill:green}",
            "@font-face{font-family:x;src:url(data:x;y,z)}",
            "a[b=\"}\"]{c:d}",
        ] {
            assert_eq!(sound_rules(css), css);
        }
        assert_eq!(
            sound_rules("/* x */ a { b : c ; } <!-- d{e:f} -->"),
            "a{b : c}d{e:f}"
        );
    }

    #[test]
    fn what_is_cut_off_or_means_nothing_goes() {
        let whole = "a{b:c}";
        for (css, sound) in [
            ("a{b:c}.u{fill:", whole),
            ("a{b:c}.u", whole),
            ("a{b:c}.u{fill:\"x}", whole),
            ("a{b:c}/* x", whole),
            ("a{b:c}@media print{d{e:f}", whole),
            ("a{b:c}}", whole),
            ("a{b:c;;d;:e;f:;@g}", whole),
            ("a{b:c;d:rgb(1,2}", ""),
            ("a{.e{f:g}b:c}", whole),
            ("{b:c}", ""),
            ("a{}", ""),
            ("é{ö:\\", ""),
            (&"@media{".repeat(100_000), ""),
        ] {
            assert_eq!(sound_rules(css), sound, "{css}");
        }
    }
}
