//! What each property does to the frames: a stylesheet a file in `tests/properties/`, the post
//! that it is for in the comment at its head, and beside it what then stands where.

use std::fs;
use std::panic::AssertUnwindSafe;
use std::path::{Path, PathBuf};

use bindery::frames::{
    Color, Folio, Item, ItemKind, Page, Piece, Point, Pt, Rect, SQUARE, TextRun,
};
use bindery::{Formats, Frames, Goal, MemoryWorld, Request, compile};
use jiff::civil::date;

use crate::pages;

/// What holds beneath every case: letters of 10 on 12 points, no space but what a case asks for.
const BASE: &str = "
    html { font: 10pt/12pt 'Libertinus Serif' }
    body, p, h1, h2, ul, ol, dl, dd, blockquote, figure, pre, table, header { margin: 0 }
    h1, .dateline { display: none }
    h2 { font-size: inherit }
    body > * { break-before: page }
    @page { size: 260pt 160pt; margin: 20pt 30pt }
";

const PICTURE: &[u8] =
    b"<svg xmlns='http://www.w3.org/2000/svg' width='80' height='40'><rect width='9' height='9'/></svg>";

/// A case: its name, its post and its stylesheet.
struct Case {
    name: String,
    post: String,
    css: String,
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/properties")
}

fn cases() -> Vec<Case> {
    let mut cases: Vec<Case> = fs::read_dir(folder())
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|it| it == "css"))
        .map(|path| {
            let text = fs::read_to_string(&path).unwrap();
            let name = path.file_stem().unwrap().to_string_lossy().into_owned();
            let (post, css) = text.split_once("*/").expect("a comment at the head");
            let post = post.trim_start_matches("/*").trim().to_owned();
            Case { name, post, css: css.to_owned() }
        })
        .collect();
    cases.sort_by(|a, b| a.name.cmp(&b.name));
    cases
}

/// Sets a post with a stylesheet; nothing may be wrong with either.
fn set(case: &Case, css: &str) -> Frames {
    let mut world = MemoryWorld::new(date(2026, 1, 1));
    world.insert(
        "book.yaml",
        &b"title: Book\nlanguage: en\nstyles: [none, base.css, case.css]\n"[..],
    );
    let post = format!("---\ntitle: Chapter\ndate: 2024-01-01\n---\n\n{}\n", case.post);
    world.insert("manuscript/post.md", post.into_bytes());
    world.insert("manuscript/picture.svg", PICTURE);
    let font = include_bytes!("../../src/typefaces/source-sans/SourceSans3-Bold.otf");
    world.insert("fonts/Own.otf", &font[..]);
    world.insert("imported.css", &b"p { margin-left: 20pt }"[..]);
    world.insert("base.css", BASE.as_bytes());
    world.insert("case.css", css.as_bytes());
    let goal = Goal::Editions(Formats { epub: false, pdf: true });
    let request = Request::default().up_to(goal).keeping_pages();
    let compiled = compile(&world, "book.yaml", &request);
    assert_eq!(compiled.diagnostics, [], "{}", case.name);
    compiled.pages.unwrap()
}

#[test]
fn every_property_does_what_it_says() {
    let mut failed = Vec::new();
    for case in cases() {
        let both = || (dump(&set(&case, "")), dump(&set(&case, &case.css)));
        let Ok((without, with)) = std::panic::catch_unwind(AssertUnwindSafe(both)) else {
            failed.push(case.name);
            continue;
        };
        if with == without {
            failed.push(format!("{} does nothing", case.name));
            continue;
        }
        let mut settings = insta::Settings::clone_current();
        settings.set_snapshot_path(folder());
        settings.set_prepend_module_to_snapshot(false);
        settings.set_omit_expression(true);
        let check = || settings.bind(|| insta::assert_snapshot!(case.name.clone(), with));
        let checked = std::panic::catch_unwind(AssertUnwindSafe(check));
        failed.extend(checked.is_err().then_some(case.name));
    }
    assert!(failed.is_empty(), "{failed:?}");
}

/// Each selector, property and rule in the tables of `docs/styling.md` has a case.
#[test]
fn whatever_the_documentation_lists_has_a_case() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let text = fs::read_to_string(root.join("docs/styling.md")).unwrap();
    let (_, text) = text.split_once("\n## Selectors").expect("selectors");
    let squeezed = |text: &str| text.split_whitespace().collect::<String>();
    let all: String = cases().iter().map(|case| squeezed(&case.css)).collect();
    let mut missing = Vec::new();
    let mut count = 0;
    for row in text.lines().filter(|line| line.starts_with("| `")) {
        let cell = row.trim_start_matches("| ").split(" | ").next().unwrap_or_default();
        for name in cell.split('`').skip(1).step_by(2) {
            let is_property =
                name.len() > 2 && name.chars().all(|c| matches!(c, 'a'..='z' | '-'));
            let colon = if is_property { ":" } else { "" };
            let wanted = format!("{}{colon}", squeezed(&name.replace("\\|", "|")));
            count += 1;
            if !all.contains(&wanted) {
                missing.push(name.to_owned());
            }
        }
    }
    assert!(count > 150 && missing.is_empty(), "{count}, without a case: {missing:?}");
}

