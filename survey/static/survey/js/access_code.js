// The link in our letter carries the code behind "#", which never reaches a server; here it fills the field. Who comes by
// it reads the notice first: on a phone the field stands below it then, and the page is not scrolled to it.
import { dropOld } from "./kept_here.js";

const field = document.getElementById("access_code");
const form = field?.form;

function fillIn() {
  const match = /^#code=([^&]+)/i.exec(window.location.hash);
  if (!field || !match) return false;
  field.value = decodeURIComponent(match[1]);
  history.replaceState(null, "", window.location.pathname);
  document.querySelector(".entry")?.classList.add("from-letter");
  form.querySelector("button.btn").focus({ preventScroll: true });
  return true;
}

if (!fillIn()) document.querySelector(".summary")?.focus();
window.addEventListener("hashchange", fillIn);
dropOld();

form?.addEventListener("submit", (event) => {
  if (form.dataset.sent) event.preventDefault();
  form.dataset.sent = "1";
});
window.addEventListener("pageshow", () => form && delete form.dataset.sent);
