// Submits once however often the button is pressed, and not into a dead network: the server takes a repeated
// submission as the same one.
import { moveTo, post, whenBack } from "./posting.js";

const form = document.getElementById("submit-form");
const status = document.getElementById("submitted");
let isSent = false;

async function send() {
  const reply = await post(form.getAttribute("action"), new FormData(form));
  if (reply.state === "go") {
    moveTo(reply.next);
  } else if (reply.state === "offline" || reply.state === "busy") {
    status.textContent = status.dataset[reply.state === "busy" ? "busy" : "waiting"];
    status.dataset.state = "problem";
    whenBack(send, reply.seconds);
  } else {
    form.submit();
  }
}

form?.addEventListener("submit", (event) => {
  event.preventDefault();
  if (!isSent) send();
  isSent = true;
});
window.addEventListener("pageshow", () => {
  isSent = false;
});
