//! Commands that pages for MathJax use and math-core has not, by what it has.

/// Commands of text within a formula.
pub(super) const TEXT: [(&str, &str); 16] = [
    ("text", "text"),
    ("textup", "text"),
    ("textnormal", "text"),
    ("textmd", "text"),
    ("textrm", "text"),
    ("mbox", "text"),
    ("hbox", "text"),
    ("textsc", "text"),
    ("intertext", "text"),
    ("shortintertext", "text"),
    ("textbf", "textbf"),
    ("textit", "textit"),
    ("textsl", "textit"),
    ("emph", "emph"),
    ("texttt", "texttt"),
    ("textsf", "textsf"),
];

/// Commands that have another form with an asterisk.
pub(super) const STARRED: [&str; 10] = [
    "operatorname",
    "tag",
    "newcommand",
    "renewcommand",
    "providecommand",
    "DeclareMathOperator",
    "DeclareRobustCommand",
    "hspace",
    "vspace",
    "DeclarePairedDelimiter",
];

/// Macros whose first argument stands in brackets, and may be absent.
pub(super) const OPTIONAL: [&str; 3] = ["smash", "bbox", "raisebox"];

/// What says in math-core's MathML that something stands in a box: a colour that nobody wants.
pub(super) const BOX: &str = "color:#FEDCBA;";

/// The colours that math-core knows by name.
pub(super) const COLORS: &str = "\
    red green blue cyan magenta yellow black gray white darkgray lightgray brown lime \
    olive orange pink purple teal violet Apricot Aquamarine Bittersweet Black Blue \
    BlueGreen BlueViolet BrickRed Brown BurntOrange CadetBlue CarnationPink Cerulean \
    CornflowerBlue Cyan Dandelion DarkOrchid Emerald ForestGreen Fuchsia Goldenrod Gray \
    Green GreenYellow JungleGreen Lavender LimeGreen Magenta Mahogany Maroon Melon \
    MidnightBlue Mulberry NavyBlue OliveGreen Orange OrangeRed Orchid Peach Periwinkle \
    PineGreen Plum ProcessBlue Purple RawSienna Red RedOrange RedViolet Rhodamine \
    RoyalBlue RoyalPurple RubineRed Salmon SeaGreen Sepia SkyBlue SpringGreen Tan \
    TealBlue Thistle Turquoise Violet VioletRed White WildStrawberry Yellow YellowGreen \
    YellowOrange";

