import { keyCaps } from "../input/keynames.js";
import { gettext, ngettext } from "../model/words.js";
import { kindInWords, saidInWords, subjectOf } from "../state/sayings.js";
import { button, el, part } from "./dom.js";
import { Reason } from "./reason.js";

/** @typedef {import("../types.js").Editor} Editor */
/** @typedef {import("../types.js").Question} Question */
/** @typedef {import("../state/decisions.js").Decisions} Decisions */

const MARGIN_WIDTH = 240;
const DIGITS = "123456789";

/**
 * The disagreement that is being settled: who says what, each to be taken by its number. In the margin where there
 * is one, else above the labels.
 */
export class Disagreement {
  #isDue = false;

  /** @param {Editor} editor */
  constructor(editor) {
    this.editor = editor;
    this.element = part("disagreement", HTMLElement);
    this.places = part("over", HTMLElement).appendChild(el("div"));
    const { decisions } = editor;
    if (!decisions) return;
    this.reason = new Reason(editor, decisions, () => this.show());
    this.#openDoors(decisions);
    this.#askBeforeFinishing(decisions);
    editor.store.subscribe(({ before, view, changes }) => {
      if (view.question !== before.question || view.active !== before.active || changes.length) this.#soon();
    });
    editor.surface.onLayout(() => this.#soon());
    if (editor.actions.editable) this.#go(decisions, decisions.questions.next(null, 1, editor.store.layer));
  }

  /** @param {Decisions} decisions */
  #openDoors(decisions) {
    const { doors, store } = this.editor;
    const { questions } = decisions;
    const isAt = () => decisions.current !== null && store.active?.kind !== "span";
    /** @param {(question: Question) => boolean} settle */
    const settling = (settle) => () => {
      const { current } = decisions;
      if (!current || !isAt()) return false;
      if (settle(current)) this.#onward(decisions, current);
      return true;
    };
    doors.question = (direction) => this.#step(decisions, direction);
    doors.take = (at) => settling((current) => decisions.take(current, at))();
    doors.nobody = settling((current) => decisions.nobody(current));
    doors.asItStands = () => {
      const { current } = decisions;
      if (current && decisions.own(current)) this.#onward(decisions, current);
      return true;
    };
    doors.takeActive = () => {
      const mark = store.active;
      const question = mark?.kind === "suggestion" ? questions.about(mark) : null;
      const at = question?.options.findIndex(({ said }) =>
        said.spans.some(
          (one) => one.start === mark?.start && one.end === mark.end && one.label === mark.label,
        ),
      );
      if (!question || at === undefined || !decisions.take(question, at)) return false;
      this.#onward(decisions, question);
      return true;
    };
    doors.why = () => this.reason?.open() ?? false;
  }

