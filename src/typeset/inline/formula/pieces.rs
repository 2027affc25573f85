//! Pieces of a formula between which a line may end: after relations, binary operators and commas, as
//! TeX has it (The TeXbook, chapter 18), at the outer level as long as its pieces are short enough.

use quick_xml::Writer;
use quick_xml::events::{BytesStart, Event};

use super::tables;

/// The MathML of a piece, and the space after it where no line ends there, in em.
pub(super) struct PieceSource {
    pub(super) mathml: String,
    pub(super) space: f64,
}

/// The space around relations, binary operators, and after punctuation, in em (The TeXbook, chapter
/// 18: thick, medium and thin).
const THICK: f64 = 5.0 / 18.0;
const MEDIUM: f64 = 4.0 / 18.0;
const THIN: f64 = 3.0 / 18.0;

/// The pieces of a formula, rows within it opened down to a depth; none if it has no place to break.
pub(super) fn pieces(mathml: &str, depth: usize) -> Vec<PieceSource> {
    cut(mathml, depth).filter(|pieces| pieces.len() > 1).unwrap_or_default()
}

fn cut(mathml: &str, depth: usize) -> Option<Vec<PieceSource>> {
    let events = tables::events(mathml)?;
    // The elements around the row that is cut: each piece has them too.
    let mut around: Vec<BytesStart> = Vec::new();
    let mut row = events.as_slice();
    loop {
        let children = elements(row);
        let [only] = children.as_slice() else { break };
        let Some(Event::Start(tag)) = only.first() else { break };
        if !matches!(tag.name().as_ref(), "math" | "mrow" | "mstyle" | "semantics") {
            break;
        }
        around.push(tag.borrow());
        row = &only[1..only.len() - 1];
    }
    let mut children = elements(row);
    for _ in 0..depth {
        children = children.into_iter().flat_map(opened).collect();
    }
    let mut pieces = Vec::new();
    let mut piece = Vec::new();
    let mut after_operand = false;
    for (index, child) in children.iter().enumerate() {
        let operator = operator(child);
        let space = operator.and_then(space_after).filter(|_| after_operand);
        after_operand = operator.is_none() || operator.is_some_and(closes);
        piece.push((*child, space.is_some()));
        if let Some(space) = space.filter(|_| index + 1 < children.len()) {
            let mathml = written(&around, &std::mem::take(&mut piece))?;
            pieces.push(PieceSource { mathml, space });
        }
    }
    pieces.push(PieceSource { mathml: written(&around, &piece)?, space: 0.0 });
    Some(pieces)
}

/// The elements of a row, each with all that is in it. Text between them is only space.
fn elements<'e, 'x>(row: &'e [Event<'x>]) -> Vec<&'e [Event<'x>]> {
    let mut elements = Vec::new();
    let (mut depth, mut start) = (0_usize, 0);
    for (at, event) in row.iter().enumerate() {
        match event {
            Event::Start(_) => {
                if depth == 0 {
                    start = at;
                }
                depth += 1;
            }
            Event::End(_) => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    elements.push(&row[start..=at]);
                }
            }
            Event::Empty(_) if depth == 0 => elements.push(&row[at..=at]),
            _ => {}
        }
    }
    elements
}

/// What is in a row, or the element itself if it is none.
fn opened<'e, 'x>(element: &'e [Event<'x>]) -> Vec<&'e [Event<'x>]> {
    match element {
        [Event::Start(tag), inner @ .., Event::End(_)]
            if matches!(tag.name().as_ref(), "mrow" | "mstyle") =>
        {
            elements(inner)
        }
        other => vec![other],
    }
}

/// The character of an operator of one.
fn operator(element: &[Event]) -> Option<char> {
    let [Event::Start(tag), inner @ .., Event::End(_)] = element else { return None };
    if tag.name().as_ref() != "mo" {
        return None;
    }
    let mut text = String::new();
    for event in inner {
        match event {
            Event::Text(part) => text.push_str(part),
            Event::GeneralRef(name) => text.push(match name.as_ref() {
                "lt" => '<',
                "gt" => '>',
                "amp" => '&',
                _ => return Some('\u{0}'),
            }),
            _ => {}
        }
    }
    let mut characters = text.trim().chars();
    let first = characters.next();
    Some(first.filter(|_| characters.next().is_none()).unwrap_or('\u{0}'))
}

