// What the server says of a draft, at the questions that it is about: texts not understood, figures to be explained.
let unread = {};
const edited = new Set();

export function noteEdit(field) {
  const question = field.closest("[id^=question-]");
  if (question) edited.add(question.id.slice("question-".length));
}

function mark(question, code, message) {
  const fields = question.querySelectorAll(`[id^="id_${code}"]:is(input:not([type=radio], [type=checkbox]), textarea, select)`);
  let text = question.querySelector(":scope > .error-text");
  if (message && !text) {
    text = document.createElement("p");
    Object.assign(text, { className: "error-text", id: `id_${code}_error` });
    const heads = question.querySelectorAll(":scope > :is(.hint, legend, .wording)");
    heads[heads.length - 1].after(text);
  }
  if (text) {
    if (message) text.textContent = message;
    text.hidden = !message;
  }
  question.classList.toggle("wrong", Boolean(message));
  for (const field of fields) {
    const ids = new Set((field.getAttribute("aria-describedby") ?? "").split(" ").filter(Boolean));
    if (message) ids.add(text.id);
    else field.removeAttribute("aria-invalid");
    if (message && fields.length === 1) field.setAttribute("aria-invalid", "true");
    if (ids.size) field.setAttribute("aria-describedby", [...ids].join(" "));
  }
}

// Nobody is told of a mistake in the field in which the cursor still stands.
function show() {
  for (const code of edited) {
    const question = document.getElementById(`question-${code}`);
    if (question && !(unread[code] && question.contains(document.activeElement))) mark(question, code, unread[code] ?? "");
  }
}

export function markUnread(form, messages) {
  unread = messages;
  show();
}

export function renewBoxes(form, boxes) {
  for (const box of form.querySelectorAll(".verify")) {
    const unusual = [...box.querySelectorAll(".unusual")];
    for (const part of unusual) renewUnusual(part, boxes[part.dataset.rule]);
    // Hidden, not removed: the figure may become unusual again, and a reason that was written is kept.
    box.hidden = unusual.every((part) => part.hidden);
  }
}

function renewUnusual(part, said) {
  part.hidden = !said;
  if (!said) return;
  part.querySelector("p").textContent = said.message;
  const figures = part.querySelector(".figures");
  figures?.replaceChildren(...said.figures.map(([label, value]) => {
    const [line, term, figure] = ["div", "dt", "dd"].map((name) => document.createElement(name));
    term.textContent = label;
    figure.textContent = value;
    line.append(term, figure);
    return line;
  }));
}

document.addEventListener("focusout", () => window.setTimeout(show));
