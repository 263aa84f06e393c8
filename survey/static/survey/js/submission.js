// The server takes a double click as one submission; this only keeps the second one from being sent.
const form = document.getElementById("submit-form");

form?.addEventListener("submit", (event) => {
  if (form.dataset.sent) event.preventDefault();
  form.dataset.sent = "1";
});
window.addEventListener("pageshow", () => form && delete form.dataset.sent);
