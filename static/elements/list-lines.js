// A list with one entry a line, as a page edits it. Lines are counted from 1.

/** Beyond so many characters, only the lines that were changed are sent to be tested. */
export const LONG = 100_000;
export const MOST_LINES = 300;

/**
 * @param {string} text
 * @param {number} offset
 */
export function lineAt(text, offset) {
  let line = 1;
  for (let at = text.indexOf("\n"); at >= 0 && at < offset; at = text.indexOf("\n", at + 1)) line += 1;
  return line;
}

/**
 * Where a line begins and ends.
 * @param {string} text
 * @param {number} line
 * @returns {[number, number]}
 */
export function lineRange(text, line) {
  let start = 0;
  for (let n = 1; n < line; n += 1) {
    const end = text.indexOf("\n", start);
    if (end < 0) break;
    start = end + 1;
  }
  const end = text.indexOf("\n", start);
  return [start, end < 0 ? text.length : end];
}

/**
 * The numbers of those lines of `after` that lie between what it has in common with `before` at both ends.
 * @param {string[]} before
 * @param {string[]} after
 */
export function changedLines(before, after) {
  const shorter = Math.min(before.length, after.length);
  let same = 0;
  while (same < shorter && before[same] === after[same]) same += 1;
  let tail = 0;
  while (tail < shorter - same && before[before.length - 1 - tail] === after[after.length - 1 - tail])
    tail += 1;
  return Array.from({ length: after.length - tail - same }, (_, n) => same + n + 1);
}

/**
 * What is sent to be tested: a short list whole; of a long one the changed lines nearest to the cursor, and the
 * one that it is in, with their numbers.
 * @param {string} before what the server has
 * @param {string} after
 * @param {number} cursor the number of a line
 * @returns {{text: string, numbers: number[]}} without numbers, the text is the whole list
 */
export function toTest(before, after, cursor) {
  if (after.length <= LONG) return { text: after, numbers: [] };
  const lines = after.split("\n");
  const chosen = new Set(changedLines(before.split("\n"), lines));
  chosen.add(Math.min(cursor, lines.length));
  const nearest = [...chosen]
    .sort((a, b) => Math.abs(a - cursor) - Math.abs(b - cursor))
    .slice(0, MOST_LINES);
  const numbers = nearest.sort((a, b) => a - b);
  return { text: numbers.map((number) => lines[number - 1]).join("\n"), numbers };
}

/**
 * Whether Tab writes a tab here: at the end of a line that has something in it, and no tab yet.
 * @param {string} text
 * @param {number} start of the selection
 * @param {number} end
 */
export function takesTab(text, start, end) {
  const [from, to] = [text.lastIndexOf("\n", start - 1) + 1, text.indexOf("\n", start)];
  const line = text.slice(from, to < 0 ? text.length : to);
  return start === end && start === from + line.length && line.trim() !== "" && !/\t| => /.test(line);
}

/**
 * What becomes of a draft when the page opens: `restore` it; `ask`, because the list has been changed since;
 * or it is `gone`, as there is none or it was kept.
 * @param {{seen: string, text: string} | null} draft
 * @param {{seen: string, text: string}} page
 * @returns {"restore" | "ask" | "gone"}
 */
export function fateOf(draft, page) {
  if (!draft || draft.text === page.text) return "gone";
  return draft.seen === page.seen ? "restore" : "ask";
}
