// Adds to a page that works without it: drafts while typing and on leaving, and sending that waits for a network.
import { dropAllKept, dropKept, keepHere, keptHere } from "./kept_here.js";
import { moveTo, post, whenBack } from "./posting.js";
import { markUnread, noteEdit, renewBoxes } from "./remarks.js";

const PAUSE = 900;
const SEEN = 400; // milliseconds after which a question that has just appeared counts as seen
const STATE = ["revision", "base", "shown", "asked"];
const BESIDE = new Set([...STATE, "csrfmiddlewaretoken", "firm", "from", "about", "sent", "again", "go"]);
const FAILURES = { conflict: "conflict", code_needed: "code", collection_closed: "closed", already_submitted: "closed" };
const form = document.getElementById("page-form");
const status = document.getElementById("saved");
const address = form.dataset.draftUrl;
let timer = 0;
let edits = 0; // how often something was changed, and how many of these changes the server has
let stored = 0;
let sends = 0; // drafts sent, and the latest that was answered
let answered = 0;
let sent = []; // drafts without an answer: what is stored of them is this page's own
let running = 0;
let waiting = false;
let awaited = false; // whether a draft goes out as soon as the network is back
let pressed = null;
let leaving = false;

function say(text, isProblem) {
  status.textContent = text;
  status.dataset.state = isProblem ? "problem" : "";
  document.dispatchEvent(new CustomEvent("survey:said", { detail: { text, isProblem } }));
}

function fields() {
  const found = {};
  for (const [name, value] of new FormData(form)) {
    if (!BESIDE.has(name) && !(value instanceof File)) (found[name] ??= []).push(value);
  }
  return found;
}

function ownDrafts() {
  return sent.map((draft) => draft.fields);
}

function bodyOf(button) {
  const body = new FormData(form);
  for (const [name, value] of [...body]) if (value instanceof File) body.delete(name);
  if (sent.length) body.set("sent", JSON.stringify(ownDrafts()));
  if (button?.name) body.set(button.name, button.value);
  return body;
}

function later(pause) {
  window.clearTimeout(timer);
  timer = window.setTimeout(saveDraft, pause);
}

function noteChange() {
  edits += 1;
  const state = Object.fromEntries(STATE.map((name) => [name, form.elements[name].value]));
  keepHere(address, { fields: fields(), state, sent: ownDrafts() });
}

async function saveDraft(isLast = false) {
  window.clearTimeout(timer);
  if (pressed || (running && !isLast)) {
    waiting = true;
    return;
  }
  waiting = false;
  const [number, upTo, body] = [(sends += 1), edits, bodyOf()];
  sent = [...sent, { number, fields: fields() }].slice(-3);
  running += 1;
  const reply = await post(address, body);
  running -= 1;
  if (reply.state === "saved") takeDraft(reply, number, upTo);
  else if (!pressed) sayWhyNot(reply);
  if (waiting && !running) later(PAUSE);
}

function takeDraft(reply, number, upTo) {
  // Answers may overtake each other; an older one tells nothing new.
  if (number < answered) return;
  answered = number;
  sent = sent.filter((draft) => draft.number > number);
  stored = Math.max(stored, upTo);
  if (stored === edits) dropKept(address);
  for (const name of ["revision", "base", "shown"]) form.elements[name].value = reply[name];
  document.dispatchEvent(new CustomEvent("survey:saved", { detail: { sessionSeconds: reply.session_seconds } }));
  // Whoever has pressed the button has not seen what this draft brings: it is no answer left open.
  if (pressed || leaving) return;
  showAsked(reply.asked);
  markUnread(form, reply.unread);
  renewBoxes(form, reply.boxes);
  say(reply.said, Object.keys(reply.unread).length > 0);
}

function showAsked(codes) {
  const asked = new Set(codes.split(" "));
  for (const question of form.querySelectorAll("[id^=question-]")) {
    question.hidden = !asked.has(question.id.slice("question-".length));
  }
  window.setTimeout(() => {
    if (!pressed && !leaving) form.elements.asked.value = codes;
  }, SEEN);
}

function sayWhyNot(reply) {
  if (reply.state === "busy") {
    say(status.dataset.busy, true);
    later(reply.seconds * 1000);
  } else if (reply.state in FAILURES) {
    say(status.dataset[FAILURES[reply.state]], true);
  } else {
    say(status.dataset.offline, true);
    if (!awaited) whenBack(saveWhenBack, 15);
    awaited = true;
  }
}

