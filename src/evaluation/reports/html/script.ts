// What the report does in a browser: filters the questions, opens them all for printing. Without it
// everything is listed.

export const SCRIPT = `
"use strict";
const form = document.getElementById("filters");
const count = document.getElementById("count");
const questions = [...document.querySelectorAll("details.question")];
const words = new Map(questions.map((question) => [question, question.textContent.toLowerCase()]));
const matches = (question, chosen) => {
  const { status, type, outcome, documents } = question.dataset;
  const failed = status === "wrong" || status === "refused";
  return (chosen.status === "" || (chosen.status === "failed" ? failed : status === chosen.status)) &&
    (chosen.type === "" || type === chosen.type) &&
    (chosen.outcome === "" || outcome === chosen.outcome) &&
    (chosen.document === "" || JSON.parse(documents).includes(chosen.document)) &&
    words.get(question).includes(chosen.words.trim().toLowerCase());
};
const filter = () => {
  const chosen = Object.fromEntries(new FormData(form));
  let shown = 0;
  for (const question of questions) {
    question.hidden = !matches(question, chosen);
    if (!question.hidden) shown += 1;
  }
  count.textContent = shown + " of " + questions.length + (questions.length === 1 ? " question" : " questions");
};
form.hidden = false;
form.addEventListener("input", filter);
form.addEventListener("submit", (event) => event.preventDefault());
form.addEventListener("reset", () => setTimeout(filter));
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
filter();
`;
