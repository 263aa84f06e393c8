// The link in our letter carries the code behind "#", which never reaches a server; here it fills the field.
const field = document.getElementById("access_code");
const match = /^#code=([^&]+)/i.exec(window.location.hash);

if (field && match) {
  field.value = decodeURIComponent(match[1]);
  history.replaceState(null, "", window.location.pathname);
}
if (field && match) field.form.querySelector("button[type=submit]").focus();
else document.querySelector(".summary")?.focus();

const form = field?.form;
form?.addEventListener("submit", (event) => {
  if (form.dataset.sent) event.preventDefault();
  form.dataset.sent = "1";
});
window.addEventListener("pageshow", () => form && delete form.dataset.sent);
