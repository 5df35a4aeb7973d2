import { gettext } from "../model/words.js";
import { Questions } from "./questions.js";
import { closingChanges, NOTHING, settlingChanges } from "./settling.js";

/** @typedef {import("../types.js").Change} Change */
/** @typedef {import("../types.js").Choice} Choice */
/** @typedef {import("../types.js").Question} Question */

/**
 * How a reviewer settles what annotators disagree on. Each verb is one transaction: what changes in gold, and the
 * decision itself; so one undo takes back both.
 */
export class Decisions {
  /** Questions whose words were changed by hand since they were opened. @type {Set<string>} */
  #touched = new Set();

  /** @param {import("./actions.js").Actions} actions @param {Questions} questions */
  constructor(actions, questions) {
    this.actions = actions;
    this.store = actions.store;
    this.questions = questions;
    this.store.subscribe(({ origin, changes }) => {
      if (origin === "local" && !changes.some(({ kind }) => kind === "decision")) this.#noteTouched(changes);
    });
  }

  get current() {
    return this.questions.get(this.store.view.question);
  }

  /** Takes what readers say, by the number of the option. @param {Question} question @param {number} at */
  take(question, at) {
    const option = question.options[at];
    if (!option) return false;
    const [reader] = option.readers;
    const choice = reader ? { choice: "reading", reader } : { choice: "engine", reader: "" };
    const changes = settlingChanges(question, option.said, this.#around);
    return this.#make(question, choice, changes, gettext("Taken: %(number)s", { number: at + 1 }));
  }

  /** @param {Question} question */
  nobody(question) {
    const changes = settlingChanges(question, NOTHING, this.#around);
    return this.#make(question, { choice: "nobody", reader: "" }, changes, gettext("Nobody is right"));
  }

  /** What stands in gold is right. @param {Question} question */
  own(question) {
    const changes = closingChanges(question, this.store.layer);
    return this.#make(question, { choice: "own", reader: "" }, changes, gettext("Settled as it stands"));
  }

  /** Why it was decided like that. @param {Question} question @param {string} reason */
  explain(question, reason) {
    const before = this.store.layer.decisions.get(question.key);
    if (!before || before.reason === reason) return false;
    if (!this.#isAllowed()) return false;
    const after = { ...before, reason };
    this.store.dispatch({ changes: [{ kind: "decision", before, after }], note: gettext("Reason noted") });
    return true;
  }

  /**
   * Goes to a question. One that is left after its words were changed by hand is settled by that.
   * @param {Question | null} question
   */
  goTo(question) {
    const { current } = this;
    if (current && this.#touched.has(current.key) && !this.store.layer.decisions.has(current.key))
      this.own(current);
    const place = question && this.questions.placeOf(question);
    const selection = place && { anchor: place.start, head: place.end, exact: true };
    this.store.dispatch({ view: { question: question?.key ?? null, selection, active: null } });
  }

  get #around() {
    const { layer } = this.store;
    return { questions: this.questions, layer, schema: this.actions.schema };
  }

  #isAllowed() {
    if (!this.actions.editable) this.actions.tell(this.actions.whyNot);
    return this.actions.editable;
  }

  /** @param {Question} question @param {{choice: string, reader: string}} made @param {Change[]} changes @param {string} note */
  #make(question, made, changes, note) {
    if (!this.#isAllowed()) return false;
    const before = this.store.layer.decisions.get(question.key) ?? null;
    const after = /** @type {Choice} */ ({ id: question.key, reason: "", ...made });
    this.#touched.delete(question.key);
    if (!changes.length && before?.choice === made.choice && before.reader === made.reader) return true;
    this.store.dispatch({
      changes: [...changes, { kind: "decision", before, after }],
      view: { active: null },
      note,
    });
    return true;
  }

  /** @param {ReadonlyArray<Change>} changes */
  #noteTouched(changes) {
    const { current } = this;
    if (!current) return;
    const { start, end } = current;
    const meets = (/** @type {{start: number, end: number} | null} */ one) =>
      one !== null && start !== null && end !== null && one.start < end && start < one.end;
    const isMet = changes.some(
      (change) => change.kind === "span" && (meets(change.before) || meets(change.after)),
    );
    if (isMet) this.#touched.add(current.key);
  }
}