/// What stands on the chapter's pages, in points from the upper left.
pub(crate) fn dump(frames: &Frames) -> String {
    let mut text = String::new();
    let is_text = |page: &&Page| matches!(page.folio, Folio::Arabic(_));
    let colophon = frames.pages.len() - 1;
    let chapter = &frames.pages[..colophon];
    for page in chapter.iter().filter(is_text) {
        let size = page.size;
        text += &format!(
            "=== {} ({}×{})",
            page.folio,
            round(size.width.0),
            round(size.height.0)
        );
        if page.slug.0 > 0.0 {
            text += &format!(" in {} more", round(page.slug.0));
        }
        text += "\n";
        let mut rest = page.items.as_slice();
        while let Some(first) = rest.first() {
            let alike =
                rest.iter().take_while(|item| goes_on(first, item)).count().max(1);
            let (group, others) = rest.split_at(alike);
            text += &line(frames, group);
            rest = others;
        }
    }
    text
}

fn run(item: &Item) -> Option<&TextRun> {
    match &item.kind {
        ItemKind::Text(run) => Some(run),
        _ => None,
    }
}

/// Whether text goes on with the same letters on the same line.
fn goes_on(first: &Item, item: &Item) -> bool {
    let (Some(a), Some(b)) = (run(first), run(item)) else { return false };
    a.font == b.font && a.size == b.size && a.color == b.color && a.origin.y == b.origin.y
}

fn line(frames: &Frames, group: &[Item]) -> String {
    match &group[0].kind {
        ItemKind::Text(run) => {
            let words: String =
                group.iter().filter_map(self::run).map(pages::run_text).collect();
            let mut end = group
                .iter()
                .filter_map(self::run)
                .map(|run| run.origin.x + pages::width(run));
            let end = end.next_back().unwrap_or_default();
            let color = match run.color {
                Color::BLACK => String::new(),
                other => format!(" {}", color(other)),
            };
            let font = &frames.fonts[run.font.index()].name;
            let glyphs = glyphs(group);
            format!(
                "{} to {} {font} {}{color}: {}{glyphs}\n",
                point(run.origin),
                round(end.0),
                round(run.size.0),
                words.replace('\u{a0}', "~")
            )
        }
        ItemKind::Fill { area, radius, color: ink } => {
            let corners = corners(*radius);
            format!("  fill {} {}{corners}\n", rect(*area), color(*ink))
        }
        ItemKind::Outline { area, radius, width, color: ink, style } => {
            let (area, corners) = (rect(*area), corners(*radius));
            format!(
                "  outline {area} {} {} {style:?}{corners}\n",
                round(width.0),
                color(*ink)
            )
        }
        ItemKind::Line { from, to, width, color: ink, style } => {
            let (from, to) = (point(*from), point(*to));
            format!(
                "  line {from} to {to} {} {} {style:?}\n",
                round(width.0),
                color(*ink)
            )
        }
        ItemKind::Picture { area, .. } => format!("  picture {}\n", rect(*area)),
        ItemKind::Qr { area, .. } => format!("  code {}\n", rect(*area)),
        ItemKind::Rotated(rotated) => {
            let item = Item { kind: rotated.kind.clone(), mark: group[0].mark };
            format!("on its side at {}: {}", point(rotated.corner), line(frames, &[item]))
        }
    }
}

/// Which glyphs a few words are, for what changes nothing else.
fn glyphs(group: &[Item]) -> String {
    let pieces = group.iter().filter_map(run).flat_map(|run| &run.pieces);
    let ids: Vec<String> = pieces
        .filter_map(|piece| match piece {
            Piece::Word(shaped) => Some(&shaped.glyphs),
            _ => None,
        })
        .flat_map(|glyphs| glyphs.iter().map(|glyph| glyph.id.to_string()))
        .collect();
    if ids.len() > 12 { String::new() } else { format!(" [{}]", ids.join(" ")) }
}

fn corners(radius: [Pt; 4]) -> String {
    if radius == SQUARE {
        return String::new();
    }
    format!(" corners {}", radius.map(|corner| round(corner.0)).join(" "))
}

fn color(color: Color) -> String {
    let byte = |part: f32| (part * 255.0).round();
    let Color { red, green, blue, alpha } = color;
    format!("rgb({} {} {} / {alpha})", byte(red), byte(green), byte(blue))
}

fn point(point: Point) -> String {
    format!("{},{}", round(point.x.0), round(point.y.0))
}

fn rect(area: Rect) -> String {
    let (width, height) = (round(area.size.width.0), round(area.size.height.0));
    format!("{} {width}×{height}", point(area.origin))
}

/// To a tenth: what is less no eye sees.
fn round(value: f64) -> String {
    let tenths = (value * 10.0).round() / 10.0;
    format!("{}", if tenths == 0.0 { 0.0 } else { tenths })
}
