// Ranking by tapping in order: buttons in place of the lists to choose from, which stay and hold what is posted.
function ranking(box) {
  const selects = [...box.querySelectorAll("select")];
  const question = box.closest(".question");
  const status = Object.assign(document.createElement("p"), { className: "visually-hidden" });
  status.setAttribute("role", "status");
  const chosen = () => selects.map((select) => select.value).filter(Boolean);
  const missing = () => [...question.querySelectorAll(".missing-choices input")];

  const buttons = [...selects[0].options].filter((option) => option.value).map((option) => {
    const button = Object.assign(document.createElement("button"), { type: "button", className: "choice tap" });
    button.dataset.code = option.value;
    const place = Object.assign(document.createElement("span"), { className: "place" });
    button.append(place, Object.assign(document.createElement("span"), { textContent: option.textContent.trim() }));
    button.addEventListener("click", () => tap(option.value));
    return button;
  });

  function show() {
    const order = chosen();
    for (const button of buttons) {
      const place = order.indexOf(button.dataset.code);
      button.setAttribute("aria-pressed", String(place >= 0));
      button.firstChild.textContent = place >= 0 ? String(place + 1) : "";
      button.classList.toggle("is-full", place < 0 && order.length === selects.length);
    }
  }

  function put(order) {
    selects.forEach((select, place) => { select.value = order[place] ?? ""; });
    show();
  }

  function tap(code) {
    const order = chosen();
    const at = order.indexOf(code);
    if (at < 0 && order.length === selects.length) {
      status.textContent = box.dataset.full;
      return;
    }
    if (at < 0) order.push(code);
    else order.splice(at, 1);
    for (const answer of missing()) answer.checked = false;
    put(order);
    status.textContent = at < 0 ? `${order.length}. ${buttonOf(code).lastChild.textContent}` : box.dataset.back;
    selects[0].dispatchEvent(new Event("input", { bubbles: true }));
    selects[0].dispatchEvent(new Event("change", { bubbles: true }));
  }

  const buttonOf = (code) => buttons.find((button) => button.dataset.code === code);
  const list = Object.assign(document.createElement("div"), { className: "taps" });
  list.append(...buttons);
  for (const part of box.querySelectorAll(".rank")) part.hidden = true;
  // Links of the summary of errors lead to the first list, which is not seen any more.
  const target = selects[0].id;
  selects[0].removeAttribute("id");
  if (buttons[0]) buttons[0].id = target;
  box.append(list, status);
  box.querySelector("[data-how]").hidden = false;
  box.addEventListener("change", (event) => { if (!event.isTrusted) show(); });
  question.addEventListener("change", (event) => {
    if (event.target.closest(".missing-choices") && event.target.checked) put([]);
  });
  show();
}

document.querySelectorAll("[data-ranking]").forEach(ranking);
// A browser that goes back puts what was chosen into the lists only now. The event does not bubble: nobody has answered.
window.addEventListener("pageshow", () => {
  for (const box of document.querySelectorAll("[data-ranking]")) box.dispatchEvent(new Event("change"));
});
