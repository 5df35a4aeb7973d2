import { History } from "../state/history.js";

/** @typedef {import("../state/history.js").Step} Step */

const PREFIX = "annotator-undo:";
/** More than anybody takes back, and well within what a browser lends to a tab. */
const LONGEST = 1_000_000;

/**
 * What can be undone at one layer, kept in this tab for when the page is loaded again, or the article is opened
 * again after it was handed in. What does not fit the layer any more by then is left out when it is undone.
 * @param {{key: string, storage: Storage | null, signal: AbortSignal}} parts  `key` names the user and the layer
 * @returns {History}
 */
export function keptHistory({ key, storage, signal }) {
  const name = PREFIX + key;
  const history = new History(read(storage, name));
  const keep = () => write(storage, name, history.steps);
  addEventListener("pagehide", keep, { signal });
  signal.addEventListener("abort", keep);
  return history;
}

/** @param {Storage | null} storage @param {string} name @returns {{done: Step[], undone: Step[]} | undefined} */
function read(storage, name) {
  try {
    return JSON.parse(storage?.getItem(name) ?? "null") ?? undefined;
  } catch {
    return undefined;
  }
}

/** The oldest steps go when there are too many. @param {Storage | null} storage @param {string} name @param {{done: Step[], undone: Step[]}} steps */
function write(storage, name, { done, undone }) {
  let [from, words] = [0, JSON.stringify({ done, undone })];
  while (words.length > LONGEST && from < done.length) {
    from += Math.ceil((done.length - from) / 2);
    words = JSON.stringify({ done: done.slice(from), undone });
  }
  try {
    storage?.setItem(name, words);
  } catch {
    // The tab has lent all it has: then undo reaches back to the last page load only.
    storage?.removeItem(name);
  }
}
