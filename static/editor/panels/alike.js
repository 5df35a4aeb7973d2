import { Preview } from "../render/preview.js";
import { unlabelledLike } from "../state/propagate.js";
import { part } from "./dom.js";

/** @typedef {import("../types.js").Editor} Editor */
/** @typedef {import("../types.js").Span} Span */
/** @typedef {import("../types.js").Update} Update */

const EXACT = { ignoreCase: false, inflected: false };
/** Work goes first: the places are outlined when nothing has happened for so long, in milliseconds. */
const PAUSE = 120;
/** More would be a pattern, and no offer. */
const MOST = 40;

/**
 * Outlines where else the words stand that were just labelled, or are active, and have no label: a name that is
 * confirmed once is offered everywhere. One key labels them all (panels/propagate.js).
 */
export class Alike {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;

  /** @param {Editor} editor */
  constructor(editor) {
    this.editor = editor;
    this.preview = new Preview(part("over", HTMLElement), editor.surface, 0, "alike");
    editor.store.subscribe((update) => {
      if (update.changes.length || update.before.active !== update.view.active) this.#wait(update);
    });
  }

  /** @param {Update} update */
  #wait(update) {
    clearTimeout(this.#timer);
    this.preview.show([]);
    const model = this.#modelAfter(update);
    if (model) this.#timer = setTimeout(() => this.#show(model.id), PAUSE);
  }

  /** The active span, or the one that was made while the next suggestion became active. @param {Update} update */
  #modelAfter({ changes }) {
    const { active } = this.editor.store;
    if (!this.editor.actions.editable) return null;
    if (active?.kind === "span") return active;
    const made = changes.filter((one) => one.kind === "span" && !one.before && one.after);
    return made.length === 1 ? /** @type {Span} */ (made[0]?.after) : null;
  }

  /** @param {string} id */
  #show(id) {
    const { store, surface, schema } = this.editor;
    const model = store.layer.spans.get(id);
    if (!model || model.fragments.length) return;
    const places = unlabelledLike(this.editor, model, EXACT).places.filter((place) => surface.holds(place));
    this.preview.element.dataset.hue = String(schema.hue(model.label));
    this.preview.show(places.slice(0, MOST).map((place) => ({ place, isChosen: false, isCurrent: false })));
  }
}
