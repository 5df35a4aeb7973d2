// Keeps the pieces of a page that belong to a running job fresh. A piece names where it comes from in
// `data-live`; the answer says with `data-ended` that there is nothing more to wait for.

const INTERVAL = 2000;

/** @param {HTMLElement} piece */
async function refresh(piece) {
  const url = piece.dataset.live;
  if (!url) return;
  const response = await fetch(url, { headers: { Accept: "text/html" } });
  if (!response.ok || response.redirected) return;
  piece.innerHTML = await response.text();
  if (!piece.querySelector("[data-ended]")) return;
  piece.dataset.live = "";
  if ("reload" in piece.dataset) location.reload();
}

async function tick() {
  const pieces = /** @type {HTMLElement[]} */ ([...document.querySelectorAll("[data-live]")]);
  const running = pieces.filter((piece) => piece.dataset.live);
  if (!document.hidden) await Promise.allSettled(running.map(refresh));
  if (running.length) setTimeout(tick, INTERVAL);
}

setTimeout(tick, INTERVAL);
