//! The typefaces in the binary: Libertinus Serif, Source Sans 3, DejaVu Sans Mono, New Computer
//! Modern, STIX Two Math.

mod subset;

use std::sync::Arc;

use resvg::usvg::fontdb::{Database, Source};

pub use subset::subset;

/// The serif that `serif` stands for.
pub const SERIF: &str = "Libertinus Serif";
/// The sans that `sans-serif` stands for.
pub const SANS: &str = "Source Sans 3";
/// The mono that `monospace` stands for.
pub const MONO: &str = "DejaVu Sans Mono";

/// What formulas are set in.
pub const MATH: &str = "STIX Two Math";

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
pub fn bundled() -> impl Iterator<Item = &'static [u8]> {
    typst_assets::fonts().chain(SOURCE_SANS).chain([STIX])
}

/// The font file for formulas.
pub fn math() -> &'static [u8] {
    STIX
}

/// The bytes of a font file, shared by all that read them.
pub type FontData = Arc<dyn AsRef<[u8]> + Send + Sync>;

/// The fonts for text in SVG pictures: those of the binary, and before them others.
pub fn database(others: impl IntoIterator<Item = FontData>) -> Database {
    let mut database = Database::new();
    for font in others {
        database.load_font_source(Source::Binary(font));
    }
    for font in bundled() {
        database.load_font_data(font.to_vec());
    }
    database.set_serif_family(SERIF);
    database.set_sans_serif_family(SANS);
    database.set_monospace_family(MONO);
    database
}
