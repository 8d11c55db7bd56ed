// What the report does in a browser: filters and orders the questions, keeps the choice in the address so
// that it can be passed on, opens what is shown for printing. Without it everything is listed.

export const SCRIPT = `
"use strict";
const form = document.getElementById("filters");
const count = document.getElementById("count");
const questions = [...document.querySelectorAll("details.question")];
const words = new Map();
const wordsOf = (question) => {
  if (!words.has(question)) words.set(question, question.textContent.toLowerCase());
  return words.get(question);
};
const ranks = { "": () => true, 1: (rank) => rank === "1", 2: (rank) => rank > 1 && rank < 6, 6: (rank) => rank > 5, none: (rank) => rank === "none" };
const matches = (question, chosen) => {
  const { status, type, outcome, documents, rank, change } = question.dataset;
  const failed = status === "wrong" || status === "refused";
  return (chosen.status === "" || (chosen.status === "failed" ? failed : status === chosen.status)) &&
    (chosen.type === "" || type === chosen.type) &&
    (chosen.outcome === "" || outcome === chosen.outcome) &&
    (chosen.document === "" || JSON.parse(documents).includes(chosen.document)) &&
    ranks[chosen.rank](rank) &&
    (!chosen.change || change === chosen.change) &&
    (chosen.words === "" || wordsOf(question).includes(chosen.words));
};
let ordered = "";
const order = (by) => {
  if (by === ordered) return;
  ordered = by;
  const sign = by === "confident" ? -1 : 1;
  const sorted = by === "" ? questions : [...questions].sort((a, b) => sign * (a.dataset.confidence - b.dataset.confidence));
  questions[0]?.parentNode.append(...sorted);
};
const filter = () => {
  const chosen = Object.fromEntries(new FormData(form));
  const given = new URLSearchParams(Object.entries(chosen).filter(([name, value]) => value !== fresh[name]));
  chosen.words = chosen.words.trim().toLowerCase();
  order(chosen.order);
  let shown = 0;
  for (const question of questions) {
    question.hidden = !matches(question, chosen);
    if (!question.hidden) shown += 1;
  }
  count.textContent = shown + " of " + questions.length + (questions.length === 1 ? " question" : " questions");
  const address = given.size > 0 ? "#" + given : "";
  if (location.hash !== address) history.replaceState(null, "", address || location.pathname);
};
const fresh = Object.fromEntries(new FormData(form));
const restore = () => {
  for (const [name, value] of new URLSearchParams(location.hash.slice(1))) {
    const field = form.elements[name];
    if (field && name in fresh) field.value = value;
    if (field && field.selectedIndex === -1) field.value = fresh[name];
  }
  filter();
};
form.hidden = false;
form.addEventListener("input", filter);
form.addEventListener("submit", (event) => event.preventDefault());
form.addEventListener("reset", () => setTimeout(filter));
addEventListener("hashchange", restore);
for (const pick of document.querySelectorAll("button.pick")) {
  pick.addEventListener("click", () => {
    form.reset();
    form.elements.status.value = "";
    form.elements[pick.dataset.field].value = pick.dataset.value;
    filter();
    document.getElementById("questions").focus();
  });
}
document.getElementById("open").addEventListener("click", () => {
  const visible = questions.filter((question) => !question.hidden);
  const open = visible.some((question) => !question.open);
  for (const question of visible) question.open = open;
});
let opened = [];
addEventListener("beforeprint", () => {
  opened = [...document.querySelectorAll("details:not([open]):not([hidden]):not(.ranking)")];
  for (const details of opened) details.open = true;
});
addEventListener("afterprint", () => {
  for (const details of opened) details.open = false;
});
restore();
`;
