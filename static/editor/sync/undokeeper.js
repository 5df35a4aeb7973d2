import { History } from "../state/history.js";

/** @typedef {import("../state/history.js").Step} Step */
/** @typedef {{done: Step[], undone: Step[]}} Steps */

/** The number grows when steps of older pages cannot be read any more. */
const PREFIX = "annotator-undo-1:";
/** Some thousand steps, and a small part of what a browser lends to a tab. */
const LONGEST = 1_000_000;

/**
 * What can be undone at one layer, kept in this tab for when the page is loaded again, or the article is opened
 * again after it was handed in. What does not fit the layer any more by then is left out when it is undone.
 * @param {{key: string, storage: Storage | null, signal: AbortSignal}} parts  `key` names the user and the layer
 * @returns {History}
 */
export function keptHistory({ key, storage, signal }) {
  if (!storage) return new History();
  const name = PREFIX + key;
  const history = new History(read(storage, name));
  const keep = () => write(storage, name, history.steps);
  addEventListener("pagehide", keep, { signal });
  signal.addEventListener("abort", keep);
  return history;
}

/** @param {Storage} storage @param {string} name @returns {Steps | undefined} */
function read(storage, name) {
  try {
    const steps = JSON.parse(storage.getItem(name) ?? "null");
    return Array.isArray(steps?.done) && Array.isArray(steps.undone) ? steps : undefined;
  } catch {
    return undefined;
  }
}

/** @param {Storage} storage @param {string} name @param {Steps} steps */
function write(storage, name, steps) {
  const words = shortened(steps);
  try {
    storage.setItem(name, words);
  } catch {
    // The tab has lent all it has: what was done at other articles makes room.
    forget(storage);
    try {
      storage.setItem(name, words);
    } catch {
      // Then undo reaches back to the last page load only.
    }
  }
}

/** The oldest steps go when there are too many. @param {Steps} steps */
function shortened({ done, undone }) {
  let [from, words] = [0, JSON.stringify({ done, undone })];
  while (words.length > LONGEST && from < done.length) {
    from += Math.ceil((done.length - from) / 2);
    words = JSON.stringify({ done: done.slice(from), undone });
  }
  return words;
}

/** @param {Storage} storage */
function forget(storage) {
  for (const name of Object.keys(storage)) if (name.startsWith(PREFIX)) storage.removeItem(name);
}
