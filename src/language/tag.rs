//! BCP 47 tags: which are well formed, their canonical form, the direction of their script.

use icu_locale::{Locale, LocaleCanonicalizer, LocaleDirectionality};

/// The languages that have extended language subtags (RFC 5646, 2.2.2): `zh-yue` for `yue`.
const WITH_EXTENDED: [&str; 8] = ["ar", "kok", "lv", "ms", "sgn", "sw", "uz", "zh"];

/// What stands before a tag of private use alone, so that it can be read as a locale.
const UNDETERMINED: &str = "und-";

/// The canonical form of a tag, if it is well formed.
///
/// The irregular tags that RFC 5646 keeps for compatibility, such as `i-klingon`, are not taken:
/// each has a regular one.
pub(super) fn canonical(tag: &str) -> Option<String> {
    let tag = tag.trim().replace('_', "-").to_ascii_lowercase();
    if tag.starts_with("x-") {
        let locale: Locale = format!("{UNDETERMINED}{tag}").parse().ok()?;
        return Some(locale.to_string().trim_start_matches(UNDETERMINED).to_owned());
    }
    let mut locale: Locale = without_macrolanguage(&tag).parse().ok()?;
    LocaleCanonicalizer::new_extended().canonicalize(&mut locale);
    Some(locale.to_string())
}

/// An extended language subtag without the subtag before it (RFC 5646, 4.5).
fn without_macrolanguage(tag: &str) -> &str {
    let Some((primary, rest)) = tag.split_once('-') else { return tag };
    let second = rest.split('-').next().unwrap_or_default();
    let is_extended = WITH_EXTENDED.contains(&primary)
        && second.len() == 3
        && second.bytes().all(|b| b.is_ascii_alphabetic());
    if is_extended { rest } else { tag }
}

/// Whether what is written in the language of a canonical tag goes from right to left.
pub(super) fn is_right_to_left(tag: &str) -> bool {
    let locale: Result<Locale, _> = tag.parse();
    locale.is_ok_and(|it| LocaleDirectionality::new_extended().is_right_to_left(&it.id))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn well_formed_tags_are_canonical() {
        for (tag, expected) in [
            ("EN-gb", "en-GB"),
            (" en_US ", "en-US"),
            ("zh-HANT-hk", "zh-Hant-HK"),
            ("sr-latn-RS-x-Blog", "sr-Latn-RS-x-blog"),
            ("sl-rozaj-biske-1994", "sl-1994-biske-rozaj"),
            ("de-u-co-phonebk", "de-u-co-phonebk"),
            ("es-419", "es-419"),
            ("iw", "he"),
            ("eng", "en"),
            ("no", "no"),
            ("zh-yue-HK", "yue-HK"),
            ("X-Elvish", "x-elvish"),
            ("und", "und"),
        ] {
            assert_eq!(canonical(tag).as_deref(), Some(expected), "{tag}");
        }
    }

    #[test]
    fn ill_formed_tags_are_refused() {
        for tag in [
            "",
            "e",
            "english",
            "en-",
            "en--GB",
            "en GB",
            "en-GB-US",
            "en-toolongsubtag",
            "en-a",
            "en-x",
            "x",
            "x-",
            "de-rozaj-rozaj",
            "en-a-bcd-a-efg",
            "1",
            "中文",
            "en-usa",
            "en-x-toolongsubtag",
        ] {
            assert_eq!(canonical(tag), None, "{tag}");
        }
    }

    #[test]
    fn the_script_decides_the_direction() {
        for tag in ["ar", "az-Arab", "fa-IR", "he", "ku-Arab", "nqo", "pa-PK", "ur", "yi"]
        {
            assert!(is_right_to_left(tag), "{tag}");
        }
        for tag in ["ar-Latn", "az", "en", "he-Latn-IL", "ku", "pa", "x-arab", "yi-Latn"]
        {
            assert!(!is_right_to_left(tag), "{tag}");
        }
    }
}
