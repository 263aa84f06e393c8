// Warns two minutes before the session ends; one key extends it. Without this script nothing typed is lost either.
import { dropAllKept, dropKept, dropOld, sendKept } from "./kept_here.js";

const AHEAD = 120;
const { sessionSeconds, sessionUrl, submitted } = document.body.dataset;
const dialog = document.getElementById("session-warning");
let timer = 0;

function wait(seconds) {
  window.clearTimeout(timer);
  if (seconds > 0) timer = window.setTimeout(() => dialog.showModal(), Math.max(seconds - AHEAD, 0) * 1000);
}

function token() {
  return document.querySelector("[name=csrfmiddlewaretoken]").value;
}

async function stay() {
  dialog.close();
  const body = new FormData();
  body.set("csrfmiddlewaretoken", token());
  try {
    const reply = await fetch(sessionUrl, { method: "POST", body, headers: { Accept: "application/json" } });
    if (reply.ok) wait((await reply.json()).seconds);
    else if (reply.status === 503) window.setTimeout(stay, Number(reply.headers.get("Retry-After") ?? 5) * 1000);
  } catch {
    wait(AHEAD + 30);
  }
}

if (dialog && sessionUrl) {
  document.getElementById("session-stay").addEventListener("click", stay);
  document.addEventListener("survey:saved", (event) => wait(event.detail.sessionSeconds));
  wait(Number(sessionSeconds));
}
// What is typed on this device outlives neither its submission nor the firm's leaving.
dropOld();
if (submitted) dropAllKept();
else if (sessionUrl) sendKept(token(), document.getElementById("page-form")?.dataset.draftUrl);
// Between two answers a person decides once.
const conflict = document.querySelector("form.conflict");
conflict?.addEventListener("submit", () => dropKept(conflict.dataset.draftUrl));
document.getElementById("leave-form")?.addEventListener("submit", dropAllKept);
