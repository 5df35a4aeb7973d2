/** @typedef {{username: string, name: string}} Member */

const MENTION = /(?<![\p{L}\p{N}_.+-])@([\p{L}\p{N}_.@+-]+)/gu;
const TYPED = /(?<![\p{L}\p{N}_.+-])@([\p{L}\p{N}_.@+-]*)$/u;
const MAY_END_A_SENTENCE = /[.@+_-]$/;
const MOST = 6;

/**
 * A comment's text cut where it names somebody.
 * @param {string} text
 * @param {ReadonlyArray<string>} usernames  whom the server found named in it
 * @returns {Array<{text: string, isMention: boolean}>}
 */
export function cutAtMentions(text, usernames) {
  const known = new Set(usernames.map((name) => name.toLowerCase()));
  /** @type {Array<{text: string, isMention: boolean}>} */
  const parts = [];
  let at = 0;
  for (const match of text.matchAll(MENTION)) {
    let name = match[1] ?? "";
    while (name && !known.has(name.toLowerCase()) && MAY_END_A_SENTENCE.test(name)) name = name.slice(0, -1);
    if (!known.has(name.toLowerCase())) continue;
    if (match.index > at) parts.push({ text: text.slice(at, match.index), isMention: false });
    at = match.index + 1 + name.length;
    parts.push({ text: text.slice(match.index, at), isMention: true });
  }
  if (at < text.length) parts.push({ text: text.slice(at), isMention: false });
  return parts;
}

/**
 * The name that is being typed after an at sign, and where that stands.
 * @param {string} text @param {number} caret @returns {{start: number, name: string} | null}
 */
export function nameBeingTyped(text, caret) {
  const match = TYPED.exec(text.slice(0, caret));
  return match ? { start: match.index, name: match[1] ?? "" } : null;
}

/**
 * Members whose username, or a word of whose name, begins like that.
 * @param {ReadonlyArray<Member>} members @param {string} typed @returns {Member[]}
 */
export function membersLike(members, typed) {
  const wanted = typed.toLowerCase();
  const fits = (/** @type {Member} */ { username, name }) =>
    [username, ...name.split(/\s+/u)].some((word) => word.toLowerCase().startsWith(wanted));
  return members.filter(fits).slice(0, MOST);
}