  /** @param {Decisions} decisions @param {1 | -1} direction */
  #step(decisions, direction) {
    const { layer, view } = this.editor.store;
    const { questions } = decisions;
    const next =
      questions.next(view.question, direction, layer) ?? questions.beside(view.question, direction);
    this.#go(decisions, next);
    return true;
  }

  /** On to what is still open; the last one stays in sight. @param {Decisions} decisions @param {Question} settled */
  #onward(decisions, settled) {
    const next = decisions.questions.next(settled.key, 1, this.editor.store.layer);
    if (next) this.#go(decisions, next);
    else this.editor.tell(gettext("All disagreements are settled."));
  }

  /** @param {Decisions} decisions @param {Question | null} question */
  #go(decisions, question) {
    decisions.goTo(question);
    if (!question) return;
    const place = decisions.questions.placeOf(question);
    if (place) this.editor.reveal.show(place);
    this.editor.announce(this.#inWords(question));
  }

  /** @param {Decisions} decisions */
  #askBeforeFinishing(decisions) {
    const { doors, flow, store, backToText } = this.editor;
    const dialog = part("unsettled", HTMLDialogElement);
    const open = () => decisions.questions.all.length - decisions.questions.settledOf(store.layer);
    doors.unsettled = () => {
      if (decisions.current) decisions.goTo(decisions.current);
      const left = open();
      if (!left) return false;
      part("unsettled-words", HTMLElement).textContent = ngettext(
        "%(count)s disagreement is not settled. What readers say there will not be in gold.",
        "%(count)s disagreements are not settled. What readers say there will not be in gold.",
        left,
      );
      dialog.showModal();
      return true;
    };
    part("unsettled-approve", HTMLButtonElement).addEventListener("click", () => {
      dialog.close();
      void flow.finish();
    });
    part("unsettled-go", HTMLButtonElement).addEventListener("click", () => {
      dialog.close();
      this.#go(decisions, decisions.questions.next(null, 1, store.layer));
      backToText();
    });
  }

  #soon() {
    if (this.#isDue) return;
    this.#isDue = true;
    requestAnimationFrame(() => {
      this.#isDue = false;
      if (!this.editor.signal.aborted) this.show();
    });
  }

  show() {
    const { decisions, store } = this.editor;
    const question = decisions?.current;
    const isShown = decisions && question && store.active?.kind !== "span" && !store.view.linking;
    this.element.hidden = !isShown;
    this.places.replaceChildren(...(isShown ? this.#boxes(question) : []));
    if (!isShown) return;
    if (!this.reason?.isOpen) this.#fill(decisions, question);
    this.#place(decisions.questions.placeOf(question));
  }

  /** The ends of a relation, the members of a chain. @param {Question} question */
  #boxes({ kind, entities }) {
    if (kind !== "relation" && kind !== "chain") return [];
    const { decisions, surface } = this.editor;
    return entities.flatMap((n) => {
      const [mention] = decisions?.questions.entities[n] ?? [];
      return (mention ? surface.rects(mention) : []).map((rect) => {
        const box = el("div", { class: "disagreement-place" });
        box.style.cssText = `left:${rect.left - 2}px;top:${rect.top}px;width:${rect.right - rect.left + 4}px;height:${rect.bottom - rect.top}px`;
        return box;
      });
    });
  }

  /** @param {{start: number, end: number} | null} words */
  #place(words) {
    const { element, margins } = this.editor.surface;
    const place = margins.after >= MARGIN_WIDTH + 24 ? "margin" : "sheet";
    this.element.dataset.place = place;
    const [first] = words ? this.editor.surface.rects(words) : [];
    this.element.style.insetInlineStart = place === "margin" ? `${element.clientWidth + 12}px` : "";
    this.element.style.top = place === "margin" ? `${(first?.top ?? 0) - 6}px` : "";
  }

  /** @param {Decisions} decisions @param {Question} question */
  #fill(decisions, question) {
    const { questions } = decisions;
    const { layer } = this.editor.store;
    const choice = layer.decisions.get(question.key);
    const taken = questions.taken(question, choice);
    const head = el("p", { class: "disagreement-head" }, [
      el("b", { text: kindInWords(question, this.editor.schema) }),
      this.#steps(questions.all.indexOf(question) + 1, questions.all.length),
    ]);
    const subject = el("p", {
      class: "disagreement-words",
      text: subjectOf(question, this.#around),
      attrs: { dir: "auto" },
    });
    const options = question.options.map((_, at) => this.#option(question, at, taken === at));
    this.element.replaceChildren(
      head,
      subject,
      el("div", { class: "disagreement-options" }, [
        ...options,
        this.#verdict(gettext("Nobody is right"), "0", choice?.choice === "nobody", this.editor.doors.nobody),
        this.#verdict(
          gettext("As it stands in the text"),
          "/",
          choice?.choice === "own",
          this.editor.doors.asItStands,
        ),
      ]),
      ...[this.#foot(question, choice)].filter((one) => one !== null),
    );
  }

  /** @param {Question} question @param {number} at @param {boolean} isTaken */
  #option(question, at, isTaken) {
    const { questions } = /** @type {Decisions} */ (this.editor.decisions);
    const { readers, engine, said } = question.options[at] ?? { readers: [], engine: false, said: undefined };
    const who = [
      ...readers.map((letter) => questions.nameOf(letter)),
      ...(engine ? [gettext("Engine")] : []),
    ];
    const [first] = said?.spans ?? [];
    const option = this.#verdict(
      said ? saidInWords(question, said, this.#around) : "",
      DIGITS[at] ?? "",
      isTaken,
      () => this.editor.doors.take?.(at),
    );
    if (first) option.dataset.hue = String(this.editor.schema.hue(first.label));
    option.append(el("span", { class: "disagreement-who", text: who.join(", ") }));
    return option;
  }

  /** @param {string} words @param {string} command  its key as delivered @param {boolean} isTaken @param {(() => unknown) | undefined} run */
  #verdict(words, command, isTaken, run) {
    const { keys, actions, backToText } = this.editor;
    const binding = keys.command(command);
    const [key] = binding ? keys.keysOf(binding) : [];
    const press = (/** @type {Event} */ event) => {
      // The second click of a double click would fall on what came in its place: the next disagreement.
      if (event instanceof MouseEvent && event.detail > 1) return;
      run?.();
      backToText();
    };
    const one = button("", press, "disagreement-option");
    one.setAttribute("aria-pressed", String(isTaken));
    one.disabled = !actions.editable;
    one.append(
      el("kbd", { text: key ? keyCaps(key).join("+") : "", attrs: { "aria-hidden": "true" } }),
      el("span", { class: "disagreement-said", text: words, attrs: { dir: "auto" } }),
    );
    return one;
  }

  /** @param {number} number @param {number} all */
  #steps(number, all) {
    const { doors, backToText } = this.editor;
    const step = (
      /** @type {string} */ sign,
      /** @type {1 | -1} */ direction,
      /** @type {string} */ name,
    ) => {
      const go = () => {
        doors.question?.(direction);
        backToText();
      };
      const one = button(sign, go, "button is-icon is-quiet");
      one.setAttribute("aria-label", name);
      return one;
    };
    return el("span", { class: "disagreement-steps quiet" }, [
      step("‹", -1, gettext("Previous disagreement")),
      gettext("%(number)s of %(all)s", { number, all }),
      step("›", 1, gettext("Next disagreement")),
    ]);
  }

  /** @param {Question} question @param {import("../types.js").Choice | undefined} choice */
  #foot(question, choice) {
    if (choice?.choice === "majority")
      return el("p", { class: "quiet", text: gettext("Settled by majority.") });
    return this.reason?.buttonFor(question) ?? null;
  }

  get #around() {
    const { decisions, schema, store } = this.editor;
    return { questions: /** @type {Decisions} */ (decisions).questions, schema, text: store.layer.text };
  }

  /** For screen readers. @param {Question} question */
  #inWords(question) {
    const around = this.#around;
    const options = question.options.map(
      ({ readers, engine, said }, at) =>
        `${at + 1}: ${saidInWords(question, said, around)}, ${[...readers, ...(engine ? [gettext("Engine")] : [])].join(" ")}`,
    );
    return `${kindInWords(question, this.editor.schema)}, ${subjectOf(question, around)}. ${options.join(". ")}`;
  }
}
