/**
 * The place that an address asks for: `?at=START-END`, in code points.
 * @param {string} search  the query of the address
 * @param {number} length  of the text, in code points
 * @returns {{start: number, end: number} | null} null when it asks for none, or for one outside the text
 */
export function placeInAddress(search, length) {
  const asked = /^(\d{1,9})-(\d{1,9})$/.exec(new URLSearchParams(search).get("at") ?? "");
  if (!asked) return null;
  const [start, end] = [Number(asked[1]), Number(asked[2])];
  return start < end && end <= length ? { start, end } : null;
}
