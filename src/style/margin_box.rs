//! Margin boxes (CSS Paged Media 3, section 4).

use super::computed::Align;

macro_rules! margin_boxes {
    ($($place:ident $name:literal $align:ident;)*) => {
        /// A box in a page's margin, clockwise from the upper left.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub(crate) enum MarginBox {
            $(#[doc = concat!("`@", $name, "`.")] $place,)*
        }

        impl MarginBox {
            /// All of them.
            pub(crate) const ALL: &[Self] = &[$(Self::$place,)*];

            /// The name of its rule, without the `@`.
            pub(crate) fn name(self) -> &'static str {
                match self { $(Self::$place => $name,)* }
            }

            /// How its text is aligned unless a rule says otherwise (section 4.3).
            pub(super) fn initial_align(self) -> Align {
                match self { $(Self::$place => Align::$align,)* }
            }
        }
    };
}

margin_boxes! {
    TopLeftCorner "top-left-corner" Center;
    TopLeft "top-left" Left;
    TopCenter "top-center" Center;
    TopRight "top-right" Right;
    TopRightCorner "top-right-corner" Center;
    RightTop "right-top" Center;
    RightMiddle "right-middle" Center;
    RightBottom "right-bottom" Center;
    BottomRightCorner "bottom-right-corner" Center;
    BottomRight "bottom-right" Right;
    BottomCenter "bottom-center" Center;
    BottomLeft "bottom-left" Left;
    BottomLeftCorner "bottom-left-corner" Center;
    LeftBottom "left-bottom" Center;
    LeftMiddle "left-middle" Center;
    LeftTop "left-top" Center;
}

impl MarginBox {
    /// The margin box of a name in lower case.
    pub(super) fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|place| place.name() == name)
    }
}
