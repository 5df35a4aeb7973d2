import { gettext } from "../model/words.js";
import { kindInWords, saidInWords, subjectOf } from "../state/sayings.js";
import { button, el, part } from "./dom.js";

/** @typedef {import("../types.js").Editor} Editor */
/** @typedef {import("../types.js").Question} Question */
/** @typedef {import("../types.js").Choice} Choice */
/** @typedef {import("../state/decisions.js").Decisions} Decisions */

const WAIT_MS = 60;

/** All disagreements beside the text, and how many are settled. What all agree on is quiet in the text meanwhile. */
export class DisagreementList {
  #timer = 0;

  /** @param {Editor} editor */
  constructor(editor) {
    this.editor = editor;
    this.panel = part("panel-disagreements", HTMLElement);
    this.tab = part("tab-disagreements", HTMLButtonElement);
    const { decisions, store } = editor;
    this.tab.hidden = !decisions;
    if (!decisions) return;
    this.tab.click();
    store.subscribe(({ changes, before, view }) => {
      if (changes.length || before.question !== view.question) this.#soon(decisions);
    });
    this.#show(decisions);
  }

  /** @param {boolean} isFolded */
  #fold(isFolded) {
    this.editor.surface.element.classList.toggle("is-folded", isFolded);
  }

  /** @param {Decisions} decisions */
  #soon(decisions) {
    clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => this.#show(decisions), WAIT_MS);
  }

  /** @param {Decisions} decisions */
  #show(decisions) {
    const { questions } = decisions;
    const { layer, view } = this.editor.store;
    const settled = questions.settledOf(layer);
    // Once all is settled, or approved as it is, the whole is looked at.
    const isSettling = settled < questions.all.length && this.editor.actions.editable;
    this.#fold(isSettling && this.editor.kept.get("disagreements.unfolded") !== true);
    const bar = el("progress", { attrs: { max: String(questions.all.length), value: String(settled) } });
    bar.setAttribute("aria-label", gettext("Settled"));
    this.panel.replaceChildren(
      el("p", { class: "disagreements-head" }, [
        el("b", { text: gettext("%(settled)s of %(all)s settled", { settled, all: questions.all.length }) }),
        this.#foldButton(),
      ]),
      bar,
      el(
        "ol",
        { class: "disagreements" },
        questions.all.map((one) => this.#row(decisions, one, one.key === view.question)),
      ),
    );
    this.panel.querySelector("[aria-current]")?.scrollIntoView({ block: "nearest" });
  }

  #foldButton() {
    const { surface, kept } = this.editor;
    const isFolded = surface.element.classList.contains("is-folded");
    const one = button(
      gettext("Agreements"),
      () => {
        kept.set("disagreements.unfolded", isFolded);
        this.#fold(!isFolded);
        one.setAttribute("aria-pressed", String(isFolded));
      },
      "button is-small is-toggle",
    );
    one.title = gettext("Show what all agree on as clearly as what they do not");
    one.setAttribute("aria-pressed", String(!isFolded));
    return one;
  }

  /** @param {Decisions} decisions @param {Question} question @param {boolean} isCurrent */
  #row(decisions, question, isCurrent) {
    const { schema, store, reveal, doors, backToText } = this.editor;
    const { questions } = decisions;
    const choice = store.layer.decisions.get(question.key);
    const around = { questions, schema, text: store.layer.text };
    const go = () => {
      doors.text?.();
      decisions.goTo(question);
      const place = questions.placeOf(question);
      if (place) reveal.show(place);
      backToText();
    };
    const isSettled = questions.isSettled(question, store.layer);
    const row = el(
      "button",
      {
        class: isSettled ? "disagreement-row is-settled" : "disagreement-row",
        attrs: { type: "button" },
        onclick: go,
      },
      [
        el("span", {
          class: "disagreement-words",
          text: subjectOf(question, around),
          attrs: { dir: "auto" },
        }),
        el("small", { text: kindInWords(question, schema) }),
        el("small", { class: "disagreement-outcome", text: this.#outcome(question, choice, around) }),
      ],
    );
    if (isCurrent) row.setAttribute("aria-current", "true");
    return el("li", {}, [row]);
  }

  /** @param {Question} question @param {Choice | undefined} choice @param {import("../state/sayings.js").Around} around */
  #outcome(question, choice, around) {
    const { layer } = this.editor.store;
    if (!choice) {
      if (!around.questions.isMoot(question, layer)) return "";
      return around.questions.isSettled(question, layer)
        ? gettext("Nothing left to ask")
        : gettext("Waits for its spans");
    }
    if (choice.choice === "nobody") return gettext("Nobody is right");
    if (choice.choice === "own") return gettext("As it stands in the text");
    if (choice.choice === "majority") return gettext("By majority");
    const taken = question.options[around.questions.taken(question, choice)];
    return taken ? saidInWords(question, taken.said, around) : gettext("Settled");
  }
}
