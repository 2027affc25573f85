//! Formulas in spoken words, for those who hear a book.

use std::borrow::Cow;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use unicode_normalization::UnicodeNormalization;

use super::Math;

impl Math {
    /// The formula as someone reads it aloud, in English; in other languages its source.
    pub(crate) fn spoken(&self, language: &str) -> Cow<'_, str> {
        let english = language.split('-').next() == Some("en");
        let tree = self.mathml.as_deref().filter(|_| english).and_then(read);
        let words = tree.map(|tree| words(&tree).trim_matches([',', ' ']).to_owned());
        match words {
            Some(words) if !words.is_empty() => words.into(),
            // Space alone, and marks that have no words.
            _ if self.source.is_empty() => "…".into(),
            _ => self.source.as_str().into(),
        }
    }
}

/// A MathML element, and what of it is heard.
#[derive(Debug, Default)]
struct Node {
    name: String,
    /// Whether it is a fraction without a bar.
    bare: bool,
    /// Whether its letters are bold where others are not.
    bold: bool,
    /// What is drawn about it.
    drawn: &'static str,
    text: String,
    children: Vec<Node>,
}

/// The deepest that elements are read into one another.
const MAX_FORMULA_DEPTH: usize = 200;

/// The tree of a formula; none if it is not well formed.
fn read(mathml: &str) -> Option<Node> {
    let mut reader = Reader::from_str(mathml);
    let mut open = vec![Node::default()];
    loop {
        match reader.read_event().ok()? {
            Event::Start(tag) if open.len() < MAX_FORMULA_DEPTH => open.push(node(&tag)),
            Event::Start(_) => return None,
            Event::Empty(tag) => open.last_mut()?.children.push(node(&tag)),
            Event::End(_) => {
                let done = open.pop()?;
                open.last_mut()?.children.push(done);
            }
            Event::Text(text) => open.last_mut()?.text.push_str(&text),
            Event::GeneralRef(reference) => {
                let character = match &*reference {
                    "lt" => '<',
                    "gt" => '>',
                    "amp" => '&',
                    _ => reference.resolve_char_ref().ok().flatten()?,
                };
                open.last_mut()?.text.push(character);
            }
            Event::Eof => break,
            _ => {}
        }
    }
    open.pop().filter(|_| open.is_empty())
}

fn node(tag: &BytesStart) -> Node {
    let thickness = tag.try_get_attribute("linethickness").ok().flatten();
    let bare = thickness.is_some_and(|it| it.value.starts_with('0'));
    let has = |name: &str, part: &str| {
        let attribute = tag.try_get_attribute(name).ok().flatten();
        attribute.is_some_and(|it| it.value.contains(part))
    };
    let drawn = match tag.name().as_ref() {
        "menclose" if has("notation", "strike") => "crossed out",
        "menclose" => "boxed",
        "mrow" if has("style", "border:") => "boxed",
        _ => "",
    };
    let bold = has("mathvariant", "bold");
    let name = tag.name().as_ref().to_owned();
    Node { name, bare, bold, drawn, ..Node::default() }
}

/// What an element says.
fn words(node: &Node) -> String {
    let parts: Vec<&Node> = node.children.iter().collect();
    if !node.drawn.is_empty() {
        return closed(node.drawn, &joined(node), node.drawn);
    }
    match (node.name.as_str(), parts.as_slice()) {
        ("mtext", _) if node.bold && node.text.trim().chars().count() == 1 => {
            format!("bold {}", token(&node.text))
        }
        ("mi" | "mn" | "mtext" | "ms", _) => token(&node.text),
        ("mo", _) => operator(&node.text),
        ("mspace", _) => String::new(),
        ("mfrac", [above, below]) => fraction(above, below, node.bare),
        ("msqrt", _) => closed("the square root of", &joined(node), "root"),
        ("mroot", [of, index]) => match words(index).as_str() {
            "3" => closed("the cube root of", &words(of), "root"),
            index => closed(&format!("the root of order {index} of"), &words(of), "root"),
        },
        ("msup", [base, power]) => format!("{} {}", words(base), to_power(power)),
        ("msub", [base, index]) => below(base, index),
        ("munder", [base, under]) => below(base, under),
        ("msubsup" | "munderover", [base, low, high]) => between(base, low, high),
        ("mover", [base, mark]) => above(base, mark),
        ("mtable", rows) => table(rows),
        _ => joined(node),
    }
}

/// What all that an element holds says, one after the other.
fn joined(node: &Node) -> String {
    let said: Vec<String> = node.children.iter().map(words).collect();
    let said: Vec<&str> =
        said.iter().map(String::as_str).filter(|it| !it.is_empty()).collect();
    said.join(" ").replace(" ,", ",")
}

/// Words whose end is said where it could be missed.
fn closed(beginning: &str, of: &str, end: &str) -> String {
    if of.contains(' ') {
        format!("{beginning} {of}, end {end},")
    } else {
        format!("{beginning} {of}")
    }
}

