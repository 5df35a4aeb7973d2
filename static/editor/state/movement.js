import { innermostFirst, readingOrder } from "../model/order.js";

/** @typedef {import("../types.js").Mark} Mark */
/** @typedef {import("../types.js").Selection} Selection */
/** @typedef {import("../model/units.js").Stretch} Stretch */
/** @typedef {import("../model/units.js").TextUnits} TextUnits */
/** @typedef {import("./store.js").Store} Store */
/** @typedef {1 | -1} Direction  1 is onward in the text */

/** @param {Stretch} stretch @returns {Selection} */
export function selecting(stretch) {
  return { anchor: stretch.start, head: stretch.end };
}

/** Where a cursor at `selection` goes by a word. @param {TextUnits} units @param {Selection | null} selection @param {Direction} direction @returns {Selection | null} */
export function byWord(units, selection, direction) {
  if (!selection) return firstStop(units);
  const start = Math.min(selection.anchor, selection.head);
  const end = Math.max(selection.anchor, selection.head);
  const stop = direction > 0 ? units.nextStop(end) : units.previousStop(start);
  return stop && selecting(stop);
}

/** @param {TextUnits} units @param {Selection | null} selection @param {Direction} direction @returns {Selection | null} */
export function bySentence(units, selection, direction) {
  if (!selection) return firstStop(units);
  const stop = units.sentenceStop(Math.min(selection.anchor, selection.head), direction);
  return stop && selecting(stop);
}

/** @param {TextUnits} units @param {Direction} direction -1 the beginning, 1 the end @returns {Selection | null} */
export function toEdge(units, direction) {
  const stop = direction < 0 ? units.nextStop(0) : units.previousStop(units.text.length);
  return stop && selecting(stop);
}

/** @param {TextUnits} units @returns {Selection | null} */
export function firstStop(units) {
  return toEdge(units, -1);
}

/**
 * Extends or shrinks a selection by a word. Where nothing is left to shrink, it turns round its first word.
 * @param {TextUnits} units
 * @param {Selection} selection
 * @param {Direction} direction
 * @returns {Selection}
 */
export function extendByWord(units, selection, direction) {
  const { anchor, head } = selection;
  const onward = head > anchor;
  if (direction > 0) {
    const stop = onward ? units.nextStop(head) : units.nextStop(nextStopEnd(units, head));
    if (!stop) return selection;
    if (onward) return { anchor, head: stop.end };
    return stop.start < anchor ? { anchor, head: stop.start } : turned(units, selection, 1);
  }
  const stop = onward ? units.previousStop(previousStopStart(units, head)) : units.previousStop(head);
  if (!stop) return onward ? turned(units, selection, -1) : selection;
  if (!onward) return { anchor, head: stop.start };
  return stop.end > anchor ? { anchor, head: stop.end } : turned(units, selection, -1);
}

/** @param {TextUnits} units @param {Selection} selection @param {Direction} direction @returns {Selection} */
export function extendByCharacter(units, { anchor, head }, direction) {
  const moved = units.graphemeStep(head, direction);
  if (moved !== anchor) return { anchor, head: moved };
  return { anchor, head: units.graphemeStep(moved, direction) };
}

/**
 * A span's new extent when one end moves by a word or a character.
 * @param {TextUnits} units
 * @param {Stretch} span
 * @param {"start" | "end"} edge
 * @param {Direction} direction
 * @param {"word" | "character"} step
 * @returns {Stretch}
 */
export function withEdgeMoved(units, { start, end }, edge, direction, step) {
  const from = edge === "end" ? end : start;
  const to = step === "word" ? wordEdge(units, from, edge, direction) : units.graphemeStep(from, direction);
  const moved = edge === "end" ? { start, end: to } : { start: to, end };
  return moved.start < moved.end ? moved : { start, end };
}

/** @param {TextUnits} units @param {number} from @param {"start" | "end"} edge @param {Direction} direction */
function wordEdge(units, from, edge, direction) {
  if (edge === "end") {
    const stop = direction > 0 ? units.nextStop(from) : units.previousStop(previousStopStart(units, from));
    return stop ? stop.end : from;
  }
  const stop = direction < 0 ? units.previousStop(from) : units.nextStop(nextStopEnd(units, from));
  return stop ? stop.start : from;
}

/** @param {TextUnits} units @param {number} offset */
function nextStopEnd(units, offset) {
  const stop = units.stops(units.paragraphs.at(offset)).find((one) => one.end > offset);
  return stop ? stop.end : offset + 1;
}

/** @param {TextUnits} units @param {number} offset */
function previousStopStart(units, offset) {
  const stop = units
    .stops(units.paragraphs.at(Math.max(0, offset - 1)))
    .findLast((one) => one.start < offset);
  return stop ? stop.start : offset - 1;
}

/** @param {TextUnits} units @param {Selection} selection @param {Direction} direction @returns {Selection} */
function turned(units, { anchor, head }, direction) {
  const start = Math.min(anchor, head);
  const end = Math.max(anchor, head);
  const stop = direction > 0 ? units.nextStop(end) : units.previousStop(start);
  if (!stop) return { anchor, head };
  return direction > 0 ? { anchor: start, head: stop.end } : { anchor: end, head: stop.start };
}

/**
 * The next mark in reading order after the active one, or after the cursor.
 * @param {Store} store
 * @param {Direction} direction
 * @param {(mark: Mark) => boolean} wanted
 * @returns {Mark | null}
 */
export function nextMark({ layer, active, selected }, direction, wanted) {
  const start = active?.start ?? selected?.start ?? (direction > 0 ? -1 : layer.text.length);
  const isBeyond = (/** @type {Mark} */ mark) =>
    (active ? readingOrder(mark, active) : mark.start - start || direction) * direction > 0;
  const { paragraphs } = layer;
  for (let p = paragraphs.at(Math.max(0, start)); p >= 0 && p < paragraphs.count; p += direction) {
    const marks = layer.marksIn(p).filter((mark) => wanted(mark) && isBeyond(mark));
    const found = direction > 0 ? marks[0] : marks.at(-1);
    if (found) return found;
  }
  return null;
}

/**
 * The mark to activate at a spot that was asked for again: the innermost, then outward, then round.
 * @param {Store} store
 * @param {Stretch} spot
 * @returns {Mark | null}
 */
export function cycledMark({ layer, view }, spot) {
  const here = [...layer.marksMeeting(spot.start, spot.end)].sort(innermostFirst);
  const at = here.findIndex((mark) => mark.id === view.active);
  return here[(at + 1) % Math.max(1, here.length)] ?? null;
}
