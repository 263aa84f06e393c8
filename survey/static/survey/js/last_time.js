// "No change" without a post: fills the fields in with the answer of last time, and lets the page save its draft.
const form = document.getElementById("page-form");

function fill(field, values) {
  if (field.type === "radio" || field.type === "checkbox") field.checked = values.includes(field.value);
  else field.value = values[0] ?? "";
}

function takeOver(question, beside) {
  const answer = JSON.parse(beside.dataset.last);
  for (const field of question.querySelectorAll("input[name], select[name], textarea[name]")) {
    const { name } = field;
    if (/^(taken|same|reason|repair)__/.test(name)) continue;
    fill(field, answer[name] ?? []);
  }
  beside.querySelector("[name^=taken__]").value = "1";
  const changed = question.querySelector("input:checked, select, input[name]:not([type=hidden])");
  changed?.dispatchEvent(new Event("input", { bubbles: true }));
  changed?.dispatchEvent(new Event("change", { bubbles: true }));
}

form?.addEventListener("click", (event) => {
  const button = event.target.closest("[name^=same__]");
  if (!button) return;
  event.preventDefault();
  takeOver(button.closest(".question"), button.closest("[data-last]"));
});
// What a person changes by hand is not taken over any more.
form?.addEventListener("input", (event) => {
  if (!event.isTrusted) return;
  const mark = event.target.closest(".question")?.querySelector("[name^=taken__]");
  if (mark) mark.value = "";
});
