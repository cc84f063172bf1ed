// Keys and instant search. Everything works without it, by links and forms.
"use strict";

const find = (selector) => document.querySelector(selector);
const all = (selector) => [...document.querySelectorAll(selector)];
const writing = (target) => target.matches("input:not([type=checkbox]), textarea, select");

// Where one is: a row of the class, or a criterion of a submission.
const stops = () => all("#rows tr, article.criterion").filter((one) => !one.hidden);

function here() {
  return find(".here");
}

function goTo(stop) {
  if (!stop) return;
  here()?.classList.remove("here");
  stop.classList.add("here");
  stop.scrollIntoView({ block: stop.tagName === "TR" ? "nearest" : "start", behavior: "instant" });
}

function move(by) {
  const list = stops();
  const place = list.indexOf(here());
  goTo(list[place < 0 ? 0 : Math.min(Math.max(place + by, 0), list.length - 1)]);
}

// A form of the criterion where one is; else of the first that is to be read.
function opened(kind) {
  const stop = here() ?? find("article.criterion.pending") ?? find("article.criterion");
  const details = stop?.querySelector(kind);
  if (!details) return null;
  details.open = true;
  goTo(stop);
  return details.querySelector("form");
}

const form = () => opened("details.decide") ?? find(".kind form.marking");

const click = (selector) => find(selector)?.click();
const KEYS = {
  j: () => move(1),
  k: () => move(-1),
  n: () => click("#next"),
  u: () => click("#up"),
  ArrowLeft: () => click("#before"),
  ArrowRight: () => click("#after"),
  p: () => form()?.elements.points.select(),
  c: () => find("#comment textarea")?.focus(),
  m: () => opened("details.tell")?.elements.text.focus(),
  "/": () => find("#search")?.select(),
  "?": () => find("#help").showModal(),
  Enter: () => here()?.querySelector("td a")?.click(),
  0: () => form()?.querySelector("[data-key='0']").click(),
  h: () => form()?.querySelector("[data-key=h]").click(),
  f: () => form()?.querySelector("[data-key=f]").click(),
};

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && writing(event.target)) event.target.blur();
  if (event.key === "Enter" && event.ctrlKey && event.target.form) {
    const button = event.target.form.querySelector("[name=then]") ?? event.target.form.querySelector(".main");
    event.target.form.requestSubmit(button);
  }
  if (writing(event.target) || event.ctrlKey || event.metaKey || event.altKey || find("dialog[open]")) return;
  if (event.key === "Enter" && event.target.matches("a, button, summary, input")) return;
  const act = KEYS[event.key];
  if (!act) return;
  event.preventDefault();
  act();
});

// Enter in the field of points gives them, whatever button comes first in the form.
for (const field of all("input[name=points]")) {
  field.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.ctrlKey) return;
    event.preventDefault();
    field.form.requestSubmit(field.form.querySelector(".main"));
  });
}

// A point that is written needs no button; a button needs no points.
for (const button of all("[data-key]")) {
  button.addEventListener("click", () => { button.form.elements.points.value = ""; });
}

const search = find("#search");
search?.addEventListener("input", () => {
  const wanted = search.value.toLowerCase();
  let count = 0;
  for (const row of all("#rows tr")) {
    row.hidden = !row.cells[0].textContent.toLowerCase().includes(wanted);
    count += !row.hidden;
  }
  find("#shown").textContent = count;
});

for (const select of all(".filter select")) select.addEventListener("change", () => select.form.requestSubmit());

find("#ask")?.addEventListener("click", () => find("#help").showModal());

if (location.hash.length > 1) goTo(document.getElementById(location.hash.slice(1))?.closest("article.criterion"));
