/* Keys. A page says what a key does: an element with data-key is clicked, or, where it is a field, focused.
   Elements with data-item form a list through which j and k go; a key is looked for in the current one first. */
"use strict";

const items = () => [...document.querySelectorAll("[data-item]")];
const current = () => document.querySelector("[data-item].current");

function go(step) {
  const all = items();
  if (!all.length) return;
  const here = all.indexOf(current());
  const next = all[here < 0 ? (step > 0 ? 0 : all.length - 1) : Math.min(all.length - 1, Math.max(0, here + step))];
  choose(next);
  next.focus({ preventScroll: true });
  next.scrollIntoView({ block: "nearest", behavior: calm() ? "auto" : "smooth" });
}

function choose(item) {
  if (item === current()) return;
  current()?.classList.remove("current");
  item?.classList.add("current");
  document.dispatchEvent(new CustomEvent("dragoman:chosen", { detail: item }));
}

const calm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;
const typing = (target) => target.closest?.("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]");

function press(key) {
  if (key === "j" || key === "k") return go(key === "j" ? 1 : -1);
  const wanted = `[data-key="${CSS.escape(key)}"]`;
  const found = current()?.querySelector(wanted) ?? document.querySelector(wanted);
  if (!found) return false;
  if (found.matches("input[type=search], input[type=text], textarea")) found.focus();
  else found.click();
}

let before = "";

function take(key) {
  const found = before === "g" ? press(`g ${key}`) : press(key);
  before = key;
  return found !== false;
}

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && typing(event.target)) return event.target.blur();
  if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
  if (document.body.dataset.keys === "off" || event.key.length !== 1) return;
  if (asked.size) waiting.push(event.key);
  else if (!take(event.key)) return;
  event.preventDefault();
});

/* A key that is pressed before the answer to the last one is there waits for it: what it is for comes with the answer. */
const asked = new Set();
const waiting = [];

document.addEventListener("htmx:beforeSend", ({ detail }) => {
  if (detail.elt.querySelector("[data-key]") || detail.elt.matches("[data-key]")) asked.add(detail.xhr);
});

document.addEventListener("htmx:afterRequest", ({ detail }) => {
  // The answer is in its place by now; its keys work once it has settled.
  setTimeout(() => {
    asked.delete(detail.xhr);
    while (waiting.length && !asked.size && !typing(document.activeElement)) take(waiting.shift());
    if (!asked.size) waiting.length = 0;
  }, htmx.config.defaultSettleDelay);
});

document.addEventListener("focusin", (event) => {
  const item = event.target.closest("[data-item]");
  if (item) choose(item);
});

/* On a narrow screen what narrows a list down is folded away. */
if (matchMedia("(max-width: 70rem)").matches) for (const fold of document.querySelectorAll("details.fold")) fold.open = false;

/* The article: the current card's words are lit in the text, and cards stand beside their words. */
const text = () => document.getElementById("text");
const marksOf = (id) => [...document.querySelectorAll(`#text [data-of~="${CSS.escape(id)}"]`)];

function light(id) {
  for (const lit of document.querySelectorAll("#text .lit")) lit.classList.remove("lit");
  if (!id) return;
  for (const mark of marksOf(id)) mark.classList.add("lit");
}

function align() {
  const column = document.querySelector(".cards");
  if (!column || !text()) return;
  const cards = [...column.querySelectorAll(".card")];
  const beside = column.getBoundingClientRect().left > text().getBoundingClientRect().right;
  column.classList.toggle("placed", beside);
  if (!beside) {
    column.style.height = "";
    for (const card of cards) card.style.top = "";
    return;
  }
  const gap = 12, top = column.getBoundingClientRect().top;
  const wanted = cards.map((card) => {
    const mark = card.dataset.of && marksOf(card.dataset.of)[0];
    return mark ? mark.getBoundingClientRect().top - top - 10 : 0;
  });
  const tall = cards.map((card) => card.offsetHeight);
  const chosen = Math.max(0, cards.indexOf(current()));
  const at = [...wanted];
  for (let i = chosen + 1; i < at.length; i++) at[i] = Math.max(wanted[i], at[i - 1] + tall[i - 1] + gap);
  for (let i = chosen - 1; i >= 0; i--) at[i] = Math.min(wanted[i], at[i + 1] - tall[i] - gap);
  const over = Math.max(0, -(at[0] ?? 0));
  cards.forEach((card, i) => { card.style.top = `${at[i] + over}px`; });
  column.style.height = `${(at.at(-1) ?? 0) + over + (tall.at(-1) ?? 0)}px`;
}

