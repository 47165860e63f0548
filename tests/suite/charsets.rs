//! The encodings texts come in: each with a declaration, without one, and with
//! a wrong one.

use encoding_rs::Encoding;
use normtag::extract::extract;
use normtag::model::{Extracted, Snapshot};

const ENGLISH: &str = "The Parties’ commitments – “naïve” trust, £5 and café – are listed in the annex. No Party’s networks shall be used against another’s.";
const POLISH: &str = "Każde państwo chroni swoje sieci i nie używa ich przeciw innym państwom. Strony współpracują ze sobą w dobrej wierze, dzieląc się wiedzą o zagrożeniach i lukach.";
const RUSSIAN: &str = "Каждое государство защищает свои сети и не использует их против других государств. Стороны сотрудничают друг с другом добросовестно и делятся сведениями об угрозах.";
const GREEK: &str = "Κάθε κράτος προστατεύει τα δίκτυά του και δεν τα χρησιμοποιεί εναντίον άλλων κρατών. Τα μέρη συνεργάζονται καλόπιστα και ανταλλάσσουν πληροφορίες για τις απειλές.";
const FRENCH: &str = "Chaque État protège ses réseaux et ne les utilise pas contre d’autres États. Les Parties coopèrent de bonne foi et partagent ce qu’elles savent des menaces.";
const PLAIN_FRENCH: &str = "Chaque État protège ses réseaux et n'attaque pas ceux des autres États. Les Parties coopèrent de bonne foi, même là où l'une d'elles hésite à répondre.";
const JAPANESE: &str = "各国は自国のネットワークを守り、他国に対してそれを使わない。締約国は誠実に協力し、脅威についての情報を共有する。報告は三日以内に確認しなければならない。";
const CHINESE: &str = "各国应当保护本国的网络,不得利用网络攻击其他国家。缔约方应当真诚合作,共享有关威胁的信息,并在三天之内答复收到的每一份报告。";
const TAIWANESE: &str = "各國應當保護本國的網路,不得利用網路攻擊其他國家。締約方應當真誠合作,共享有關威脅的資訊,並在三天之內答覆收到的每一份報告。";
const KOREAN: &str = "각국은 자국의 통신망을 보호하고 다른 나라에 대하여 이를 사용하지 아니한다. 당사국은 성실하게 협력하고 위협에 관한 정보를 공유한다.";
const ARABIC: &str = "تحمي كل دولة شبكاتها ولا تستخدمها ضد الدول الأخرى. تتعاون الأطراف بحسن نية وتتبادل المعلومات عن التهديدات.";

/// Encodings with a text each that they can write.
const ENCODINGS: &[(&str, &str)] = &[
    ("windows-1252", ENGLISH),
    ("windows-1252", FRENCH),
    ("iso-8859-1", PLAIN_FRENCH),
    ("iso-8859-15", PLAIN_FRENCH),
    ("iso-8859-2", POLISH),
    ("windows-1250", POLISH),
    ("windows-1251", RUSSIAN),
    ("koi8-r", RUSSIAN),
    ("iso-8859-5", RUSSIAN),
    ("iso-8859-7", GREEK),
    ("windows-1253", GREEK),
    ("windows-1256", ARABIC),
    ("shift_jis", JAPANESE),
    ("euc-jp", JAPANESE),
    ("gb18030", CHINESE),
    ("big5", TAIWANESE),
    ("euc-kr", KOREAN),
];

fn encoded(text: &str, label: &str) -> Vec<u8> {
    let encoding = Encoding::for_label(label.as_bytes()).unwrap();
    let (bytes, _, lost) = encoding.encode(text);
    assert!(!lost, "{label} cannot write {text}");
    bytes.into_owned()
}

fn utf16(text: &str, little: bool) -> Vec<u8> {
    let bytes = |unit: u16| if little { unit.to_le_bytes() } else { unit.to_be_bytes() };
    text.encode_utf16().flat_map(bytes).collect()
}

fn page(meta: &str, text: &str) -> String {
    format!(
        "<!DOCTYPE html><html><head>{meta}<title>x</title></head><body><p>{text}</p></body></html>"
    )
}

/// Asserts that the text of a file is this and nothing else.
#[track_caller]
fn check(name: &str, bytes: Vec<u8>, stated: Option<&str>, expected: &str, case: &str) {
    let snapshot =
        Snapshot { content_type: stated.map(str::to_owned), ..Snapshot::of_bytes(name, bytes) };
    match extract(&snapshot) {
        Extracted::Read(document) => assert_eq!(document.text, expected, "{case}"),
        Extracted::Unread(unread) => panic!("{case}: {}", unread.reason),
    }
}

#[test]
fn a_declaration_is_believed() {
    for &(label, text) in ENCODINGS {
        let meta = page(&format!("<meta charset=\"{label}\">"), text);
        check("x", encoded(&meta, label), None, text, label);
        let http = format!("<meta http-equiv='Content-Type' content='text/html; charset={label}'>");
        check("x", encoded(&page(&http, text), label), None, text, label);
        let stated = format!("text/html; charset={label}");
        check("x", encoded(&page("", text), label), Some(&stated), text, label);
        let stated = format!("text/plain; charset=\"{label}\"");
        check("x.txt", encoded(text, label), Some(&stated), text, label);
    }
}

#[test]
fn without_one_the_bytes_are_guessed_from() {
    for &(label, text) in ENCODINGS {
        check("x.txt", encoded(text, label), None, text, label);
        check("x", encoded(&page("", text), label), None, text, label);
    }
}

#[test]
fn unicode_is_known_by_itself_whatever_is_declared() {
    let wrong = "<meta charset=\"iso-8859-1\">";
    for text in [ENGLISH, POLISH, RUSSIAN, GREEK, JAPANESE, CHINESE, KOREAN, ARABIC] {
        let page = page(wrong, text);
        let stated = Some("text/html; charset=windows-1251");
        for mark in ["", "\u{feff}"] {
            check("x", format!("{mark}{page}").into_bytes(), stated, text, "UTF-8");
            check("x.txt", format!("{mark}{text}").into_bytes(), stated, text, "UTF-8");
            for little in [true, false] {
                check("x", utf16(&format!("{mark}{page}"), little), stated, text, "UTF-16");
            }
        }
        check("x.txt", utf16(&format!("\u{feff}{text}"), true), None, text, "UTF-16LE");
        check("x.txt", utf16(&format!("\u{feff}{text}"), false), None, text, "UTF-16BE");
    }
}

#[test]
fn a_declaration_that_cannot_be_is_passed_over() {
    // Bytes that are no UTF-8, whatever the page and the server say.
    let old = page("<meta charset=utf-8>", ENGLISH);
    let stated = Some("text/html; charset=utf-8");
    check("x", encoded(&old, "windows-1252"), stated, ENGLISH, "no UTF-8");
    // One byte a letter is no UTF-16.
    let old = page("<meta charset=utf-16>", FRENCH);
    check("x", encoded(&old, "windows-1252"), None, FRENCH, "no UTF-16");
    // A name that is none.
    let old = page("<meta charset=latin-none>", FRENCH);
    check("x", encoded(&old, "windows-1252"), None, FRENCH, "no such name");
    // What a server says goes before what the page says, as in browsers.
    let both = page("<meta charset=windows-1252>", RUSSIAN);
    let stated = Some("text/html; charset=windows-1251");
    check("x", encoded(&both, "windows-1251"), stated, RUSSIAN, "server first");
}
