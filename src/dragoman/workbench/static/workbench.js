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

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && typing(event.target)) return event.target.blur();
  if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
  if (document.body.dataset.keys === "off" || event.key.length !== 1) return;
  if (press(event.key) !== false) event.preventDefault();
});

document.addEventListener("focusin", (event) => {
  const item = event.target.closest("[data-item]");
  if (item) choose(item);
});

/* What came of a change is said to those who do not see it. */
document.addEventListener("htmx:afterSwap", (event) => {
  const words = document.querySelector("[data-say]")?.dataset.say;
  if (words) document.getElementById("said").textContent = words;
});
