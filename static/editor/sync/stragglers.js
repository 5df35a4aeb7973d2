import { ApiError } from "./api.js";
import { deleteRows, openDatabase, readRows } from "./queue.js";

/** @typedef {import("../types.js").WireEdit} WireEdit */
/** @typedef {import("../types.js").EditResult} EditResult */
/** @typedef {(url: string, edits: WireEdit[]) => Promise<{results: EditResult[]}>} Post */

const BATCH = 100;

/** @typedef {{key: string, url: string, edit: WireEdit}} Row */

/**
 * Sends edits of this person's other articles that a crash or a closed laptop left on this computer. What cannot
 * be sent now stays for the next time.
 * @param {string} username
 * @param {string} ownKey  the open article's queue, which sends itself
 * @param {Post} post
 * @returns {Promise<number>} how many were sent
 */
export async function sendStragglers(username, ownKey, post) {
  const database = await openDatabase();
  const rows = await readRows(database, IDBKeyRange.bound([`${username}|`], [`${username}|\uffff`]));
  const left = rows.filter((row) => row.key !== ownKey && row.url);
  return sendInTurn(left, post, (answered) => deleteRows(database, answered));
}

/**
 * Article by article, each in order. One that the server refuses is passed over: its edits stay, and keep those of no
 * other from going out. Where the server cannot be reached, nothing more is tried.
 * @template {Row} R
 * @param {R[]} rows
 * @param {Post} post
 * @param {(answered: R[]) => unknown} remove
 * @returns {Promise<number>} how many were answered
 */
export async function sendInTurn(rows, post, remove) {
  let left = rows;
  let sent = 0;
  while (left.length) {
    const [{ key, url }] = left;
    const batch = left.filter((row) => row.key === key).slice(0, BATCH);
    try {
      const { results } = await post(
        url,
        batch.map((row) => row.edit),
      );
      const answered = new Set(results.map((result) => result.id));
      await remove(batch.filter((row) => answered.has(row.edit.id)));
      left = left.filter((row) => !batch.includes(row));
      sent += answered.size;
    } catch (error) {
      if (!(error instanceof ApiError) || error.isPassing || error.isSignedOut) return sent;
      left = left.filter((row) => row.key !== key);
    }
  }
  return sent;
}
