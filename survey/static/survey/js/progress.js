// Moves the progress bar of a job, and shows the page anew when the work has ended.
"use strict";

(function () {
  const box = document.querySelector("[data-progress]");
  if (!box) {
    return;
  }
  const bar = box.querySelector("progress");
  const count = new Intl.NumberFormat(document.documentElement.lang || undefined);

  function show(state) {
    if (state.total) {
      bar.max = state.total;
      bar.value = state.done;
      box.querySelector("[data-done]").textContent = count.format(state.done);
      box.querySelector("[data-total]").textContent = count.format(state.total);
    }
    const step = box.querySelector("[data-step]");
    if (step) {
      step.textContent = state.step;
    }
  }

  async function poll() {
    try {
      const answer = await fetch(box.dataset.progress, { headers: { Accept: "application/json" } });
      if (!answer.ok || answer.redirected) {
        window.location.reload();
        return;
      }
      const state = await answer.json();
      show(state);
      if (!state.is_at_work || (box.dataset.state && box.dataset.state !== state.state)) {
        window.location.reload();
        return;
      }
    } catch {
      // The server is away for a moment; the next question may reach it.
    }
    window.setTimeout(poll, 1000);
  }

  const refresh = document.querySelector(".refresh");
  if (refresh) {
    refresh.hidden = true;
  }
  window.setTimeout(poll, 500);
})();
