//! Addresses within a text, made those that they are on the web (RFC 3986, section 5).

use crate::html_to_markdown::tree::Node;

/// The address that a reference stands for in a document that has an address.
pub(super) fn resolved(base: &str, reference: &str) -> String {
    let reference = reference.trim();
    if reference.is_empty() || base.is_empty() || has_scheme(reference) {
        return reference.to_owned();
    }
    let Some((scheme, rest)) = base.split_once("://") else {
        return reference.to_owned();
    };
    if let Some(after) = reference.strip_prefix("//") {
        return format!("{scheme}://{after}");
    }
    let (host, path) =
        rest.find(['/', '?', '#']).map_or((rest, ""), |at| rest.split_at(at));
    let path = path.split(['?', '#']).next().unwrap_or_default();
    let whole = match reference.chars().next() {
        Some('#') => {
            return format!("{}{reference}", base.split('#').next().unwrap_or(base));
        }
        Some('?') => format!("{path}{reference}"),
        Some('/') => reference.to_owned(),
        _ => {
            let folder = path.rfind('/').map_or("/", |at| &path[..=at]);
            format!("{folder}{reference}")
        }
    };
    format!("{scheme}://{host}{}", without_dots(&whole))
}

fn has_scheme(reference: &str) -> bool {
    let end = reference.find(|c: char| !(c.is_ascii_alphanumeric() || "+-.".contains(c)));
    end.is_some_and(|end| end > 0 && reference[end..].starts_with(':'))
}

fn without_dots(path: &str) -> String {
    let end = path.find(['?', '#']).unwrap_or(path.len());
    let (path, rest) = path.split_at(end);
    let mut kept: Vec<&str> = Vec::new();
    let parts: Vec<&str> =
        path.split('/').skip(usize::from(path.starts_with('/'))).collect();
    for (at, part) in parts.iter().enumerate() {
        let last = at + 1 == parts.len();
        match *part {
            ".." => {
                kept.pop();
            }
            "." => {}
            part => kept.push(part),
        }
        if last && matches!(*part, "." | "..") {
            kept.push("");
        }
    }
    format!("/{}{rest}", kept.join("/"))
}

/// Makes the addresses in a text those that they are on the web. Places within the text stay.
pub(super) fn absolute(nodes: &mut [Node], base: &str) {
    for node in nodes {
        let Node::Element(element) = node else { continue };
        let own = element.get("xml:base").map(|own| resolved(base, own));
        let base = own.as_deref().unwrap_or(base);
        for (key, value) in &mut element.attributes {
            let is_address = match key.as_str() {
                "href" => !value.starts_with('#'),
                "src" | "data-src" | "cite" | "poster" | "data" => true,
                _ => false,
            };
            if is_address {
                *value = resolved(base, value);
            }
        }
        absolute(&mut element.children, base);
    }
}

/// The last part of an address's path that is a name.
pub(super) fn slug(address: &str) -> String {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    let path = rest.split(['?', '#']).next().unwrap_or_default();
    let (_, path) = path.split_once('/').unwrap_or_default();
    let name = path.split('/').rfind(|part| !part.is_empty()).unwrap_or_default();
    let stem = match name.rsplit_once('.') {
        Some((stem, "html" | "htm" | "php" | "aspx" | "md")) => stem,
        _ => name,
    };
    let name = crate::address::percent_decode(stem);
    // A number, or what a program counts posts by, names nothing.
    if name.chars().any(char::is_alphabetic) { name } else { String::new() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_resolved() {
        let base = "https://a.example/b/c/d?q#f";
        for (reference, address) in [
            ("g", "https://a.example/b/c/g"),
            ("./g", "https://a.example/b/c/g"),
            ("g/", "https://a.example/b/c/g/"),
            ("/g", "https://a.example/g"),
            ("//h.example/g", "https://h.example/g"),
            ("?y", "https://a.example/b/c/d?y"),
            ("#s", "https://a.example/b/c/d?q#s"),
            ("../g?x=../y", "https://a.example/b/g?x=../y"),
            ("../../../g", "https://a.example/g"),
            ("..", "https://a.example/b/"),
            ("mailto:a@b.example", "mailto:a@b.example"),
            ("", ""),
        ] {
            assert_eq!(resolved(base, reference), address, "{reference}");
        }
        assert_eq!(resolved("https://a.example", "g"), "https://a.example/g");
        assert_eq!(resolved("", "g"), "g");
    }

    #[test]
    fn slugs_are_names() {
        assert_eq!(slug("https://a.example/2020/01/the-boat.html?x"), "the-boat");
        assert_eq!(slug("https://a.example/%E6%B8%AF/"), "港");
        assert_eq!(slug("https://a.example/?p=12"), "");
        assert_eq!(slug("https://a.example/archives/000123.html"), "");
    }
}
