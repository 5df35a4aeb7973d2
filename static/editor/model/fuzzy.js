/** For looking things up as people type: small letters, no accents. @param {string} text */
export function plain(text) {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}

/**
 * How well typed letters fit a name; the lower the better, null is not at all. Best is its beginning, then the
 * beginning of one of its words, the first letters of its words ("sop" for State or province), letters that stand
 * together, letters in this order.
 * @param {string} typed
 * @param {string} name
 * @returns {number | null}
 */
export function fit(typed, name) {
  const letters = plain(typed).replace(/\s+/gu, "");
  const text = plain(name);
  const words = text.split(/[^\p{L}\p{N}]+/u).filter(Boolean);
  const joined = words.join("");
  if (joined.startsWith(letters)) return 0;
  if (words.some((_word, i) => words.slice(i).join("").startsWith(letters))) return 1;
  if (fromWordStarts(letters, words)) return 2;
  if (joined.includes(letters)) return 3;
  return isInOrder(letters, joined) ? 4 : null;
}

/** Can the letters be read as beginnings of words, one word after the other? @param {string} letters @param {string[]} words */
function fromWordStarts(letters, words) {
  // How many letters the words so far can have taken.
  const reached = new Set([0]);
  for (const word of words) {
    for (const at of [...reached]) {
      for (let n = 0; n < word.length && word[n] === letters[at + n]; n++) reached.add(at + n + 1);
    }
  }
  return reached.has(letters.length);
}

/** @param {string} letters @param {string} text */
function isInOrder(letters, text) {
  let at = 0;
  for (const letter of letters) {
    at = text.indexOf(letter, at) + 1;
    if (at === 0) return false;
  }
  return true;
}