fn fraction(above: &Node, below: &Node, bare: bool) -> String {
    let (above, below) = (words(above), words(below));
    match (bare, above.contains(' ') || below.contains(' ')) {
        (true, _) => format!("{above} above {below}"),
        (false, false) => format!("{above} over {below}"),
        (false, true) => format!("the fraction {above} over {below}, end fraction,"),
    }
}

fn to_power(power: &Node) -> String {
    match words(power).as_str() {
        "2" => "squared".to_owned(),
        "3" => "cubed".to_owned(),
        primes @ ("prime" | "double prime" | "triple prime") => primes.to_owned(),
        other => closed("to the power of", other, "power"),
    }
}

/// Whether an operator takes what is below and above it for its limits.
fn is_large(base: &Node) -> bool {
    let text = inner_text(base);
    matches!(text.trim(), "∑" | "∏" | "∐" | "∫" | "∬" | "∭" | "∮" | "⋃" | "⋂" | "⨁" | "⨂")
}

fn below(base: &Node, low: &Node) -> String {
    let (said, low) = (words(base), words(low));
    match inner_text(base).trim() {
        "lim" | "lim sup" | "lim inf" => format!("the limit as {low} of"),
        "max" | "min" | "sup" | "inf" => format!("{said} over {low} of"),
        _ if is_large(base) => format!("{said} over {low} of"),
        _ if low.contains(' ') => format!("{said} sub {low}, end sub,"),
        _ => format!("{said} sub {low}"),
    }
}

fn between(base: &Node, low: &Node, high: &Node) -> String {
    if is_large(base) {
        return format!("{} from {} to {} of", words(base), words(low), words(high));
    }
    format!("{} {}", below(base, low), to_power(high))
}

fn above(base: &Node, mark: &Node) -> String {
    let said = words(base);
    let mark = match inner_text(mark).trim() {
        "^" | "ˆ" | "\u{302}" => "hat",
        "\u{203e}" | "¯" | "_" | "\u{304}" | "\u{332}" => "bar",
        "→" | "\u{20d7}" => "vector",
        "~" | "˜" | "\u{303}" => "tilde",
        "˙" | "." | "\u{307}" => "dot",
        "¨" | "\u{308}" => "double dot",
        "⏞" => return said,
        _ => return format!("{said} with {} above", words(mark)),
    };
    format!("{said} {mark}")
}

fn table(rows: &[&Node]) -> String {
    let mut said = Vec::new();
    for (row, number) in rows.iter().zip(1..) {
        let cells = row.children.iter().map(words).filter(|cell| !cell.is_empty());
        let cells: Vec<String> = cells.collect();
        said.push(format!("row {number}: {}", cells.join(", ")));
    }
    let rows = if rows.len() == 1 { "row" } else { "rows" };
    format!("{} {rows}, {}, end of rows,", said.len(), said.join("; "))
}

/// All text that an element has.
fn inner_text(node: &Node) -> String {
    let inner: String = node.children.iter().map(inner_text).collect();
    format!("{}{inner}", node.text)
}

/// A letter, number or word: letters of mathematical alphabets as plain ones, Greek by name.
fn token(text: &str) -> String {
    let text = text.trim();
    let mut characters = text.chars();
    let (Some(only), None) = (characters.next(), characters.next()) else {
        return text.to_owned();
    };
    if let Some((_, name)) = SYMBOLS.iter().find(|(symbol, _)| *symbol == text) {
        return (*name).to_owned();
    }
    let plain: String = only.to_string().nfkc().collect();
    let lower = plain.to_lowercase();
    match GREEK.iter().find(|(letter, _)| *letter == lower) {
        Some((_, name)) if plain == lower => (*name).to_owned(),
        Some((_, name)) => format!("capital {name}"),
        None => plain,
    }
}

fn operator(text: &str) -> String {
    let text = text.trim();
    let known = SYMBOLS.iter().find(|(symbol, _)| *symbol == text);
    known.map_or_else(|| token(text), |(_, name)| (*name).to_owned())
}

const GREEK: [(&str, &str); 29] = [
    ("α", "alpha"),
    ("β", "beta"),
    ("γ", "gamma"),
    ("δ", "delta"),
    ("ε", "epsilon"),
    ("ϵ", "epsilon"),
    ("ζ", "zeta"),
    ("η", "eta"),
    ("θ", "theta"),
    ("ϑ", "theta"),
    ("ι", "iota"),
    ("κ", "kappa"),
    ("λ", "lambda"),
    ("μ", "mu"),
    ("ν", "nu"),
    ("ξ", "xi"),
    ("ο", "omicron"),
    ("π", "pi"),
    ("ϖ", "pi"),
    ("ρ", "rho"),
    ("σ", "sigma"),
    ("ς", "sigma"),
    ("τ", "tau"),
    ("υ", "upsilon"),
    ("φ", "phi"),
    ("ϕ", "phi"),
    ("χ", "chi"),
    ("ψ", "psi"),
    ("ω", "omega"),
];