/// Macros: their names, how many arguments they have, and what they stand for.
pub(super) const MACROS: &[(&str, usize, &str)] = &[
    ("boxed", 1, r"{\color[HTML]{FEDCBA}{#1}}"),
    ("fbox", 1, r"{\color[HTML]{FEDCBA}{\text{#1}}}"),
    ("framebox", 1, r"{\color[HTML]{FEDCBA}{\text{#1}}}"),
    // Colours are kept where they are the letters'.
    ("textcolor", 2, r"{\color{#1}{#2}}"),
    ("colorbox", 2, r"{\text{#2}}"),
    ("fcolorbox", 3, r"{\color[HTML]{FEDCBA}{\text{#3}}}"),
    ("cellcolor", 1, ""),
    ("rowcolor", 1, ""),
    // What is only about places is the book's.
    ("smash", 2, "{#2}"),
    ("bbox", 2, "{#2}"),
    ("raisebox", 3, "{#3}"),
    ("vcenter", 1, "{#1}"),
    ("llap", 1, "{#1}"),
    ("rlap", 1, "{#1}"),
    ("clap", 1, "{#1}"),
    ("mathllap", 1, "{#1}"),
    ("mathrlap", 1, "{#1}"),
    ("mathclap", 1, "{#1}"),
    ("mathsmaller", 1, "{#1}"),
    ("mathlarger", 1, "{#1}"),
    ("vspace", 1, ""),
    ("vspace*", 1, ""),
    ("hspace*", 1, r"\hspace{#1}"),
    ("rule", 2, ""),
    ("hfill", 0, r"\quad"),
    ("hfil", 0, r"\quad"),
    ("strut", 0, r"\mathstrut"),
    ("null", 0, ""),
    ("space", 0, r"\ "),
    ("nobreakspace", 0, "~"),
    ("/", 0, ""),
    ("relax", 0, ""),
    ("protect", 0, ""),
    ("leavevmode", 0, ""),
    ("noindent", 0, ""),
    ("allowbreak", 0, ""),
    ("nobreak", 0, ""),
    ("goodbreak", 0, ""),
    ("centering", 0, ""),
    ("displayindent", 0, ""),
    ("mathsurround", 0, ""),
    ("ensuremath", 1, "{#1}"),
    ("mathchoice", 4, "{#1}"),
    ("boldmath", 0, ""),
    ("unboldmath", 0, ""),
    ("mit", 0, ""),
    ("oldstyle", 0, ""),
    // The size of letters is the book's.
    ("tiny", 0, ""),
    ("Tiny", 0, ""),
    ("scriptsize", 0, ""),
    ("footnotesize", 0, ""),
    ("small", 0, ""),
    ("normalsize", 0, ""),
    ("large", 0, ""),
    ("Large", 0, ""),
    ("LARGE", 0, ""),
    ("huge", 0, ""),
    ("Huge", 0, ""),
    // MathJax's own.
    ("require", 1, ""),
    ("class", 2, "{#2}"),
    ("cssId", 2, "{#2}"),
    ("style", 2, "{#2}"),
    ("href", 2, "{#2}"),
    ("url", 1, r"\text{#1}"),
    ("enclose", 2, r"{\color[HTML]{FEDCBA}{#2}}"),
    ("mmlToken", 2, r"\text{#2}"),
    // Alphabets.
    ("mathds", 1, r"\mathbb{#1}"),
    ("mathbbm", 1, r"\mathbb{#1}"),
    ("mathbbmss", 1, r"\mathbb{#1}"),
    ("pmb", 1, r"\boldsymbol{#1}"),
    ("mathbfit", 1, r"\boldsymbol{#1}"),
    ("mathup", 1, r"\mathrm{#1}"),
    ("mathnormal", 1, "{#1}"),
    ("symup", 1, r"\mathrm{#1}"),
    ("symit", 1, r"\mathit{#1}"),
    ("symbb", 1, r"\mathbb{#1}"),
    ("symcal", 1, r"\mathcal{#1}"),
    ("symscr", 1, r"\mathscr{#1}"),
    ("symfrak", 1, r"\mathfrak{#1}"),
    ("symsf", 1, r"\mathsf{#1}"),
    ("symtt", 1, r"\mathtt{#1}"),
    ("mathbfcal", 1, r"\mathcal{#1}"),
    ("mathsfit", 1, r"\mathsf{#1}"),
    ("scr", 0, r"\cal"),
    // Over and under.
    ("substack", 1, r"\begin{subarray}{c}#1\end{subarray}"),
    ("widetilde", 1, r"\tilde{#1}"),
    ("widecheck", 1, r"\check{#1}"),
    ("overarc", 1, r"\overset{\frown}{#1}"),
    ("wideparen", 1, r"\overset{\frown}{#1}"),
    ("utilde", 1, r"\underset{\sim}{#1}"),
    ("skew", 3, "{#2}{#3}"),
    ("skewchar", 1, ""),
    ("varliminf", 0, r"\mathop{\underline{\lim}}"),
    ("varlimsup", 0, r"\mathop{\overline{\lim}}"),
    ("varinjlim", 0, r"\mathop{\underrightarrow{\lim}}"),
    ("varprojlim", 0, r"\mathop{\underleftarrow{\lim}}"),
    ("overunderset", 3, r"\overset{#1}{\underset{#2}{#3}}"),
    ("xLongleftarrow", 1, r"\xleftarrow{#1}"),
    ("xLongrightarrow", 1, r"\xrightarrow{#1}"),
    // Signs.
    ("mathellipsis", 0, r"\ldots"),
    ("dotsb", 0, r"\cdots"),
    ("dotsc", 0, r"\ldots"),
    ("dotsi", 0, r"\cdots"),
    ("dotsm", 0, r"\cdots"),
    ("dotso", 0, r"\ldots"),
    ("iddots", 0, "⋰"),
    ("adots", 0, "⋰"),
    ("upvarpi", 0, "ϖ"),
    ("QED", 0, r"\square"),
    ("qed", 0, r"\square"),
    ("qedhere", 0, r"\square"),
    ("blacksmiley", 0, "☻"),
    ("Perp", 0, "⫫"),
    ("independent", 0, "⫫"),
    ("degreeCelsius", 0, "°\\mathrm{C}"),
    ("celsius", 0, "°\\mathrm{C}"),
    ("permil", 0, "‰"),
    ("textpm", 0, r"\pm"),
    ("texttimes", 0, r"\times"),
    ("euro", 0, r"\text{€}"),
    ("S", 0, r"\text{§}"),
    ("lambdabar", 0, "ƛ"),
    ("lbag", 0, "⟅"),
    ("rbag", 0, "⟆"),
    // Brackets, derivatives and the like of much used packages.
    ("set", 1, r"\{#1\}"),
    ("Set", 1, r"\left\{#1\right\}"),
    ("abs", 1, r"\left|#1\right|"),
    ("norm", 1, r"\left\|#1\right\|"),
    ("ceil", 1, r"\left\lceil#1\right\rceil"),
    ("floor", 1, r"\left\lfloor#1\right\rfloor"),
    ("dd", 0, r"\mathrm{d}"),
    ("dv", 2, r"\frac{\mathrm{d}#1}{\mathrm{d}#2}"),
    ("pdv", 2, r"\frac{\partial #1}{\partial #2}"),
    ("bqty", 1, r"\left[#1\right]"),
    ("tr", 0, r"\operatorname{tr}"),
    ("Tr", 0, r"\operatorname{Tr}"),
    ("rank", 0, r"\operatorname{rank}"),
    ("erf", 0, r"\operatorname{erf}"),
    ("sgn", 0, r"\operatorname{sgn}"),
    ("sech", 0, r"\operatorname{sech}"),
    ("csch", 0, r"\operatorname{csch}"),
    ("arcsec", 0, r"\operatorname{arcsec}"),
    ("arccot", 0, r"\operatorname{arccot}"),
    ("arccsc", 0, r"\operatorname{arccsc}"),
    ("arsinh", 0, r"\operatorname{arsinh}"),
    ("arcosh", 0, r"\operatorname{arcosh}"),
    ("artanh", 0, r"\operatorname{artanh}"),
    ("ang", 1, "{#1}°"),
    ("si", 1, r"\mathrm{#1}"),
    ("SI", 2, r"#1\,\mathrm{#2}"),
    ("num", 1, "{#1}"),
    ("qty", 2, r"#1\,\mathrm{#2}"),
];