function saveWhenBack() {
  awaited = false;
  if (edits !== stored) saveDraft();
}

// Sent by the script, so that a dead network takes nothing away; what stands against the page is shown by the browser.
async function send() {
  const button = pressed;
  if (needsBrowser(button)) {
    if (navigator.onLine) sendByBrowser(button);
    else waitForNetwork();
    return;
  }
  const upTo = edits;
  const reply = await post(form.getAttribute("action"), bodyOf(button));
  if (reply.state === "go") goTo(reply.next, button, upTo);
  else if (reply.state === "offline") waitForNetwork();
  else if (reply.state === "busy") {
    say(status.dataset.busy, true);
    whenBack(send, reply.seconds);
  } else {
    for (const name of STATE) if (name in reply) form.elements[name].value = reply[name];
    if (reply.state === "stay") {
      stored = upTo;
      sent = [];
      dropKept(address);
    }
    if (reply.state === "stay" || reply.state === "conflict") add("again", "1");
    sendByBrowser(pressed ?? button);
  }
}

function needsBrowser(button) {
  const files = [...form.querySelectorAll("input[type=file]")];
  return button?.name === "switch_language" || files.some((field) => field.files.length > 0);
}

function waitForNetwork() {
  say(status.dataset.waiting, true);
  whenBack(send);
}

function goTo(next, button, upTo) {
  leaving = true;
  // What was typed while the page was on its way is sent by the next page.
  if (edits === upTo) dropKept(address);
  if (button?.name === "go" && ["leave", "case"].includes(button.value)) dropAllKept();
  moveTo(next);
}

function add(name, value) {
  const field = document.createElement("input");
  Object.assign(field, { type: "hidden", name, value, className: "added" });
  form.append(field);
}

function sendByBrowser(button) {
  leaving = true;
  if (button?.name) add(button.name, button.value);
  if (sent.length) add("sent", JSON.stringify(ownDrafts()));
  form.submit();
}

function fill(values) {
  for (const field of form.elements) {
    if (!field.name || BESIDE.has(field.name) || field.type === "file" || field.type === "submit") continue;
    const given = values[field.name] ?? [];
    const isMark = field.type === "radio" || field.type === "checkbox";
    const before = isMark ? field.checked : field.value;
    if (isMark) field.checked = given.includes(field.value);
    else if (field.type !== "hidden") field.value = given[0] ?? "";
    if (before !== (isMark ? field.checked : field.value)) field.dispatchEvent(new Event("change", { bubbles: true }));
  }
}

// What was typed here before and may not have arrived, as old as it is: a newer answer of a colleague is asked about.
function bringBack() {
  const kept = keptHere(address);
  if (!kept) return;
  if (JSON.stringify(kept.fields) === JSON.stringify(fields())) {
    dropKept(address);
    return;
  }
  for (const name of STATE) if (name !== "asked") form.elements[name].value = kept.state[name];
  sent = [...kept.sent, kept.fields].slice(-3).map((typed) => ({ number: 0, fields: typed }));
  fill(kept.fields);
  noteChange();
  say(status.dataset.restored, true);
  saveDraft();
}

function saveAtOnce() {
  if (!leaving && edits !== stored) saveDraft(true);
}

form.addEventListener("input", (event) => {
  if (event.target.type === "file") return;
  noteEdit(event.target);
  noteChange();
  later(PAUSE);
});
form.addEventListener("change", (event) => {
  if (!event.target.matches("input[type=radio], input[type=checkbox], select")) return;
  noteEdit(event.target);
  noteChange();
  later(150);
});
form.addEventListener("submit", (event) => {
  event.preventDefault();
  if (leaving) return;
  const isFirst = !pressed;
  pressed = event.submitter ?? form.querySelector(".actions button");
  window.clearTimeout(timer);
  if (isFirst) send();
});
window.addEventListener("pagehide", saveAtOnce);
document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && saveAtOnce());
window.addEventListener("pageshow", () => {
  leaving = false;
  pressed = null;
  form.querySelectorAll(".added").forEach((field) => field.remove());
});
bringBack();
document.getElementById("summary")?.focus();