const SYMBOLS: [(&str, &str); 78] = [
    ("+", "plus"),
    ("-", "minus"),
    ("−", "minus"),
    ("±", "plus or minus"),
    ("∓", "minus or plus"),
    ("=", "equals"),
    ("≠", "is not equal to"),
    ("≡", "is congruent to"),
    ("≈", "is about"),
    ("∼", "is similar to"),
    ("≅", "is isomorphic to"),
    ("∝", "is proportional to"),
    ("<", "is less than"),
    (">", "is greater than"),
    ("≤", "is at most"),
    ("≥", "is at least"),
    ("⩽", "is at most"),
    ("⩾", "is at least"),
    ("≪", "is much less than"),
    ("≫", "is much greater than"),
    ("×", "times"),
    ("·", "times"),
    ("⋅", "times"),
    ("∗", "star"),
    ("∘", "composed with"),
    ("÷", "divided by"),
    ("/", "over"),
    ("∈", "in"),
    ("∉", "not in"),
    ("⊂", "is a subset of"),
    ("⊆", "is a subset of"),
    ("⊃", "is a superset of"),
    ("∪", "union"),
    ("∩", "intersection"),
    ("∖", "without"),
    ("∅", "the empty set"),
    ("→", "to"),
    ("↦", "maps to"),
    ("⇒", "implies"),
    ("⇔", "if and only if"),
    ("∀", "for all"),
    ("∃", "there is"),
    ("¬", "not"),
    ("∧", "and"),
    ("∨", "or"),
    ("∞", "infinity"),
    ("∂", "partial"),
    ("∇", "nabla"),
    ("∑", "the sum"),
    ("∏", "the product"),
    ("∫", "the integral"),
    ("∬", "the double integral"),
    ("∮", "the contour integral"),
    ("⋃", "the union"),
    ("⋂", "the intersection"),
    ("ℕ", "the natural numbers"),
    ("ℤ", "the integers"),
    ("ℚ", "the rational numbers"),
    ("ℝ", "the real numbers"),
    ("ℂ", "the complex numbers"),
    ("(", "open parenthesis"),
    (")", "close parenthesis"),
    ("[", "open bracket"),
    ("]", "close bracket"),
    ("{", "open brace"),
    ("}", "close brace"),
    ("|", "bar"),
    ("∣", "bar"),
    ("‖", "double bar"),
    ("!", "factorial"),
    ("′", "prime"),
    ("″", "double prime"),
    ("‴", "triple prime"),
    ("…", "and so on"),
    ("⋯", "and so on"),
    ("\u{2061}", "of"),
    ("\u{2062}", ""),
    ("⏟", "brace"),
];

#[cfg(test)]
mod tests {
    use super::*;

    fn spoken(mathml: &str) -> String {
        let math = Math {
            source: "x".to_owned(),
            mathml: Some(format!("<math>{mathml}</math>")),
        };
        math.spoken("en-GB").into_owned()
    }

    #[test]
    fn formulas_are_read_aloud() {
        let square = "<msup><mi>a</mi><mn>2</mn></msup><mo>+</mo><mi>β</mi><mo>&lt;</mo><mi>Γ</mi>";
        assert_eq!(spoken(square), "a squared plus beta is less than capital gamma");
        let half = "<mfrac><mn>1</mn><mn>2</mn></mfrac>";
        assert_eq!(spoken(half), "1 over 2");
        let root = "<msqrt><mi>x</mi><mo>−</mo><mn>1</mn></msqrt><mo>=</mo><mn>0</mn>";
        assert_eq!(spoken(root), "the square root of x minus 1, end root, equals 0");
        let sum = "<munderover><mo>∑</mo><mrow><mi>i</mi><mo>=</mo><mn>1</mn></mrow><mi>n</mi></munderover>\
            <msub><mi>x</mi><mi>i</mi></msub>";
        assert_eq!(spoken(sum), "the sum from i equals 1 to n of x sub i");
        let limit = "<munder><mo>lim</mo><mrow><mi>x</mi><mo>→</mo><mn>0</mn></mrow></munder><mi>f</mi>";
        assert_eq!(spoken(limit), "the limit as x to 0 of f");
        let rows =
            "<mtable><mtr><mtd><mn>1</mn></mtd><mtd><mn>2</mn></mtd></mtr></mtable>";
        assert_eq!(spoken(rows), "1 row, row 1: 1, 2, end of rows");
    }

    #[test]
    fn other_languages_have_the_source() {
        let math = Math {
            source: "a^2".to_owned(),
            mathml: Some("<math><mi>a</mi></math>".to_owned()),
        };
        assert_eq!(math.spoken("de"), "a^2");
        assert_eq!(math.spoken("en"), "a");
        let torn =
            Math { source: "a^2".to_owned(), mathml: Some("<math><mi>a".to_owned()) };
        assert_eq!(torn.spoken("en"), "a^2");
    }
}
