//! The words agreements use for their own parts, in the languages they are
//! written in most.
//!
//! Only words of structure stand here, those without which no citation can be
//! made. What an agreement speaks about is not this module's business.

/// A numbered part, and how parts of its kind behave in an outline.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Rank {
    /// Annexes and the like: everything after them belongs to them.
    Annex,
    /// Parts that hold articles: chapters, sections, titles.
    Division,
    /// Articles.
    Article,
    /// Parts that are cited by their own number: principles, norms.
    Unit,
}

/// The words for the parts: kind, rank, and how it is written, in lower case.
pub(crate) const PARTS: &[(&str, Rank, &[&str])] = &[
    (
        "annex",
        Rank::Annex,
        &[
            "annex",
            "annexe",
            "anexo",
            "anhang",
            "bijlage",
            "allegato",
            "приложение",
            "appendix",
            "appendice",
            "apéndice",
            "anlage",
            "attachment",
            "schedule",
            "bilaga",
            "bilag",
        ],
    ),
    (
        "article",
        Rank::Article,
        &[
            "article",
            "art.",
            "articles",
            "artículo",
            "articulo",
            "artigo",
            "articolo",
            "artikel",
            "статья",
            "artykuł",
            "articolul",
            "čl.",
            "clause",
        ],
    ),
    ("part", Rank::Division, &["part", "partie", "parte", "teil", "deel", "часть", "część"]),
    ("title", Rank::Division, &["title", "titre", "título", "titel", "titolo"]),
    (
        "chapter",
        Rank::Division,
        &["chapter", "chapitre", "capítulo", "capitulo", "kapitel", "hoofdstuk", "capo", "глава"],
    ),
    (
        "section",
        Rank::Division,
        &[
            "section",
            "sec.",
            "sección",
            "secção",
            "seção",
            "sezione",
            "abschnitt",
            "afdeling",
            "раздел",
            "sektion",
            "subsection",
            "paragraaf",
        ],
    ),
    ("recital", Rank::Unit, &["recital", "considérant", "considerando", "overweging"]),
    (
        "principle",
        Rank::Unit,
        &["principle", "principe", "principio", "princípio", "grundsatz", "beginsel", "принцип"],
    ),
    ("norm", Rank::Unit, &["norm", "norme", "norma", "норма"]),
    (
        "recommendation",
        Rank::Unit,
        &[
            "recommendation",
            "recommandation",
            "recomendación",
            "recomendação",
            "empfehlung",
            "aanbeveling",
            "рекомендация",
            "raccomandazione",
        ],
    ),
    ("cbm", Rank::Unit, &["cbm"]),
    ("action", Rank::Unit, &["action", "acción", "ação", "azione", "actie", "maßnahme"]),
    (
        "commitment",
        Rank::Unit,
        &[
            "commitment",
            "engagement",
            "compromiso",
            "compromisso",
            "verpflichtung",
            "обязательство",
        ],
    ),
    (
        "objective",
        Rank::Unit,
        &["objective", "objectif", "objetivo", "ziel", "doelstelling", "obiettivo"],
    ),
    ("goal", Rank::Unit, &["goal"]),
    ("measure", Rank::Unit, &["measure", "mesure", "medida", "maatregel", "мера"]),
    ("pillar", Rank::Unit, &["pillar", "pilier", "pilar", "pijler", "säule", "pilastro"]),
    ("rule", Rank::Unit, &["rule", "règle", "regla", "regra", "regel", "правило"]),
    ("guideline", Rank::Unit, &["guideline", "directriz", "leitlinie", "richtsnoer"]),
    ("standard", Rank::Unit, &["standard"]),
    ("step", Rank::Unit, &["step"]),
];

/// Headings over recitals.
pub(crate) const PREAMBLE: &[&str] = &[
    "preamble",
    "préambule",
    "preámbulo",
    "preâmbulo",
    "präambel",
    "preambule",
    "preambolo",
    "преамбула",
];

/// Headings over what is told and not agreed, whole.
pub(crate) const BACKGROUND: &[&str] = &[
    "background",
    "historical background",
    "context",
    "background and context",
    "context and background",
    "rationale",
    "problem statement",
    "threat landscape",
    "contexte",
    "antecedentes",
    "contexto",
    "hintergrund",
    "achtergrond",
    "contesto",
];

/// What a heading about threats ends with.
pub(crate) const THREATS: &[&str] = &["threats", "menaces", "amenazas", "bedrohungen"];

/// What may stand before it: words that tell which threats, not what is done.
pub(crate) const WHICH_THREATS: &[&str] = &[
    "actual",
    "and",
    "current",
    "cyber",
    "cybersecurity",
    "emerging",
    "evolving",
    "existing",
    "global",
    "ict",
    "information",
    "key",
    "main",
    "major",
    "new",
    "potential",
    "principal",
    "recent",
    "security",
    "the",
];

/// Headings over terms and what they mean; a heading that begins so counts.
pub(crate) const DEFINITIONS: &[&str] = &[
    "definition",
    "definitions",
    "use of terms",
    "terms and definitions",
    "terminology",
    "glossary",
    "interpretation",
    "key terms",
    "définition",
    "définitions",
    "terminologie",
    "emploi des termes",
    "expressions employées",
    "glossaire",
    "definiciones",
    "definición",
    "términos empleados",
    "terminología",
    "glosario",
    "definições",
    "begriffsbestimmungen",
    "begriffsbestimmung",
    "definitionen",
    "definities",
    "begripsomschrijvingen",
    "begripsbepalingen",
    "gebruikte termen",
    "definizioni",
    "definizione",
    "определения",
    "термины",
    "употребление терминов",
];

/// Headings over tables of contents.
pub(crate) const CONTENTS: &[&str] = &[
    "contents",
    "table of contents",
    "table des matières",
    "sommaire",
    "índice",
    "contenido",
    "inhalt",
    "inhaltsverzeichnis",
    "inhoud",
    "inhoudsopgave",
    "indice",
    "sumário",
    "содержание",
    "оглавление",
];

/// How a sentence that fixes the meaning of terms begins.
pub(crate) const FOR_THE_PURPOSES: &[&str] = &[
    "for the purposes of this",
    "for the purpose of this",
    "for the purposes of the present",
    "for the purpose of these",
    "for the purposes of these",
    "for the purpose of the present",
    "as used in this",
    "in this convention, ",
    "in this agreement, ",
    "in these regulations, ",
    "aux fins de la présente",
    "aux fins du présent",
    "au sens de la présente",
    "au sens du présent",
    "a los efectos de la presente",
    "a los efectos del presente",
    "para os efeitos",
    "para efeitos",
    "im sinne dieser",
    "im sinne dieses",
    "für die zwecke",
    "voor de toepassing van",
    "in de zin van",
    "ai fini della presente",
    "ai fini del presente",
    "для целей настоящей",
    "для целей настоящего",
];

/// Verbs between a quoted term and its meaning.
pub(crate) const MEANS: &[&str] = &[
    "means",
    "mean",
    "refers to",
    "shall mean",
    "includes",
    "denotes",
    "désigne",
    "désignent",
    "s'entend",
    "s’entend",
    "on entend",
    "significa",
    "se entenderá",
    "se entiende",
    "bezeichnet",
    "bedeutet",
    "betekent",
    "wordt verstaan",
    "indica",
    "si intende",
    "означает",
    "entende-se",
];
