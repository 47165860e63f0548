"use strict";
// Sorting, filters, the dialogue of quotes, and comparing. Every page reads
// without it; nothing is fetched.

const number = text => {
  const found = parseFloat(text.replace("−", "-"));
  return Number.isNaN(found) ? null : found;
};

function compare(a, b) {
  const [x, y] = [number(a), number(b)];
  if (x !== null && y !== null && x !== y) return x - y;
  return a.localeCompare(b, "en", { numeric: true });
}

for (const table of document.querySelectorAll("table.sortable")) {
  const heads = [...table.tHead.rows[0].cells];
  heads.forEach((head, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = head.textContent;
    head.replaceChildren(button);
    button.addEventListener("click", () => {
      const up = head.getAttribute("aria-sort") !== "ascending";
      for (const other of heads) other.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", up ? "ascending" : "descending");
      const rows = [...table.tBodies[0].rows];
      const key = row => row.cells[column].textContent;
      rows.sort((a, b) => compare(key(a), key(b)) * (up ? 1 : -1));
      table.tBodies[0].append(...rows);
    });
  });
}

const matrix = document.getElementById("matrix");
if (matrix) {
  const form = document.getElementById("filters");
  const rows = [...matrix.tBodies[0].rows];
  form.hidden = false;
  const has = (list, value) => !value || list.split(" ").includes(value);
  const orders = {
    date: () => 0,
    present: (a, b) => b.dataset.present - a.dataset.present,
    likeness: (a, b) => a.dataset.likeness - b.dataset.likeness,
    name: (a, b) => a.cells[0].textContent.localeCompare(b.cells[0].textContent, "en"),
  };
  // What is chosen stands in the address, so that it can be sent to others.
  for (const [name, value] of new URLSearchParams(location.hash.slice(1))) {
    if (form.elements[name]) form.elements[name].value = value;
  }
  const apply = () => {
    const asked = Object.fromEntries(new FormData(form));
    const chosen = Object.entries(asked).filter(([name, value]) => value && value !== "date");
    history.replaceState(null, "", chosen.length ? `#${new URLSearchParams(chosen)}` : location.pathname);
    let shown = 0;
    for (const row of rows) {
      const { lists, groups, binding, year } = row.dataset;
      const fits = has(lists, asked.list) && has(groups, asked.group)
        && (!asked.binding || binding === asked.binding)
        && (!asked.from || (year && year >= asked.from)) && (!asked.to || (year && year <= asked.to));
      row.hidden = !fits;
      shown += fits;
    }
    matrix.tBodies[0].append(...[...rows].sort(orders[asked.order]));
    document.getElementById("shown").textContent = `${shown} of ${rows.length} agreements`;
  };
  form.addEventListener("input", apply);
  form.addEventListener("submit", event => event.preventDefault());
  apply();

  const data = JSON.parse(document.getElementById("quotes-data").textContent);
  const dialog = document.getElementById("quotes");
  const line = (kind, text) => Object.assign(document.createElement(kind), { textContent: text });
  matrix.addEventListener("click", event => {
    const link = event.target.closest("a[data-a]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const agreement = data[link.dataset.a];
    const cell = agreement.cells[link.dataset.e];
    document.getElementById("quotes-title").textContent = `${agreement.name}: ${cell.t} (${cell.v})`;
    const body = document.getElementById("quotes-body");
    body.replaceChildren(...cell.r.flatMap(({ c, q, n, s }) => [
      line("h3", c || "no citation"),
      ...(q ? [line("blockquote", q)] : []),
      ...(n ? [line("p", `Note: ${n}`)] : []),
      line("small", s),
    ]));
    const more = line("a", "The whole dossier");
    more.href = link.href;
    const last = document.createElement("p");
    last.append(more);
    body.append(last);
    dialog.showModal();
  });
  dialog.addEventListener("click", event => {
    if (event.target === dialog) dialog.close();
  });
}

const comparison = document.getElementById("comparison");
if (comparison) {
  const form = document.getElementById("compare");
  form.hidden = false;
  const asked = () => new FormData(form).getAll("a");
  const said = document.getElementById("compared");
  const apply = () => {
    const chosen = asked();
    const all = chosen.length === 0;
    for (const cell of comparison.querySelectorAll("[data-id]")) {
      cell.hidden = !all && !chosen.includes(cell.dataset.id);
    }
    let differing = 0;
    for (const row of comparison.tBodies[0].rows) {
      // What was not recorded tells nothing apart.
      const cells = row.querySelectorAll("td:not([hidden]):not(.unrecorded)");
      const values = new Set([...cells].map(cell => cell.className));
      const differs = !all && chosen.length > 1 && values.size > 1;
      row.classList.toggle("differs", differs);
      differing += differs;
    }
    said.textContent = chosen.length > 1
      ? `${chosen.length} agreements, ${differing} elements tell them apart.`
      : "";
    history.replaceState(null, "", all ? location.pathname : `#${chosen.join(",")}`);
  };
  const named = decodeURIComponent(location.hash.slice(1)).split(",").filter(Boolean);
  for (const box of form.elements.a) box.checked = named.includes(box.value);
  form.addEventListener("input", apply);
  apply();
}
