import { keyedValues } from "../model/attributes.js";
import { partAt, partsOf } from "../model/fragments.js";
import { gettext } from "../model/words.js";
import { stopOnNextLine } from "../render/lines.js";
import {
  bySentence,
  byWord,
  cycledMark,
  extendByCharacter,
  extendByWord,
  firstStop,
  nextMark,
  selecting,
  toEdge,
  withEdgeMoved,
} from "../state/movement.js";
import { nextLookAlike } from "../state/propagate.js";
import { suggestionAt } from "../state/suggestions.js";
import { Parts } from "./parts.js";

/** @typedef {import("../types.js").Editor} Editor */
/** @typedef {import("../types.js").Mark} Mark */
/** @typedef {import("../types.js").Selection} Selection */
/** @typedef {1 | -1} Direction */

/** What keys and buttons can ask for beyond labels. Each answers whether there was something to do. */
export class Commands {
  /** Where the cursor was sideways when it began to move up or down. @type {number | null} */
  #wantedX = null;

  /** @param {Pick<Editor, "store" | "units" | "schema" | "surface" | "reveal" | "actions" | "announce" | "tell" | "closers" | "keys">} editor */
  constructor(editor) {
    this.editor = editor;
    this.parts = new Parts(editor);
  }

  /** @param {Direction} direction as seen on the page: 1 is to the right */
  word(direction) {
    return this.#goTo(byWord(this.editor.units, this.editor.store.view.selection, this.#onward(direction)));
  }

