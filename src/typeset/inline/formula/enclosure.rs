//! What is drawn about part of a formula: a box, or lines through it. formulary knows neither; it
//! draws backgrounds, and so each has a colour to itself there.

use super::frame::{Color, ItemKind, LineStyle, SQUARE};
use crate::units::{Point, Pt, Rect};

/// What is drawn about part of a formula.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Enclosure {
    /// A line on each side.
    Box,
    /// A line from below on the left to above on the right.
    Up,
    /// A line from above on the left to below on the right.
    Down,
    /// Both.
    Cross,
}

/// The colour that stands for a box; those for lines follow.
const FIRST: [u8; 3] = [0xfe, 0xdc, 0xb1];

impl Enclosure {
    const ALL: [Self; 4] = [Self::Box, Self::Up, Self::Down, Self::Cross];

    /// What an element asks for by its `notation` or its border (MathML 3, section 3.3.9).
    pub(super) fn of_element(
        notation: Option<&str>,
        style: Option<&str>,
    ) -> Option<Self> {
        if style.is_some_and(|style| style.starts_with("border:")) {
            return Some(Self::Box);
        }
        let notation = notation?;
        match (notation.contains("updiagonal"), notation.contains("downdiagonal")) {
            (true, true) => Some(Self::Cross),
            (true, false) => Some(Self::Up),
            (false, true) => Some(Self::Down),
            (false, false) => Some(Self::Box),
        }
    }

    /// The colour that stands for it.
    pub(super) fn color(self) -> String {
        let at = Self::ALL.iter().position(|it| *it == self).unwrap_or(0);
        let [red, green, blue] = FIRST;
        format!("#{red:02x}{green:02x}{:02x}", usize::from(blue) + at)
    }

    /// What a colour stands for.
    pub(super) fn of_color([red, green, blue]: [u8; 3]) -> Option<Self> {
        let at = blue.checked_sub(FIRST[2])?;
        ([red, green] == FIRST[..2]).then(|| Self::ALL.get(usize::from(at)).copied())?
    }

    /// What is drawn about an area of letters of a size.
    pub(super) fn lines(self, area: Rect, size: Pt, color: Color) -> Vec<ItemKind> {
        let (width, style) = (size * 0.05, LineStyle::Solid);
        let Rect { origin: Point { x, y }, size: extent } = area;
        let (right, bottom) = (x + extent.width, y + extent.height);
        let line = |from, to| ItemKind::Line { from, to, width, color, style };
        let up = || line(Point { x, y: bottom }, Point { x: right, y });
        let down = || line(Point { x, y }, Point { x: right, y: bottom });
        match self {
            Self::Up => vec![up()],
            Self::Down => vec![down()],
            Self::Cross => vec![up(), down()],
            Self::Box => {
                let room = size * 0.15;
                let area =
                    Rect::new(x, y - room, extent.width, extent.height + room * 2.0);
                vec![ItemKind::Outline { area, radius: SQUARE, width, color, style }]
            }
        }
    }
}