/// The space after an operator after which a line may end.
fn space_after(operator: char) -> Option<f64> {
    match operator {
        '=' | '<' | '>' | ':' | '≔' => Some(THICK),
        '\u{2190}'..='\u{21ff}' | '\u{27f0}'..='\u{27ff}' => Some(THICK),
        '∈'..='∍' | '∝' | '∼'..='⊋' | '⊏'..='⊒' | '⊢'..='⊸' | '⋐'..='⋿' => {
            Some(THICK)
        }
        '+' | '-' | '−' | '±' | '∓' | '×' | '·' | '⋅' | '∗' | '∘' | '∖' | '÷' => {
            Some(MEDIUM)
        }
        '∧'..='∪' | '⊌'..='⊎' | '⊓'..='⊡' => Some(MEDIUM),
        ',' | ';' => Some(THIN),
        _ => None,
    }
}

/// Whether what comes after an operator is as if it stood after an operand.
fn closes(operator: char) -> bool {
    matches!(
        operator,
        ')' | ']' | '}' | '⟩' | '⌉' | '⌋' | '|' | '‖' | '!' | '′' | '…' | '⋯'
    )
}

/// A piece with the elements around it. The operator that it ends with keeps its form and loses its
/// space, which no line's end shows.
fn written(around: &[BytesStart], piece: &[(&[Event], bool)]) -> Option<String> {
    let mut out = Writer::new(Vec::new());
    for tag in around {
        out.write_event(Event::Start(tag.borrow())).ok()?;
    }
    for (at, (element, ends)) in piece.iter().enumerate() {
        let (first, rest) = element.split_first()?;
        match first {
            Event::Start(tag) if *ends && at + 1 == piece.len() => {
                let mut operator = BytesStart::new("mo");
                for attribute in tag.attributes().flatten() {
                    if !matches!(attribute.key.as_ref(), "rspace" | "form") {
                        operator.push_attribute(attribute);
                    }
                }
                operator.push_attribute(("form", "infix"));
                operator.push_attribute(("rspace", "0"));
                out.write_event(Event::Start(operator)).ok()?;
            }
            other => out.write_event(other.borrow()).ok()?,
        }
        for event in rest {
            out.write_event(event.borrow()).ok()?;
        }
    }
    for tag in around.iter().rev() {
        out.write_event(Event::End(tag.to_end())).ok()?;
    }
    String::from_utf8(out.into_inner()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_are_cut_after_relations_and_operators() {
        let math = "<math><mrow><mo>-</mo><mi>a</mi><mo>=</mo><mo>-</mo><mi>b</mi><mo>+</mo>\
             <mi>c</mi><mo>&lt;</mo><mi>d</mi></mrow></math>";
        let cut: Vec<(String, bool)> = pieces(math, 0)
            .into_iter()
            .map(|piece| (piece.mathml, piece.space == THICK))
            .collect();
        let row = |inner: &str| format!("<math><mrow>{inner}</mrow></math>");
        let operator = |sign| format!(r#"<mo form="infix" rspace="0">{sign}</mo>"#);
        let expected = [
            (row(&format!("<mo>-</mo><mi>a</mi>{}", operator("="))), true),
            (row(&format!("<mo>-</mo><mi>b</mi>{}", operator("+"))), false),
            (row(&format!("<mi>c</mi>{}", operator("&lt;"))), true),
            (row("<mi>d</mi>"), false),
        ];
        assert_eq!(cut, expected);
    }

    #[test]
    fn a_row_within_is_opened_where_it_must_be() {
        let fenced = "<math><mrow><mo>(</mo><mi>a</mi><mo>,</mo><mi>b</mi><mo>)</mo></mrow>\
             <mi>c</mi></math>";
        assert!(pieces(fenced, 0).is_empty());
        assert_eq!(pieces(fenced, 1).len(), 2);
    }
}
