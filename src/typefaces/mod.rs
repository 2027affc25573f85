//! The typefaces in the binary, those that a theme names and no others: Libertinus Serif, Source
//! Sans 3, DejaVu Sans Mono, STIX Two Math. Each stands in a folder with its licence.

mod subset;

use std::sync::Arc;

use resvg::usvg::fontdb::{Database, Source};

pub(crate) use subset::subset;

/// The serif that `serif` stands for.
pub(crate) const SERIF: &str = "Libertinus Serif";
/// The sans that `sans-serif` stands for.
pub(crate) const SANS: &str = "Source Sans 3";
/// The mono that `monospace` stands for.
pub(crate) const MONO: &str = "DejaVu Sans Mono";

/// What formulas are set in.
pub(crate) const MATH: &str = "STIX Two Math";

/// Libertinus Serif, version 7.051, under the SIL Open Font License.
const LIBERTINUS_SERIF: [&[u8]; 4] = [
    include_bytes!("libertinus-serif/LibertinusSerif-Regular.otf"),
    include_bytes!("libertinus-serif/LibertinusSerif-Bold.otf"),
    include_bytes!("libertinus-serif/LibertinusSerif-Italic.otf"),
    include_bytes!("libertinus-serif/LibertinusSerif-BoldItalic.otf"),
];

/// DejaVu Sans Mono, version 2.37, under the licence of Bitstream Vera.
const DEJAVU_SANS_MONO: [&[u8]; 4] = [
    include_bytes!("dejavu-sans-mono/DejaVuSansMono-Bold.ttf"),
    include_bytes!("dejavu-sans-mono/DejaVuSansMono-BoldOblique.ttf"),
    include_bytes!("dejavu-sans-mono/DejaVuSansMono-Oblique.ttf"),
    include_bytes!("dejavu-sans-mono/DejaVuSansMono.ttf"),
];

/// STIX Two Math, version 2.13, under the SIL Open Font License.
const STIX: &[u8] = include_bytes!("stix-two-math/STIXTwoMath-Regular.otf");

/// Adobe's Source Sans 3, version 3.052, under the SIL Open Font License.
const SOURCE_SANS: [&[u8]; 4] = [
    include_bytes!("source-sans/SourceSans3-Regular.otf"),
    include_bytes!("source-sans/SourceSans3-It.otf"),
    include_bytes!("source-sans/SourceSans3-Bold.otf"),
    include_bytes!("source-sans/SourceSans3-BoldIt.otf"),
];

/// The font files, in an order that is the same in each build.
pub(crate) fn bundled() -> impl Iterator<Item = &'static [u8]> {
    let text = LIBERTINUS_SERIF.into_iter().chain(DEJAVU_SANS_MONO);
    text.chain(SOURCE_SANS).chain([STIX])
}

/// The font file for formulas.
pub(crate) fn math() -> &'static [u8] {
    STIX
}

/// The bytes of a font file, shared by all that read them.
pub(crate) type FontData = Arc<dyn AsRef<[u8]> + Send + Sync>;

/// The fonts for text in SVG pictures: those of the binary, and before them others.
pub(crate) fn database(others: impl IntoIterator<Item = FontData>) -> Database {
    let mut database = Database::new();
    for font in others {
        database.load_font_source(Source::Binary(font));
    }
    for font in bundled() {
        // The database keeps the address of these bytes, not a copy of them.
        database.load_font_source(Source::Binary(Arc::new(font)));
    }
    database.set_serif_family(SERIF);
    database.set_sans_serif_family(SANS);
    database.set_monospace_family(MONO);
    database
}
