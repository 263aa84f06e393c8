// Small help at the fields of a page: answers that stand alone, sums, characters left, the state of saving nearby.
const form = document.getElementById("page-form");
const near = document.createElement("p");
let current = null;

function standAlone(box) {
  if (!box.checked || box.type === "radio") return;
  const others = box.closest(".question").querySelectorAll("input[type=checkbox][name]");
  for (const other of others) {
    if (other === box || other.name.endsWith("__estimated")) continue;
    if ("alone" in box.dataset || "alone" in other.dataset) other.checked = false;
  }
}

const ABOUT = /^(大约|大概|约莫|约为|约|approximately|approx\.?|about|around|circa|ca\.|[~≈])|(左右|上下|orso)$/gi;

// As the server reads shares: full width, a full stop or a comma for the point, since nothing up to 100 is grouped.
function numberOf(text) {
  return Number(text.normalize("NFKC").replace(/[%\s]/g, "").replace(ABOUT, "").replace(/[。,]/g, "."));
}

function addShares(shares) {
  const cells = [...shares.querySelectorAll("input")].map((cell) => numberOf(cell.value));
  const total = cells.reduce((sum, part) => sum + part, 0);
  shares.querySelector("[data-total]").textContent = Number.isFinite(total) ? `${Math.round(total * 100) / 100} %` : "";
}

function count(field) {
  const place = document.getElementById(`${field.id}_count`);
  const length = [...field.value.trim().replaceAll("\r\n", "\n")].length;
  const limit = Number(field.dataset.limit);
  place.textContent = `${length} / ${limit}`;
  place.classList.toggle("over", length > limit);
}

form.addEventListener("input", (event) => {
  const shares = event.target.closest("[data-shares]");
  if (shares) addShares(shares);
  if ("limit" in event.target.dataset) count(event.target);
});
form.addEventListener("change", (event) => {
  if (event.target.type === "checkbox") standAlone(event.target);
  if ("limit" in event.target.dataset) count(event.target);
});
form.addEventListener("focusin", (event) => {
  current = event.target.closest(".question");
});
// For the eye alone: a screen reader hears it from the status below, once.
near.className = "saved saved-near";
near.setAttribute("aria-hidden", "true");
document.addEventListener("survey:said", (event) => {
  near.textContent = event.detail.text;
  near.dataset.state = event.detail.isProblem ? "problem" : "";
  if (current?.isConnected && !current.hidden) current.append(near);
});
form.querySelectorAll("[data-shares]").forEach(addShares);
form.querySelectorAll("[data-limit]").forEach(count);
