//! The object that a script exports, as Eleventy's data files do, where it is written as data.

/// Where a literal begins, by how modules export it.
const EXPORTS: [&str; 2] = ["export default", "module.exports"];

/// What a script exports as YAML, which reads the literals of objects too, and where that begins.
/// None if it is computed.
pub(super) fn exported(script: &str) -> Option<(usize, String)> {
    let plain = without_remarks(script);
    let after = EXPORTS.iter().find_map(|mark| Some(plain.find(mark)? + mark.len()))?;
    let rest = plain[after..].trim_start_matches(|c: char| c.is_whitespace() || c == '=');
    let start = plain.len() - rest.len();
    let end = start + end_of_literal(rest)?;
    // A module may say more below, which is no data.
    Some((start, plain[start..end].replace('\t', " ")))
}

/// A script with spaces for its remarks, so that all else stays at its place.
fn without_remarks(script: &str) -> String {
    let mut plain = String::with_capacity(script.len());
    let mut rest = script;
    while let Some(c) = rest.chars().next() {
        let length = match rest.get(..2) {
            Some("//") => rest.find('\n').unwrap_or(rest.len()),
            Some("/*") => rest.find("*/").map_or(rest.len(), |end| end + 2),
            _ if matches!(c, '"' | '\'' | '`') => {
                let length = end_of_text(rest, c);
                plain.push_str(&rest[..length]);
                rest = &rest[length..];
                continue;
            }
            _ => {
                plain.push(c);
                rest = &rest[c.len_utf8()..];
                continue;
            }
        };
        let blank =
            |c: char| if c == '\n' { "\n".to_owned() } else { " ".repeat(c.len_utf8()) };
        plain.extend(rest[..length].chars().map(blank));
        rest = &rest[length..];
    }
    plain
}

/// How long the text in quotes is with which a script goes on.
fn end_of_text(script: &str, quote: char) -> usize {
    let mut escaped = false;
    for (at, c) in script.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            c if c == quote => return at + 1,
            _ => {}
        }
    }
    script.len()
}

/// How long the object is with which a script goes on; none if something in it is computed.
fn end_of_literal(script: &str) -> Option<usize> {
    if !script.starts_with('{') {
        return None;
    }
    let (mut depth, mut at) = (0_usize, 0);
    while let Some(c) = script[at..].chars().next() {
        match c {
            '"' | '\'' => {
                at += end_of_text(&script[at..], c);
                continue;
            }
            '{' | '[' => depth += 1,
            '}' | ']' => depth -= 1,
            '`' | '(' | ')' | ';' | '=' | '$' => return None,
            _ => {}
        }
        at += c.len_utf8();
        if depth == 0 {
            return Some(at);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_object_is_found_where_it_is_data() {
        let script = "// Of the site.\nexport default {\n\ttitle: \"A // b }\", /* x */\n\tn: [1],\n};\n";
        let (start, yaml) = exported(script).unwrap();
        assert_eq!(&script[start..=start], "{");
        assert!(yaml.starts_with("{\n title: \"A // b }\",") && yaml.ends_with("],\n}"));
        assert_eq!(exported("module.exports = { a: 'b' }; x()").unwrap().1, "{ a: 'b' }");
        for computed in [
            "module.exports = async () => ({ a: 1 })",
            "export default { a: now() }",
            "export default { a: `b` }",
            "export default {",
            "let a = 1",
            "",
        ] {
            assert_eq!(exported(computed), None, "{computed}");
        }
    }
}
