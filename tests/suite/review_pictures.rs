//! How the page looks: pictures for a person to look at, and what a program can
//! tell of them.
//!
//! Where `NORMTAG_PICTURES` names a folder, the pictures are kept there.

use crate::browser::{Browser, Page, chromium};
use crate::program::{Folder, project};
use crate::served::{Served, go_to, says};
use data_encoding::BASE64;

/// A treaty that two people have decided on, and that changed since.
fn decided(program: &std::path::Path) -> Folder {
    let folder = Folder::new();
    let sample = project().join("corpus/samples/lakes-treaty.docx");
    folder.run(["extract", sample.to_str().unwrap(), "-o", "lakes.txt"]).ends(0);
    let browser = Browser::start(program);
    for (name, keys) in [("Ada", ["a", "a"]), ("Grace", ["i", "a"])] {
        let served = Served::start(&folder, &["lakes.txt", "--reviewer", name]);
        let mut page = browser.open(&served.url);
        for (element, key) in ["2.1", "1.2"].into_iter().zip(keys) {
            go_to(&mut page, element);
            page.press(key);
            says(&mut page, "saved");
        }
        go_to(&mut page, "5.1");
        page.press("d");
        page.write("ask the secretariat about the second protocol");
        page.press("Enter");
        says(&mut page, "Left for later: saved.");
    }
    let path = folder.path("lakes.txt");
    let text = std::fs::read_to_string(&path).unwrap();
    let changed = text.replace("personal data which are collected", "personal data that were kept");
    assert_ne!(text, changed);
    std::fs::write(path, changed).unwrap();
    folder
}

/// The words whose contrast with what is behind them is too low (WCAG AA: 4.5),
/// with the ratio.
const TOO_FAINT: &str = "(() => {
  const channel = v => (v /= 255) <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4;
  const parts = color => color.match(/[\\d.]+/g).map(Number);
  const light = ([r, g, b]) => .2126 * channel(r) + .7152 * channel(g) + .0722 * channel(b);
  const ground = one => {
    for (; one; one = one.parentElement) {
      const color = parts(getComputedStyle(one).backgroundColor);
      if (color.length < 4 || color[3] > 0) return color;
    }
    return parts(getComputedStyle(document.body).backgroundColor);
  };
  const faint = [];
  for (const one of document.querySelectorAll('body *')) {
    const words = [...one.childNodes].filter(node => node.nodeType === 3).map(node => node.data).join('').trim();
    if (!words || !one.checkVisibility()) continue;
    const [a, b] = [light(parts(getComputedStyle(one).color)), light(ground(one))].sort((a, b) => b - a);
    const ratio = (a + .05) / (b + .05);
    if (ratio < 4.5) faint.push(`${one.tagName}.${one.className} ${words.slice(0, 30)}: ${ratio.toFixed(2)}`);
  }
  return [...new Set(faint)].join('\\n');
})()";

/// Whether the current element and its current quote, if it has one, are in
/// view.
const IN_VIEW: &str = "(() => {
  const within = (one, all) => {
    const [at, around] = [one.getBoundingClientRect(), document.querySelector(all).getBoundingClientRect()];
    return at.bottom > around.top + 4 && at.top < around.bottom - 4;
  };
  const here = document.querySelector('#text .here');
  return within(document.querySelector('#items [aria-current=true]'), 'nav') && (!here || within(here, '#text'));
})()";

/// What is pictured: a name, and what brings it about.
type State = (&'static str, fn(&mut Page));

const STATES: [State; 6] = [
    ("adjudication", |page| go_to(page, "2.1")),
    ("stale", |page| go_to(page, "1.2")),
    ("absence", |page| {
        let absent = "[...document.querySelectorAll('#items .item.absent')].pop().click()";
        page.eval(absent);
    }),
    ("asking", |page| {
        go_to(page, "2.1");
        page.press("r");
    }),
    ("saving", |page| {
        page.press("Escape");
        page.eval("document.querySelector('#out').open = true");
    }),
    ("help", |page| {
        page.eval("document.querySelector('#out').open = false");
        page.press("?");
    }),
];

#[test]
fn the_page_is_legible_at_three_widths_light_and_dark() {
    let Some(program) = chromium("pictures of the page") else { return };
    let kept = std::env::var_os("NORMTAG_PICTURES").map(std::path::PathBuf::from);
    let folder = decided(&program);
    let chair = ["lakes.txt", "--reviewer", "Chair", "--probe", "5%"];
    let served = Served::start(&folder, &chair);
    let browser = Browser::start(&program);
    let mut page = browser.open(&served.url);
    for (state, bring_about) in STATES {
        bring_about(&mut page);
        for width in [768, 1280, 1600] {
            let pictures = [false, true].map(|dark| {
                page.resize(width, dark);
                page.until(IN_VIEW);
                let picture = page.screenshot();
                let (scheme, faint) = (if dark { "dark" } else { "light" }, page.eval(TOO_FAINT));
                assert_eq!(faint, "", "{state}, {width}, {scheme}");
                if let Some(kept) = &kept {
                    let path = kept.join(format!("{state}-{width}-{scheme}.png"));
                    std::fs::write(path, BASE64.decode(picture.as_bytes()).unwrap()).unwrap();
                }
                picture
            });
            assert_ne!(pictures[0], pictures[1], "{state}, {width}: light and dark are the same");
            let wider = page.eval("document.documentElement.scrollWidth > innerWidth");
            assert_eq!(wider, false, "{state}, {width}: the page is wider than the window");
            let higher = page.eval("document.documentElement.scrollHeight > innerHeight");
            assert_eq!(higher, false, "{state}, {width}: the page is higher than the window");
        }
    }
}
