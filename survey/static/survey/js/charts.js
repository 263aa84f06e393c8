// Draws the charts below their tables. Without this script the tables stand open and say the same.
"use strict";

const OPTIONS = {
  ast: true, // expressions run in an interpreter, as the content security policy asks
  renderer: "svg",
  actions: false,
  defaultStyle: false,
  tooltip: { disableDefaultStyle: true, theme: "office" },
};

async function draw(place) {
  if (!place.offsetParent) return; // A phone has no room for the picture of a wide table, which then stays open.
  const specification = JSON.parse(document.getElementById(place.dataset.chart).textContent);
  await window.vegaEmbed(place, window.forNarrowPlace(specification, place.clientWidth), OPTIONS);
  place.querySelector("svg").setAttribute("aria-hidden", "true"); // The place is the picture and has its name.
  const table = place.closest(".result").querySelector("details.table-switch");
  if (table) table.open = false;
}

function openTables(isOpen) {
  document.querySelectorAll(".result").forEach((result) => {
    const table = result.querySelector("details.table-switch");
    if (!table || !result.querySelector(".chart svg")) return;
    if (isOpen) {
      table.dataset.wasOpen = table.open;
      table.open = true;
    } else {
      table.open = table.dataset.wasOpen === "true";
    }
  });
}

document.addEventListener("DOMContentLoaded", async () => {
  for (const place of document.querySelectorAll("[data-chart]")) {
    try {
      await draw(place);
    } catch (error) {
      place.remove();
      console.warn(error);
    }
  }
  document.documentElement.dataset.charts = "drawn";
});
window.addEventListener("beforeprint", () => openTables(true));
window.addEventListener("afterprint", () => openTables(false));