  /** @param {Direction} direction */
  character(direction) {
    const { store, units } = this.editor;
    const selection = store.view.selection ?? firstStop(units);
    if (!selection) return false;
    const at = units.graphemeStep(Math.min(selection.anchor, selection.head), this.#onward(direction));
    const head = units.graphemeStep(at, 1);
    return this.#goTo(head > at ? { anchor: at, head, exact: true } : null);
  }

  /** @param {Direction} direction */
  sentence(direction) {
    return this.#goTo(
      bySentence(this.editor.units, this.editor.store.view.selection, this.#onward(direction)),
    );
  }

  /** @param {Direction} direction 1 is down */
  line(direction) {
    const { store, units, surface } = this.editor;
    const from = store.selected;
    if (!from) return this.#goTo(firstStop(units));
    const found = stopOnNextLine(surface, units, from, direction, this.#wantedX);
    if (!found) return false;
    this.#goTo(selecting(found.stop));
    this.#wantedX = found.x;
    return true;
  }

  /** @param {Direction} direction */
  edge(direction) {
    return this.#goTo(toEdge(this.editor.units, direction));
  }

  /** @param {Direction} direction @param {"word" | "character"} step */
  extend(direction, step) {
    const { store, units } = this.editor;
    const { selection } = store.view;
    if (!selection) return this.#goTo(firstStop(units));
    const move = step === "word" ? extendByWord : extendByCharacter;
    const extended = { ...move(units, selection, this.#onward(direction)), exact: step === "character" };
    store.dispatch({ view: { selection: extended, active: null } });
    this.#showHead();
    return true;
  }

  /** @param {Direction} direction */
  extendLine(direction) {
    const { store, surface, units } = this.editor;
    const { selection } = store.view;
    if (!selection) return false;
    const headWord = units.stopAt(Math.max(0, selection.head - (selection.head > selection.anchor ? 1 : 0)));
    const found = headWord && stopOnNextLine(surface, units, headWord, direction, this.#wantedX);
    if (!found) return false;
    this.#wantedX = found.x;
    const start = Math.min(selection.anchor, selection.head);
    const end = Math.max(selection.anchor, selection.head);
    const after = found.stop.end > selection.anchor;
    const extended = after
      ? { anchor: selection.head > selection.anchor ? selection.anchor : start, head: found.stop.end }
      : { anchor: selection.head > selection.anchor ? end : selection.anchor, head: found.stop.start };
    store.dispatch({ view: { selection: extended, active: null } });
    this.#showHead();
    return true;
  }

  /** False only without an active span: the key then means something else. @param {"start" | "end"} edge @param {Direction} direction @param {"word" | "character"} step */
  resize(edge, direction, step) {
    const { store, units, actions } = this.editor;
    const { active, selected } = store;
    if (active?.kind !== "span") return false;
    const parts = partsOf(active);
    const part = partAt(active, selected) ?? (edge === "end" ? parts.length - 1 : 0);
    const [start, end] = parts[part] ?? [active.start, active.end];
    const stretch = withEdgeMoved(units, { start, end }, edge, this.#onward(direction), step);
    actions.resize(active, stretch, part);
    return true;
  }

  /** @param {Direction} direction */
  suggestion(direction) {
    const mark = nextMark(this.editor.store, direction, (one) => one.kind === "suggestion");
    if (mark) return this.activate(mark);
    if (!this.editor.store.layer.suggestions.size) return false;
    this.editor.announce(
      direction > 0 ? gettext("No suggestion further on") : gettext("No suggestion before this"),
    );
    return this.#wrapAround(direction);
  }

  /** @param {Direction} direction */
  mark(direction) {
    const mark = nextMark(this.editor.store, direction, () => true);
    return mark ? this.activate(mark) : false;
  }

  /** Accepts an active suggestion and goes on to the next; else visits the marks under the cursor in turn. */
  enter() {
    const { store, actions } = this.editor;
    if (store.view.growing && !store.active && store.selected) return this.parts.grow();
    if (store.active?.kind === "suggestion")
      return this.#thenShow(actions.accept(store.active, { next: this.#afterActive() }));
    const mark = store.selected && cycledMark(store, store.selected);
    return mark ? this.activate(mark) : false;
  }

  delete() {
    const { store, actions } = this.editor;
    const { active } = store;
    if (active?.kind === "suggestion")
      return this.#thenShow(actions.reject(active, { next: this.#afterActive() }));
    if (active) return actions.remove(active);
    const only =
      store.selected &&
      [...store.layer.marksMeeting(store.selected.start, store.selected.end)].filter(
        (one) => one.start === store.selected?.start && one.end === store.selected?.end,
      );
    return only?.length === 1 && only[0] ? this.activate(only[0]) : false;
  }

  /** The active span's value with this number; the one that it has is taken away. @param {number} at  of the key */
  value(at) {
    const { store, schema, actions, keys } = this.editor;
    const span = store.active;
    if (span?.kind !== "span") return false;
    const number = keys.ofValues.findIndex((one) => one.at === at);
    const given = keyedValues(schema.attributesOf(span.label))[number];
    if (!given) return this.#refuse(gettext("This span has no attribute value with this number."));
    const { attribute, value } = given;
    return actions.setAttribute(span, attribute, span.attributes[attribute] === value ? null : value);
  }

  /** @param {string} sentence */
  #refuse(sentence) {
    this.editor.tell(sentence);
    return false;
  }

  /** Closes what a panel has open, the one opened last first. */
  closeTop() {
    return this.editor.closers.findLast((close) => close()) !== undefined;
  }

  escape() {
    const { store } = this.editor;
    const { active, selection, armed, growing } = store.view;
    const waiting = store.layer.spans.get(growing ?? "");
    if (waiting && active !== growing)
      store.dispatch({
        view: { growing: null, active: waiting.id, selection: selecting(waiting) },
        note: gettext("Nothing added"),
      });
    else if (growing) store.dispatch({ view: { growing: null }, note: gettext("Nothing added") });
    else if (active) store.dispatch({ view: { active: null } });
    else if (selection) store.dispatch({ view: { selection: null } });
    else if (armed) store.dispatch({ view: { armed: null }, note: gettext("Label put down") });
    else return false;
    return true;
  }

  undo() {
    return this.#turnBack(() => this.editor.store.undo(), gettext("Nothing to undo."));
  }

  redo() {
    return this.#turnBack(() => this.editor.store.redo(), gettext("Nothing to redo."));
  }

  /** @param {() => boolean} turn @param {string} otherwise */
  #turnBack(turn, otherwise) {
    const { actions, tell } = this.editor;
    if (!actions.editable) tell(actions.whyNot);
    else if (!this.#thenShow(turn())) tell(otherwise);
    return true;
  }

  /** Goes to words that are labelled elsewhere and not here; the last-label key then labels them alike. */
  lookAlike() {
    const { store, schema, tell, announce } = this.editor;
    const found = nextLookAlike(this.editor);
    if (!found) {
      tell(gettext("Every mention of what is labelled here is labelled."));
      return true;
    }
    const { place, label } = found;
    const suggestion = suggestionAt(store, place, label);
    if (suggestion) return this.activate(suggestion);
    this.#goTo(selecting(place));
    store.dispatch({ view: { lastLabel: label } });
    announce(
      gettext("%(words)s, elsewhere %(label)s", {
        words: store.layer.text.slice(place.start, place.end),
        label: schema.title(label),
      }),
    );
    return true;
  }

  /**
   * Accepts every open suggestion that is sure enough, and goes on to what is open still.
   * @param {number} threshold 0 to 1; 0 takes all
   * @param {string | null} [label]  only those of this label
   */
  acceptAll(threshold, label = null) {
    return this.#thenShow(this.editor.actions.acceptAll(threshold, label));
  }

  /** Accepts all suggestions with the label of the active suggestion or span. */
  acceptLabel() {
    const { store } = this.editor;
    if (store.active) return this.acceptAll(0, store.active.label);
    return this.#refuse(gettext("Go to a suggestion first: this key accepts all with its label."));
  }

  repeatLabel() {
    const { lastLabel } = this.editor.store.view;
    return lastLabel ? this.editor.actions.applyLabel(lastLabel) : false;
  }

  /** @param {Mark} mark */
  activate(mark) {
    const { store, reveal } = this.editor;
    this.#wantedX = null;
    store.dispatch({ view: { active: mark.id, selection: selecting(mark) } });
    reveal.show(mark);
    return true;
  }

  /** The suggestion to go to when the active one is done with; the last one leads nowhere. */
  #afterActive() {
    const isOpen = (/** @type {Mark} */ one) => one.kind === "suggestion";
    const { store } = this.editor;
    return nextMark(store, 1, isOpen)?.id ?? null;
  }

  /** What a step led to is brought into sight: nobody should answer what they cannot see. @param {boolean} isDone */
  #thenShow(isDone) {
    const { store, reveal } = this.editor;
    const here = store.active ?? store.selected;
    if (isDone && here) reveal.show(here);
    return isDone;
  }

  /** @param {Direction} direction */
  #wrapAround(direction) {
    const { layer } = this.editor.store;
    const all = [...layer.suggestions.values()].sort((a, b) => a.start - b.start);
    const mark = direction > 0 ? all[0] : all.at(-1);
    return mark ? this.activate(mark) : false;
  }

  /** @param {Selection | null} selection */
  #goTo(selection) {
    this.#wantedX = null;
    if (!selection) return true;
    this.editor.store.dispatch({ view: { selection, active: null } });
    this.editor.reveal.show({
      start: Math.min(selection.anchor, selection.head),
      end: Math.max(selection.anchor, selection.head),
    });
    return true;
  }

  #showHead() {
    const { selection } = this.editor.store.view;
    if (!selection) return;
    const at = selection.head > selection.anchor ? selection.head - 1 : selection.head;
    this.editor.reveal.show({ start: at, end: at + 1 });
  }

  /** To the right is onward, except where the text runs from right to left. @param {Direction} direction @returns {Direction} */
  #onward(direction) {
    const at = this.editor.store.selected?.start ?? 0;
    return this.editor.surface.isRtlAt(at) ? /** @type {Direction} */ (-direction) : direction;
  }
}