document.addEventListener("dragoman:chosen", (event) => {
  const id = event.detail?.dataset.of;
  if (!id || !text()) return;
  light(id);
  align();
  const address = new URL(location.href);
  address.searchParams.set("at", id);
  address.hash = "";
  history.replaceState(null, "", address);
});

document.addEventListener("click", (event) => {
  const link = event.target.closest("#text a[href^='#card-']");
  if (!link) return;
  event.preventDefault();
  const card = document.getElementById(link.hash.slice(1));
  if (!card) return;
  choose(card);
  card.focus({ preventScroll: true });
  card.scrollIntoView({ block: "nearest", behavior: calm() ? "auto" : "smooth" });
});

/* Where a selection in the text begins and ends, in code points of the article. */
function selected() {
  const range = getSelection().rangeCount ? getSelection().getRangeAt(0) : null;
  if (!range || range.collapsed || !text()?.contains(range.commonAncestorContainer)) return null;
  const place = (node, offset) => {
    const run = (node.nodeType === Node.TEXT_NODE ? node.parentElement : node.childNodes[offset] ?? node)?.closest?.("[data-s]");
    if (!run) return null;
    const before = node.nodeType === Node.TEXT_NODE ? node.data.slice(0, offset) : "";
    return Number(run.dataset.s) + [...before].length;
  };
  const start = place(range.startContainer, range.startOffset), end = place(range.endContainer, range.endOffset);
  return start !== null && end !== null && start < end ? `${start}-${end}` : null;
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-add]");
  if (!link) return;
  event.preventDefault();
  const address = `${link.dataset.add}?new=${selected() ?? ""}`;
  htmx.ajax("GET", address, { target: "#new", select: "#new", swap: "outerHTML" });
});

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") event.target.closest?.("form")?.querySelector("[data-cancel]")?.click();
});

/* After a change: what is there now is put in its place, and said to those who do not see it. */
document.addEventListener("htmx:afterSettle", (event) => {
  const here = event.detail.target?.id ? document.getElementById(event.detail.target.id) : null;
  const elsewhere = document.activeElement?.closest("[data-item]");
  if (here?.matches("[data-item]") && elsewhere && elsewhere !== here) {
    here.classList.remove("current");
    light(elsewhere.dataset.of);
  } else if (here?.matches("[data-item]")) {
    here.classList.add("current");
    if (!here.contains(document.activeElement)) here.focus({ preventScroll: true });
    light(here.dataset.of);
    const words = here.querySelector(".stand")?.textContent;
    if (words) document.getElementById("said").textContent = words;
    here.querySelector("select, input[type=text]")?.focus({ preventScroll: true });
  }
  if (here?.id === "new") here.querySelector("[autofocus], select, input[type=text]")?.focus();
  align();
});

/* Files may be dropped anywhere on the field. */
const drop = document.querySelector(".drop");
if (drop) {
  for (const kind of ["dragover", "dragleave", "drop"]) {
    drop.addEventListener(kind, (event) => {
      event.preventDefault();
      drop.classList.toggle("over", kind === "dragover");
      if (kind === "drop") drop.querySelector("input").files = event.dataTransfer.files;
    });
  }
}

addEventListener("load", align);
addEventListener("resize", align);
addEventListener("toggle", align, true);
align();

/* The address always holds what is shown: also where a form puts its answer into the page that is there. */
document.addEventListener("htmx:afterSettle", (event) => {
  const { requestConfig, pathInfo } = event.detail;
  if (requestConfig?.elt?.closest("[data-address]")) history.replaceState(null, "", pathInfo.finalRequestPath);
});
