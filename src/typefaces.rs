//! The typefaces in the binary: Libertinus Serif, DejaVu Sans Mono, New Computer Modern.

use resvg::usvg::fontdb::Database;

/// The font files, in an order that is the same in each build.
pub fn bundled() -> impl Iterator<Item = &'static [u8]> {
    typst_assets::fonts()
}

/// The fonts for text in SVG pictures.
pub fn database() -> Database {
    let mut database = Database::new();
    for font in bundled() {
        database.load_font_data(font.to_vec());
    }
    database.set_serif_family("Libertinus Serif");
    database.set_sans_serif_family("Libertinus Serif");
    database.set_monospace_family("DejaVu Sans Mono");
    database
}
