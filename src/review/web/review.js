"use strict";
// Going from element to element, marking in the text, and deciding. What is
// decided is kept by the server; nothing is said to be saved before it says so.

const $ = selector => document.querySelector(selector);
const items = () => [...document.querySelectorAll("#items .item")];
const panelOf = code => [...document.querySelectorAll(".panel")].find(one => one.dataset.element === code);
const text = $("#text");
let current = null;
let shown = -1;

// ---- What is looked at ----

function select(item, scroll = true) {
  if (!item) return;
  current = item.dataset.element;
  shown = -1;
  mark(item);
  item.scrollIntoView({ block: "nearest" });
  if (scroll) showNext();
}

// Marks an element as the one that is looked at. To scroll has a long document
// laid out, so that is left to who wants it.
function mark(item) {
  for (const other of items()) other.setAttribute("aria-current", String(other === item));
  for (const panel of document.querySelectorAll(".panel")) panel.hidden = panel.dataset.element !== current;
  paint();
}

function marks() {
  const has = mark => mark.dataset.elements.split(" ").includes(current);
  return [...text.querySelectorAll("mark")].filter(has);
}

function paint() {
  for (const mark of text.querySelectorAll(".on, .here")) mark.classList.remove("on", "here");
  for (const mark of marks()) mark.classList.add("on");
}

function showAt(place, start) {
  const article = text.querySelector(`article[data-document="${place}"]`);
  const run = [...article.querySelectorAll("mark")].find(one => Number(one.dataset.at) === start);
  if (run) point(run);
}

// The paragraph under a citation: where a rule came nearest nothing is marked.
function showCited(citation) {
  const label = [...text.querySelectorAll(".citation")].find(one => one.textContent === citation);
  if (label) point(label.parentElement);
  else say(`${citation} is not the place of one paragraph.`);
}

function point(place) {
  for (const other of text.querySelectorAll(".here")) other.classList.remove("here");
  place.classList.add("here");
  bringIntoView(place);
}

// Paragraphs that were never in view have only an estimated height: where a
// passage stands is known when those around it are laid out.
function bringIntoView(run, tries = 8) {
  run.scrollIntoView({ block: "center" });
  requestAnimationFrame(() => {
    const [at, all] = [run.getBoundingClientRect(), text.getBoundingClientRect()];
    const out = at.top < all.top || Math.min(at.bottom, at.top + all.height) > all.bottom;
    if (out && tries > 0 && run.classList.contains("here")) bringIntoView(run, tries - 1);
  });
}

function showNext() {
  const quotes = evidence(false);
  const near = [...panelOf(current).querySelectorAll(".near .show")];
  const places = quotes.length > 0
    ? quotes.map(one => () => showAt(one.document, one.start.at))
    : near.map(one => () => showCited(one.dataset.cite));
  if (places.length === 0) return;
  shown = (shown + 1) % places.length;
  places[shown]();
}

const step = by => {
  const all = items();
  const at = all.findIndex(one => one.dataset.element === current);
  select(all[(at + by + all.length) % all.length]);
};

// The next claim that awaits a decision, in the order that was chosen; where
// reviewers differ, the next of those on which another has the last word.
function advance(said = "") {
  if ($("#advance").value === "reviewers") return adjudicate();
  const waiting = items().filter(one => one.dataset.standing === "open" || one.dataset.standing === "stale");
  const all = items();
  const at = all.findIndex(one => one.dataset.element === current);
  const order = {
    order: one => (all.indexOf(one) - at - 1 + all.length) % all.length,
    unsure: one => Number(one.dataset.unsure),
    differs: one => (one.dataset.differs === "true" ? 0 : 1000) + all.indexOf(one),
  }[$("#advance").value];
  const others = waiting.filter(one => one.dataset.element !== current).sort((a, b) => order(a) - order(b));
  if (others.length > 0) return select(others[0]);
  const more = nextDocument() ? " N goes on to the next document." : "";
  say(`${said}Everything here is decided.${more}`);
}

// The next document in which something awaits a decision.
function nextDocument() {
  const links = [...document.querySelectorAll(".units a")];
  const at = links.findIndex(one => one.hasAttribute("aria-current"));
  return [...links.slice(at + 1), ...links.slice(0, at)].find(one => one.dataset.waiting !== "0");
}

function goOn() {
  const next = nextDocument();
  if (next) location.href = next.href;
  else say("No other document has anything that awaits a decision.");
}

function adjudicate() {
  const all = items();
  const at = all.findIndex(one => one.dataset.element === current);
  const behind = [...all.slice(at + 1), ...all.slice(0, at)];
  const next = behind.find(one => one.dataset.reviewers === "differ" && one.dataset.own !== "true");
  if (next) select(next);
  else say("Reviewers differ nowhere else where the last word is not yours.");
}

// ---- What is decided ----

