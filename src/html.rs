//! What HTML says of its elements, for all that reads or writes it.

use html5gum::State;

/// Whether an element holds nothing, and so has no end tag (HTML, section 13.1.2).
pub(crate) fn is_void(name: &str) -> bool {
    matches!(
        name,
        "area"
            | "base"
            | "br"
            | "col"
            | "embed"
            | "hr"
            | "img"
            | "input"
            | "link"
            | "meta"
            | "param"
            | "source"
            | "track"
            | "wbr"
    )
}

/// How the tokenizer reads on after a start tag (HTML, section 13.2.6): in some elements it finds no
/// tags but their own end.
pub(crate) fn state_within(name: &[u8]) -> Option<State> {
    match name {
        b"script" => Some(State::ScriptData),
        b"style" | b"xmp" | b"iframe" | b"noembed" | b"noframes" => Some(State::RawText),
        b"textarea" | b"title" => Some(State::RcData),
        _ => None,
    }
}

/// A name of SVG as SVG writes it: HTML's tokenizer makes all letters small (HTML, section 13.2.6.5).
pub(crate) fn svg_name(lower: &str) -> &str {
    let found = SVG_NAMES.iter().find(|name| name.eq_ignore_ascii_case(lower));
    found.copied().unwrap_or(lower)
}

/// The elements and attributes of SVG that have capitals, those that only move aside.
const SVG_NAMES: [&str; 58] = [
    "baseFrequency",
    "clipPath",
    "clipPathUnits",
    "diffuseConstant",
    "edgeMode",
    "feBlend",
    "feColorMatrix",
    "feComponentTransfer",
    "feComposite",
    "feConvolveMatrix",
    "feDiffuseLighting",
    "feDisplacementMap",
    "feDropShadow",
    "feFlood",
    "feFuncA",
    "feFuncB",
    "feFuncG",
    "feFuncR",
    "feGaussianBlur",
    "feImage",
    "feMerge",
    "feMergeNode",
    "feMorphology",
    "feOffset",
    "feSpecularLighting",
    "feTile",
    "feTurbulence",
    "filterUnits",
    "foreignObject",
    "gradientTransform",
    "gradientUnits",
    "kernelMatrix",
    "lengthAdjust",
    "linearGradient",
    "markerHeight",
    "markerUnits",
    "markerWidth",
    "maskContentUnits",
    "maskUnits",
    "numOctaves",
    "pathLength",
    "patternContentUnits",
    "patternTransform",
    "patternUnits",
    "preserveAspectRatio",
    "primitiveUnits",
    "radialGradient",
    "refX",
    "refY",
    "spreadMethod",
    "startOffset",
    "stdDeviation",
    "stitchTiles",
    "surfaceScale",
    "tableValues",
    "textLength",
    "textPath",
    "viewBox",
];
