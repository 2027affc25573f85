//! The words of indexes, lists and references within a book, a language each.

use super::Language;

/// The words of indexes, lists and references within a book.
#[derive(Debug)]
pub(crate) struct ReferenceWords {
    /// Before the term of an index that stands for another.
    pub see: &'static str,
    /// Before terms of an index that lead on.
    pub see_also: &'static str,
    /// Before the number of a page.
    pub page: &'static str,
    /// A chapter, `{}` being its number.
    pub chapter: &'static str,
    /// The heading over the list of tables.
    pub tables: &'static str,
    /// The heading over the chronology.
    pub chronology: &'static str,
    /// The heading over the permissions.
    pub permissions: &'static str,
}

/// By primary language; the first serves where none is named.
static WORDS: &[(&str, ReferenceWords)] = &[
    (
        "en",
        ReferenceWords {
            see: "See",
            see_also: "See also",
            page: "p.",
            chapter: "chapter {}",
            tables: "Tables",
            chronology: "Chronology",
            permissions: "Permissions",
        },
    ),
    (
        "de",
        ReferenceWords {
            see: "Siehe",
            see_also: "Siehe auch",
            page: "S.",
            chapter: "Kapitel {}",
            tables: "Tabellen",
            chronology: "Zeittafel",
            permissions: "Abdruckgenehmigungen",
        },
    ),
    (
        "fr",
        ReferenceWords {
            see: "Voir",
            see_also: "Voir aussi",
            page: "p.",
            chapter: "chapitre {}",
            tables: "Liste des tableaux",
            chronology: "Chronologie",
            permissions: "Autorisations",
        },
    ),
    (
        "es",
        ReferenceWords {
            see: "Véase",
            see_also: "Véase también",
            page: "p.",
            chapter: "capítulo {}",
            tables: "Índice de tablas",
            chronology: "Cronología",
            permissions: "Permisos",
        },
    ),
    (
        "it",
        ReferenceWords {
            see: "Vedi",
            see_also: "Vedi anche",
            page: "p.",
            chapter: "capitolo {}",
            tables: "Elenco delle tabelle",
            chronology: "Cronologia",
            permissions: "Autorizzazioni",
        },
    ),
    (
        "nl",
        ReferenceWords {
            see: "Zie",
            see_also: "Zie ook",
            page: "p.",
            chapter: "hoofdstuk {}",
            tables: "Tabellen",
            chronology: "Tijdlijn",
            permissions: "Toestemmingen",
        },
    ),
    (
        "pt",
        ReferenceWords {
            see: "Ver",
            see_also: "Ver também",
            page: "p.",
            chapter: "capítulo {}",
            tables: "Lista de tabelas",
            chronology: "Cronologia",
            permissions: "Autorizações",
        },
    ),
    (
        "ar",
        ReferenceWords {
            see: "انظر",
            see_also: "انظر أيضًا",
            page: "ص",
            chapter: "الفصل {}",
            tables: "قائمة الجداول",
            chronology: "التسلسل الزمني",
            permissions: "الأذون",
        },
    ),
    (
        "cs",
        ReferenceWords {
            see: "Viz",
            see_also: "Viz též",
            page: "s.",
            chapter: "kapitola {}",
            tables: "Seznam tabulek",
            chronology: "Chronologie",
            permissions: "Svolení",
        },
    ),
    (
        "da",
        ReferenceWords {
            see: "Se",
            see_also: "Se også",
            page: "s.",
            chapter: "kapitel {}",
            tables: "Tabeller",
            chronology: "Kronologi",
            permissions: "Tilladelser",
        },
    ),
    (
        "el",
        ReferenceWords {
            see: "Βλ.",
            see_also: "Βλ. επίσης",
            page: "σ.",
            chapter: "κεφάλαιο {}",
            tables: "Κατάλογος πινάκων",
            chronology: "Χρονολόγιο",
            permissions: "Άδειες",
        },
    ),
    (
        "fa",
        ReferenceWords {
            see: "نگاه کنید به",
            see_also: "نیز نگاه کنید به",
            page: "ص",
            chapter: "فصل {}",
            tables: "فهرست جدول‌ها",
            chronology: "گاه‌شمار",
            permissions: "اجازه‌ها",
        },
    ),
    (
        "fi",
        ReferenceWords {
            see: "Ks.",
            see_also: "Ks. myös",
            page: "s.",
            chapter: "luku {}",
            tables: "Taulukot",
            chronology: "Aikajana",
            permissions: "Luvat",
        },
    ),
    (
        "he",
        ReferenceWords {
            see: "ראו",
            see_also: "ראו גם",
            page: "עמ׳",
            chapter: "פרק {}",
            tables: "רשימת טבלאות",
            chronology: "ציר הזמן",
            permissions: "הרשאות",
        },
    ),
    (
        "ja",
        ReferenceWords {
            see: "参照：",
            see_also: "関連項目：",
            page: "p.",
            chapter: "第{}章",
            tables: "表一覧",
            chronology: "年表",
            permissions: "転載許諾",
        },
    ),
    (
        "ko",
        ReferenceWords {
            see: "참조:",
            see_also: "함께 보기:",
            page: "p.",
            chapter: "{}장",
            tables: "표 목차",
            chronology: "연표",
            permissions: "게재 허락",
        },
    ),
    (
        "nb",
        ReferenceWords {
            see: "Se",
            see_also: "Se også",
            page: "s.",
            chapter: "kapittel {}",
            tables: "Tabeller",
            chronology: "Tidslinje",
            permissions: "Tillatelser",
        },
    ),
    (
        "pl",
        ReferenceWords {
            see: "Zob.",
            see_also: "Zob. też",
            page: "s.",
            chapter: "rozdział {}",
            tables: "Spis tabel",
            chronology: "Kalendarium",
            permissions: "Zgody na przedruk",
        },
    ),
    (
        "ru",
        ReferenceWords {
            see: "См.",
            see_also: "См. также",
            page: "с.",
            chapter: "глава {}",
            tables: "Список таблиц",
            chronology: "Хронология",
            permissions: "Разрешения",
        },
    ),
    (
        "sv",
        ReferenceWords {
            see: "Se",
            see_also: "Se även",
            page: "s.",
            chapter: "kapitel {}",
            tables: "Tabeller",
            chronology: "Kronologi",
            permissions: "Tillstånd",
        },
    ),
    (
        "tr",
        ReferenceWords {
            see: "Bkz.",
            see_also: "Ayrıca bkz.",
            page: "s.",
            chapter: "{}. bölüm",
            tables: "Tablolar",
            chronology: "Kronoloji",
            permissions: "İzinler",
        },
    ),
    (
        "uk",
        ReferenceWords {
            see: "Див.",
            see_also: "Див. також",
            page: "с.",
            chapter: "розділ {}",
            tables: "Перелік таблиць",
            chronology: "Хронологія",
            permissions: "Дозволи",
        },
    ),
    (
        "zh",
        ReferenceWords {
            see: "见",
            see_also: "另见",
            page: "p.",
            chapter: "第{}章",
            tables: "表格目录",
            chronology: "大事年表",
            permissions: "转载许可",
        },
    ),
];

impl Language {
    /// The words of this language for references, or those of English where we have none.
    pub(crate) fn reference_words(&self) -> &'static ReferenceWords {
        let primary = match self.primary() {
            "no" | "nn" => "nb",
            primary => primary,
        };
        let own = WORDS.iter().find(|(known, _)| *known == primary);
        &own.unwrap_or(&WORDS[0]).1
    }
}