function evidence(kept) {
  const panel = panelOf(current);
  return [...panel.querySelectorAll(".evidence > li")]
    .filter(one => !kept || one.querySelector(".keep").checked)
    .map(one => ({
      document: Number(one.dataset.document),
      start: { at: Number(one.dataset.start), units: Number(one.dataset.startUnits || 0) },
      end: { at: Number(one.dataset.end), units: Number(one.dataset.endUnits || 0) },
      citation: one.querySelector(".cite").value,
      touched: one.querySelector(".cite").value !== one.querySelector(".cite").defaultValue || one.dataset.own === "true",
    }));
}

const asked = quotes => quotes.map(({ document, start, end, citation }) => ({ document, start, end, citation }));

function say(words, alarm = false) {
  const said = $("#said");
  said.textContent = words;
  said.classList.toggle("alarm", alarm);
}

async function send(code, decision) {
  const item = items().find(one => one.dataset.element === code);
  const seen = item.dataset.seen === "" ? null : Number(item.dataset.seen);
  let response;
  try {
    response = await fetch(document.body.dataset.decide, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ element: code, seen, revealed: document.body.dataset.revealed === "true", ...decision }),
    });
  } catch {
    say("Not saved: normtag does not answer. Start it again; what was saved is in the ledger.", true);
    return false;
  }
  if (!(response.headers.get("content-type") || "").includes("json")) {
    say(`Not saved: ${await response.text()}`, true);
    return false;
  }
  const answer = await response.json();
  if (response.ok || response.status === 409) replace(code, answer);
  // All is decided, and the page now says which proposals were made up.
  if (answer.revealed) location.reload();
  if (!response.ok) {
    say(answer.said, true);
    return false;
  }
  return true;
}

function replace(code, { item, panel, progress, repainted }) {
  items().find(one => one.dataset.element === code).outerHTML = item;
  panelOf(code).outerHTML = panel;
  $("#progress").textContent = progress;
  for (const { document, paragraph, runs } of repainted) {
    const place = `article[data-document="${document}"] > [data-paragraph="${paragraph}"]`;
    text.querySelector(place).lastElementChild.innerHTML = runs;
  }
  mark(items().find(one => one.dataset.element === current));
}

async function decide(decision, said) {
  if (!(await send(current, decision))) return;
  say(`${said}: saved.`);
  if (decision.verdict !== "withdrawn") advance(`${said}: saved. `);
}

// Asks in a line above the buttons; an empty answer asks nothing.
function ask(question, value = "") {
  const form = $("#asking");
  $("#question").textContent = question;
  $("#answer").value = value;
  form.hidden = false;
  $("#answer").focus();
  return new Promise(resolve => {
    const done = answer => {
      form.hidden = true;
      form.onsubmit = form.onkeydown = null;
      text.focus({ preventScroll: true });
      resolve(answer);
    };
    form.onsubmit = event => {
      event.preventDefault();
      done($("#answer").value);
    };
    form.onkeydown = event => {
      if (event.key === "Escape") done(null);
    };
  });
}

const acts = {
  accept() {
    const all = evidence(false);
    const kept = evidence(true);
    const touched = kept.length !== all.length || kept.some(one => one.touched);
    return decide({ verdict: touched ? "changed" : "accepted", quotes: asked(kept) }, "Accepted");
  },
  async refuse() {
    const reason = await ask("Why is it refused?");
    if (reason !== null) await decide({ verdict: "rejected", reason }, "Refused");
  },
  present: () => decide({ verdict: "changed", status: "present", quotes: asked(evidence(true)) }, "Present"),
  indirect: () => decide({ verdict: "changed", status: "indirect", quotes: asked(evidence(true)) }, "Indirect"),
  absent: () => decide({ verdict: "absent-confirmed" }, "Absence"),
  async defer() {
    const comment = await ask("A comment for later:");
    if (comment !== null) await decide({ verdict: "deferred", comment }, "Left for later");
  },
  undo: () => decide({ verdict: "withdrawn" }, "Taken back"),
  quote,
};

// ---- Quotes by hand ----

function offset(node, units) {
  const run = (node.nodeType === Node.TEXT_NODE ? node.parentElement : node).closest("[data-at]");
  if (!run) return null;
  const range = document.createRange();
  range.setStart(run, 0);
  range.setEnd(node, units);
  return {
    document: Number(run.closest("article").dataset.document),
    offset: { at: Number(run.dataset.at), units: range.toString().length },
  };
}

function quote() {
  const selection = getSelection();
  const range = selection.rangeCount > 0 && !selection.isCollapsed ? selection.getRangeAt(0) : null;
  const from = range && text.contains(range.startContainer) && offset(range.startContainer, range.startOffset);
  const to = range && offset(range.endContainer, range.endOffset);
  if (!from || !to || from.document !== to.document) {
    say("Select words in the text first, from within one paragraph to within another.", true);
    return;
  }
  add({
    document: from.document,
    start: from.offset.at, startUnits: from.offset.units,
    end: to.offset.at, endUnits: to.offset.units,
  }, "", selection.toString());
  say("Added; p decides present with it, i indirect.");
}

