//! What a site lets robots read (RFC 9309).

/// The rules of a `robots.txt` that are for us.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Robots {
    /// Patterns of paths, and whether they may be read.
    rules: Vec<(String, bool)>,
}

/// By this name sites may speak to us.
const NAME: &str = "bindery";

/// The most rules that are minded.
const MAX_RULES: usize = 2_000;

impl Robots {
    /// Nothing may be read.
    pub(super) fn closed() -> Self {
        Self { rules: vec![("/".to_owned(), false)] }
    }

    /// Reads the file: the groups for us, or else those for everybody.
    pub(super) fn read(text: &str) -> Self {
        let (mut own, mut all) = (Vec::new(), Vec::new());
        let mut named = false;
        let mut agents: Vec<String> = Vec::new();
        let mut begun = false;
        for line in text.lines() {
            let line = line.split('#').next().unwrap_or_default();
            let Some((key, value)) = line.split_once(':') else { continue };
            let (key, value) = (key.trim().to_ascii_lowercase(), value.trim());
            match key.as_str() {
                "user-agent" => {
                    if std::mem::take(&mut begun) {
                        agents.clear();
                    }
                    agents.push(value.to_ascii_lowercase());
                    named |= value.eq_ignore_ascii_case(NAME);
                }
                "allow" | "disallow" => {
                    begun = true;
                    // An empty `Disallow` forbids nothing.
                    if value.is_empty() || own.len() + all.len() >= MAX_RULES {
                        continue;
                    }
                    let rule = (value.to_owned(), key == "allow");
                    if agents.iter().any(|agent| agent == NAME) {
                        own.push(rule.clone());
                    }
                    if agents.iter().any(|agent| agent == "*") {
                        all.push(rule);
                    }
                }
                _ => begun = true,
            }
        }
        Self { rules: if named { own } else { all } }
    }

    /// Whether a path, with its query, may be read: the longest pattern decides, and of two the
    /// one that allows.
    pub(super) fn allows(&self, path: &str) -> bool {
        let matching = self.rules.iter().filter(|(pattern, _)| matches(pattern, path));
        let longest = matching.max_by_key(|(pattern, allow)| (pattern.len(), *allow));
        longest.is_none_or(|&(_, allow)| allow)
    }
}

/// Whether a pattern fits the beginning of a path; `*` is anything, `$` the end.
fn matches(pattern: &str, path: &str) -> bool {
    let (pattern, to_end) = match pattern.strip_suffix('$') {
        Some(pattern) => (pattern, true),
        None => (pattern, false),
    };
    let mut parts = pattern.split('*');
    let Some(mut rest) = path.strip_prefix(parts.next().unwrap_or_default()) else {
        return false;
    };
    let mut parts = parts.peekable();
    while let Some(part) = parts.next() {
        if to_end && parts.peek().is_none() {
            return rest.ends_with(part);
        }
        match rest.find(part) {
            Some(at) => rest = &rest[at + part.len()..],
            None => return false,
        }
    }
    !to_end || rest.is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_rule_of_the_right_group_decides() {
        let robots = Robots::read(
            "User-agent: *\nDisallow: /\n\nUser-agent: other\nUser-agent: Bindery\n\
             Disallow: /private # not this\nAllow: /private/open\nDisallow: /*.pdf$\nDisallow:\n",
        );
        assert!(robots.allows("/news"));
        assert!(!robots.allows("/private/x"));
        assert!(robots.allows("/private/open/x"));
        assert!(!robots.allows("/a/b.pdf"));
        assert!(robots.allows("/a/b.pdf?x"));
        assert!(!Robots::closed().allows("/"));
        assert!(Robots::read("nonsense").allows("/"));
        assert!(!Robots::read("User-agent: *\nDisallow: /a*b*c\n").allows("/axxbxxc"));
    }
}
