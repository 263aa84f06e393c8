// Adds to a page that works without it: drafts while typing, a guard against double clicks, further questions at once.
const PAUSE = 900;
const form = document.getElementById("page-form");
const status = document.getElementById("saved");
let timer = 0;
let running = false;
let waiting = false;
let leaving = false;
let pressed = null;

function say(text, isProblem) {
  status.textContent = text;
  status.dataset.state = isProblem ? "problem" : "";
}

function later(pause) {
  window.clearTimeout(timer);
  timer = window.setTimeout(saveDraft, pause);
}

function draftBody() {
  const body = new FormData(form);
  for (const [name, value] of [...body]) if (value instanceof File) body.delete(name);
  return body;
}

// The server is busy: what is typed stays on this page and is sent again when the server says so.
function waitAsTold(reply) {
  say(status.dataset.busy, true);
  later(Number(reply.headers.get("Retry-After") ?? 5) * 1000);
}

const FAILURES = { conflict: "conflict", code_needed: "code", collection_closed: "closed", already_submitted: "closed" };

async function saveDraft() {
  if (running || leaving) {
    waiting = true;
    return;
  }
  running = true;
  waiting = false;
  try {
    const reply = await fetch(form.dataset.draftUrl, {
      method: "POST", body: draftBody(), headers: { Accept: "application/json" },
    });
    const state = await reply.json();
    if (state.state === "saved") take(state);
    else if (reply.status === 503) waitAsTold(reply);
    else say(status.dataset[FAILURES[state.state] ?? "offline"], true);
  } catch {
    say(status.dataset.offline, true);
    later(15000);
  }
  running = false;
  if (pressed) send();
  else if (waiting) later(PAUSE);
}

// A page sent while its own draft is on the way would look like another person's; so it waits for the draft.
function send() {
  const button = pressed;
  pressed = null;
  leaving = false;
  form.requestSubmit(button);
}

function take(state) {
  for (const name of ["revision", "base", "shown", "asked"]) form.elements[name].value = state[name];
  const asked = new Set(state.asked.split(" "));
  for (const question of form.querySelectorAll("[id^=question-]")) {
    question.hidden = !asked.has(question.id.slice("question-".length));
  }
  say(`${status.dataset.saved} ${state.at}`, false);
  document.dispatchEvent(new CustomEvent("survey:saved", { detail: { sessionSeconds: state.session_seconds } }));
}

function standAlone(box) {
  if (!box.checked || box.type === "radio") return;
  const others = box.closest(".question").querySelectorAll("input[type=checkbox][name]");
  for (const other of others) {
    if (other === box || other.name.endsWith("__estimated")) continue;
    if ("alone" in box.dataset || "alone" in other.dataset) other.checked = false;
  }
}

function addShares(shares) {
  const cells = [...shares.querySelectorAll("input")].map((cell) => Number(cell.value.normalize("NFKC").replaceAll("。", ".").replace(/[,%\s]|^约/g, "")));
  const total = cells.reduce((sum, part) => sum + part, 0);
  shares.querySelector("[data-total]").textContent = Number.isFinite(total) ? `${Math.round(total * 100) / 100} %` : "";
}

if (form) {
  form.addEventListener("input", (event) => {
    const shares = event.target.closest("[data-shares]");
    if (shares) addShares(shares);
    if (event.target.type !== "file") later(PAUSE);
  });
  form.addEventListener("change", (event) => {
    if (event.target.type === "checkbox") standAlone(event.target);
    if (event.target.matches("input[type=radio], input[type=checkbox], select")) later(150);
  });
  form.addEventListener("submit", (event) => {
    if (leaving || running) event.preventDefault();
    if (running && !leaving) pressed = event.submitter ?? form.querySelector("button[type=submit]");
    leaving = true;
    window.clearTimeout(timer);
  });
  window.addEventListener("pageshow", () => { leaving = false; });
  form.querySelectorAll("[data-shares]").forEach(addShares);
}
document.getElementById("summary")?.focus();
