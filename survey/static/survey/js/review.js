// Search in the check of all answers: rows that do not hold what is typed are hidden, sections that do are open.
const tools = document.querySelector("[data-review-tools]");
const sections = [...document.querySelectorAll(".review-section")];

if (tools && sections.length) {
  tools.hidden = false;
  const field = tools.querySelector("input");
  const found = tools.querySelector("[role=status]");
  const opened = new Set();

  field.addEventListener("input", () => {
    // One form of each letter: full-width digits and capitals are found as well.
    const wanted = field.value.normalize("NFKC").toLowerCase().trim();
    let count = 0;
    for (const section of sections) {
      const rows = [...section.querySelectorAll(".review > div")];
      for (const row of rows) {
        row.hidden = wanted !== "" && !row.textContent.normalize("NFKC").toLowerCase().includes(wanted);
      }
      const left = rows.filter((row) => !row.hidden).length;
      count += left;
      section.hidden = left === 0;
      if (wanted && left && !section.open) opened.add(section);
      if (wanted && left) section.open = true;
      // What only the search has opened closes with it.
      if (!wanted && opened.delete(section)) section.open = false;
    }
    found.textContent = wanted ? `${found.dataset.found} ${count}` : "";
  });
  tools.querySelector("[data-open-all]").addEventListener("click", () => {
    for (const section of sections) section.open = true;
  });
}
document.querySelector(".review .seen")?.focus({ preventScroll: false });