// Puts a quote among those that a decision may rest on.
function add(place, citation, words) {
  const line = document.createElement("li");
  Object.assign(line.dataset, place, { own: "true" });
  const make = (kind, rest) => Object.assign(document.createElement(kind), rest);
  const keep = make("input", { type: "checkbox", className: "keep", checked: true, ariaLabel: "keep this quote" });
  const cite = make("input", { className: "cite", value: citation, placeholder: "as the text has it", ariaLabel: "Citation" });
  line.append(keep, " ", cite, make("blockquote", { textContent: words }));
  panelOf(current).querySelector(".evidence").append(line);
  line.scrollIntoView({ block: "nearest" });
}

// ---- What another reviewer quoted ----

// In place of the quotes that are ticked, those of another's decision.
function take(button) {
  const lines = [...panelOf(current).querySelectorAll(".evidence > li")];
  for (const line of lines) tick(line, false);
  for (const { dataset, children: [cite, words] } of button.parentElement.querySelectorAll("blockquote[data-start]")) {
    const same = ({ dataset: own }) => ["document", "start", "end"].every(name => own[name] === dataset[name]);
    const line = lines.find(same);
    if (line) {
      tick(line, true);
      line.querySelector(".cite").value = cite.textContent;
    } else {
      add({ document: dataset.document, start: dataset.start, end: dataset.end }, cite.textContent, words.textContent);
    }
  }
  say(`These are ${button.dataset.by}'s quotes; p decides present with them, i indirect.`);
}

function tick(line, kept) {
  line.querySelector(".keep").checked = kept;
  line.classList.toggle("dropped", !kept);
}

// Those of the next reviewer every time.
let taken = { element: null, at: -1 };
function takeNext() {
  const buttons = [...panelOf(current).querySelectorAll(".take")];
  if (buttons.length === 0) return say("Nobody else has quotes here that stand in the text.");
  taken = { element: current, at: taken.element === current ? (taken.at + 1) % buttons.length : 0 };
  take(buttons[taken.at]);
}

// ---- Many at once ----

async function acceptAll() {
  const sure = items().filter(one => one.dataset.standing === "open" && Number(one.dataset.score) >= 0.9 &&
    (one.classList.contains("present") || one.classList.contains("indirect")));
  if (sure.length === 0) return say("Nothing open has a score of .90 or more.");
  const answer = await ask(`Accept ${sure.length} elements with a score of .90 or more? Type yes.`);
  if (answer !== "yes") return;
  let saved = 0;
  for (const code of sure.map(one => one.dataset.element)) {
    select(items().find(one => one.dataset.element === code), false);
    if (!(await send(code, { verdict: "accepted", quotes: asked(evidence(true)) }))) break;
    saved += 1;
  }
  say(`Accepted ${saved} of ${sure.length}: saved.`);
}

// ---- What is pressed ----

const keys = {
  a: acts.accept, r: acts.refuse, p: acts.present, i: acts.indirect, x: acts.absent,
  d: acts.defer, u: acts.undo, q: acts.quote,
  e: () => panelOf(current).querySelector(".cite")?.focus(),
  j: () => step(1), k: () => step(-1), n: () => advance(), s: showNext, o: takeNext, N: goOn, A: acceptAll,
  "?": () => $("#keys").showModal(),
};

document.addEventListener("keydown", event => {
  const typing = event.target.matches("input:not([type=checkbox]), select, textarea");
  if (typing && event.key === "Escape") text.focus({ preventScroll: true });
  if (typing || event.ctrlKey || event.metaKey || event.altKey || $("dialog[open]")) return;
  const act = keys[event.key];
  if (!act) return;
  event.preventDefault();
  act();
});

document.addEventListener("click", event => {
  const item = event.target.closest("#items .item");
  if (item) select(item);
  const act = event.target.closest("[data-act]");
  if (act) acts[act.dataset.act]();
  const quotes = event.target.closest(".take");
  if (quotes) take(quotes);
  const show = event.target.closest(".show");
  if (show?.dataset.cite) showCited(show.dataset.cite);
  else if (show) {
    const line = show.closest("li");
    showAt(Number(line.dataset.document), Number(line.dataset.start));
  }
  const mark = event.target.closest("mark");
  if (mark && getSelection().isCollapsed) {
    const codes = mark.dataset.elements.split(" ");
    const next = codes[(codes.indexOf(current) + 1) % codes.length];
    select(items().find(one => one.dataset.element === next), false);
  }
});

// What was in view stays in view when the window is another size.
addEventListener("resize", () => {
  const here = text.querySelector(".here");
  if (here) bringIntoView(here);
  $("#items [aria-current=true]")?.scrollIntoView({ block: "nearest" });
});

$("#advance").addEventListener("change", () => {
  text.focus({ preventScroll: true });
  if ($("#advance").value === "reviewers") adjudicate();
});

document.addEventListener("change", event => {
  if (event.target.matches(".keep")) tick(event.target.closest("li"), event.target.checked);
});

$("#help").addEventListener("click", keys["?"]);
select(items().find(one => one.dataset.standing !== "settled") || items()[0]);