/// Commands in a tag, and the characters that they are.
pub(super) const IN_TAGS: [(&str, &str); 9] = [
    (r"\text", ""),
    (r"\mathrm", ""),
    (r"\ast", "∗"),
    (r"\star", "⋆"),
    (r"\dagger", "†"),
    (r"\ddagger", "‡"),
    (r"\prime", "′"),
    (r"\alpha", "α"),
    (r"\beta", "β"),
];

/// The LaTeX of a chemical formula in the simple part of mhchem's language.
pub(super) fn chemistry(formula: &str) -> String {
    let arrows = [
        ("<=>", r" \rightleftharpoons "),
        ("<->", r" \leftrightarrow "),
        ("->", r" \rightarrow "),
        ("<-", r" \leftarrow "),
    ];
    let mut latex = String::new();
    let mut rest = formula;
    let mut after_letter = false;
    while let Some(character) = rest.chars().next() {
        if let Some((arrow, command)) = arrows.iter().find(|(it, _)| rest.starts_with(it))
        {
            latex.push_str(command);
            rest = &rest[arrow.len()..];
            after_letter = false;
            continue;
        }
        rest = &rest[character.len_utf8()..];
        let begins_digits = character.is_ascii_digit() && after_letter;
        match character {
            'a'..='z' | 'A'..='Z' => latex.push_str(&format!(r"\mathrm{{{character}}}")),
            _ if begins_digits => {
                let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
                latex.push_str(&format!("_{{{character}{}}}", &rest[..end]));
                rest = &rest[end..];
            }
            // A charge at the end of an ion.
            '+' | '-'
                if after_letter
                    && rest.chars().next().is_none_or(char::is_whitespace) =>
            {
                latex.push_str(&format!("^{{{character}}}"));
            }
            '^' if !rest.starts_with('{') => {
                let end =
                    rest.find(|c: char| !(c.is_ascii_digit() || matches!(c, '+' | '-')));
                let end = end.unwrap_or(rest.len());
                latex.push_str(&format!("^{{{}}}", &rest[..end]));
                rest = &rest[end..];
            }
            character => latex.push(character),
        }
        after_letter = character.is_ascii_alphabetic()
            || matches!(character, ')' | ']')
            || (begins_digits);
    }
    format!("{{{latex}}}")
}
