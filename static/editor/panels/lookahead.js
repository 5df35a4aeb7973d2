/** @typedef {import("../types.js").Editor} Editor */

/** A little after the article is on the page, so as not to be in its way. */
const CALM_MS = 700;

/**
 * Fetches the next article ahead once this one is really being worked on: asking claims it, and who only looks
 * in should claim nothing.
 * @param {Editor} editor
 */
export function lookAhead({ boot, store, flow, signal }) {
  if (!flow.canFinish) return;
  const soon = () => setTimeout(() => signal.aborted || flow.ahead.prepare(), CALM_MS);
  if (boot.claim.held || boot.mode === "review") {
    soon();
    return;
  }
  let isDue = true;
  store.subscribe(({ changes, origin }) => {
    if (!isDue || !changes.length || origin !== "local") return;
    isDue = false;
    soon();
  });
}
