"use strict";
// The page is whole without this: it only sorts and filters tables and lights what belongs together.
const RANKS = { critical: "1", high: "2", medium: "3", low: "4", info: "5" };
for (const table of document.querySelectorAll("table.lively")) {
  const body = table.tBodies[0], rows = [...body.rows];
  const key = (row, at) => {
    const text = row.cells[at].textContent.trim();
    return RANKS[text] ?? text.replace(/(\d),(?=\d{3})/g, "$1");
  };
  [...table.tHead.rows[0].cells].forEach((head, at) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = head.textContent;
    head.replaceChildren(button);
    button.addEventListener("click", () => {
      const down = head.getAttribute("aria-sort") === "ascending";
      for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", down ? "descending" : "ascending");
      const order = new Intl.Collator("en", { numeric: true });
      const sorted = [...rows].sort((a, b) => order.compare(key(a, at), key(b, at)));
      body.append(...(down ? sorted.reverse() : sorted));
    });
  });
  if (rows.length < 8) continue;
  const sieve = document.createElement("p"), label = document.createElement("label");
  const field = document.createElement("input"), told = document.createElement("span");
  sieve.className = "sieve";
  field.type = "search";
  told.setAttribute("role", "status");
  label.append("Filter ", field);
  sieve.append(label, told);
  table.parentNode.before(sieve);
  let texts;
  field.addEventListener("input", () => {
    texts ??= rows.map((row) => row.textContent.toLowerCase());
    const wanted = field.value.toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    rows.forEach((row, at) => {
      row.hidden = !wanted.every((word) => texts[at].includes(word));
      shown += row.hidden ? 0 : 1;
    });
    told.textContent = wanted.length ? `${shown} of ${rows.length} rows` : "";
  });
}
const marks = new Map();
for (const mark of document.querySelectorAll("[data-delivery]")) {
  for (const name of mark.dataset.delivery.split(" ")) marks.set(name, [...(marks.get(name) ?? []), mark]);
}
const light = (event, on) => {
  const mark = event.target.closest?.("[data-delivery]");
  for (const name of mark ? mark.dataset.delivery.split(" ") : []) {
    for (const one of marks.get(name)) one.classList.toggle("lit", on);
  }
};
for (const [name, on] of [["mouseover", true], ["mouseout", false], ["focusin", true], ["focusout", false]]) {
  document.addEventListener(name, (event) => light(event, on));
}
document.addEventListener("click", (event) => {
  const mark = event.target.closest?.("svg [data-delivery]");
  const row = mark && document.querySelector(`tr[data-delivery~="${mark.dataset.delivery.split(" ")[0]}"]`);
  if (row) location.hash = row.id;
});
