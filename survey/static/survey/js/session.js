// Warns two minutes before the session ends; one key extends it. Without this script nothing typed is lost either.
const AHEAD = 120;
const { sessionSeconds, sessionUrl } = document.body.dataset;
const dialog = document.getElementById("session-warning");
let timer = 0;

function wait(seconds) {
  window.clearTimeout(timer);
  if (seconds > 0) timer = window.setTimeout(() => dialog.showModal(), Math.max(seconds - AHEAD, 0) * 1000);
}

async function stay() {
  dialog.close();
  const body = new FormData();
  body.set("csrfmiddlewaretoken", document.querySelector("[name=csrfmiddlewaretoken]").value);
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
