//! `pdf`: the size of a page, and the space around its text.

use super::reader::{Field, Reader, list};
use super::{Edition, Margins, PdfSettings};
use crate::diag::Code;
use crate::units::{Pt, Size};

/// Sizes with a name. Those of US trade books are named by their inches, and need no entry.
const PRESETS: &[(&str, f64, f64)] = &[
    ("a4", 210.0, 297.0),
    ("a5", 148.0, 210.0),
    ("b5", 176.0, 250.0),
    ("letter", 215.9, 279.4),
];

/// From a pocket book to a large atlas; a print shop takes nothing beyond.
const MIN_SIDE_MM: f64 = 70.0;
const MAX_SIDE_MM: f64 = 600.0;

/// A line of less than this holds no text worth setting.
const LEAST_TEXT: f64 = 40.0;

/// Reads `pdf`.
pub(super) fn read(reader: &mut Reader, field: Field) -> PdfSettings {
    let mut settings = PdfSettings::default();
    let mut fields =
        reader.fields(field.value, "pdf.", &["trim", "edition", "margins", "toc-depth"]);
    if let Some(field) = fields.take("trim")
        && let Some(trim) = trim(reader, &field)
    {
        settings.trim = trim;
    }
    if let Some(field) = fields.take("edition") {
        let choices = [("print", Edition::Print), ("screen", Edition::Screen)];
        settings.edition = reader.choice(&field, &choices).unwrap_or_default();
    }
    if let Some(field) = fields.take("toc-depth") {
        settings.toc_depth = reader.number(&field, 1, 6).unwrap_or(settings.toc_depth);
    }
    if let Some(field) = fields.take("margins") {
        settings.margins = margins(reader, field, settings.trim);
    }
    settings
}

fn trim(reader: &mut Reader, field: &Field) -> Option<Size> {
    let text = field.value.text().unwrap_or_default().to_ascii_lowercase();
    let Some(size) = size(&text) else {
        let names: Vec<&str> = PRESETS.iter().map(|(name, ..)| *name).collect();
        return reader.misfit(
            field,
            format!("it takes {}, or a width and height such as `6x9in`", list(&names)),
        );
    };
    let bounds = Pt::mm(MIN_SIDE_MM)..=Pt::mm(MAX_SIDE_MM);
    if bounds.contains(&size.width) && bounds.contains(&size.height) {
        return Some(size);
    }
    reader.misfit(
        field,
        format!("each side must be from {MIN_SIDE_MM} mm to {MAX_SIDE_MM} mm long"),
    )
}

/// A preset, or `WIDTHxHEIGHT` and a unit.
fn size(text: &str) -> Option<Size> {
    if let Some((_, width, height)) = PRESETS.iter().find(|(name, ..)| *name == text) {
        return Some(Size { width: Pt::mm(*width), height: Pt::mm(*height) });
    }
    let (width, height) = text.split_once(['x', '×'])?;
    let height = height.trim();
    let unit = &height[height.find(|c: char| c.is_ascii_alphabetic())?..];
    let width = length(&format!("{}{unit}", width.trim().trim_end_matches(unit)))?;
    Some(Size { width, height: length(height)? })
}

/// A number and a unit.
fn length(text: &str) -> Option<Pt> {
    let text = text.trim();
    let (number, unit) = text.split_at(text.find(|c: char| c.is_ascii_alphabetic())?);
    let number: f64 = number.trim().parse().ok().filter(|n: &f64| n.is_finite())?;
    match unit {
        "mm" => Some(Pt::mm(number)),
        "cm" => Some(Pt::mm(number * 10.0)),
        "in" => Some(Pt::inches(number)),
        "pt" => Some(Pt(number)),
        _ => None,
    }
}

fn margins(reader: &mut Reader, field: Field, trim: Size) -> Option<Margins> {
    const SIDES: [&str; 4] = ["top", "bottom", "inside", "outside"];
    let span = field.value.span;
    let mut fields = reader.fields(field.value, "pdf.margins.", &SIDES);
    let mut side = |name: &str| {
        let Some(field) = fields.take(name) else {
            let message = format!("`pdf.margins` has no `{name}`");
            let hint = "give all four: `top`, `bottom`, `inside` and `outside`";
            reader.error(Code::MissingKey, span, message, hint);
            return None;
        };
        let text = field.value.text().unwrap_or_default().to_ascii_lowercase();
        let length = length(&text).filter(|length| *length >= Pt::ZERO);
        length.or_else(|| reader.misfit(&field, "it takes a length, such as `18mm`"))
    };
    let [top, bottom, inside, outside] = SIDES.map(&mut side);
    let margins =
        Margins { top: top?, bottom: bottom?, inside: inside?, outside: outside? };
    let width = trim.width - margins.inside - margins.outside;
    let height = trim.height - margins.top - margins.bottom;
    if width.min(height) < Pt::mm(LEAST_TEXT) {
        let message = "these margins leave no room for text";
        let hint = format!("the text needs {LEAST_TEXT} mm in width and height");
        reader.error(Code::InvalidValue, span, message, hint);
    }
    Some(margins)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_by_name_and_by_number() {
        assert_eq!(size("6x9in").unwrap().height, Pt(648.0));
        assert_eq!(size("5.5x8.5in").unwrap().width, Pt(396.0));
        assert_eq!(size("140mm x 216mm").unwrap().width, Pt::mm(140.0));
        assert_eq!(size("14 × 21.6 cm").unwrap().height, Pt::mm(216.0));
        assert_eq!(size("a5").unwrap().width, Pt::mm(148.0));
        for bad in ["a9", "6x9", "x", "6x9miles", "nanxinfin", ""] {
            assert_eq!(size(bad), None, "{bad}");
        }
    }
}
