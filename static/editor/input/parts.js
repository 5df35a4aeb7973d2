import { partAt } from "../model/fragments.js";
import { NO_GAPS } from "../model/overlap.js";
import { gettext } from "../model/words.js";
import { selecting } from "../state/movement.js";

/** @typedef {import("../types.js").Editor} Editor */

/** What can be asked for on the parts of a span with gaps. Each answers whether there was something to do. */
export class Parts {
  /** @param {Pick<Editor, "store" | "units" | "schema" | "reveal" | "actions" | "announce" | "tell">} editor */
  constructor(editor) {
    this.editor = editor;
  }

  /** Begins to add words to the active span; asked again, adds the selection to it. */
  grow() {
    const { store, schema, actions, announce } = this.editor;
    const { active, selected, view } = store;
    const span = store.layer.spans.get(view.growing ?? "");
    if (span && !active && selected) return actions.addPart(span, selected);
    if (active?.kind !== "span")
      return this.#refuse(gettext("Choose a span first: this key adds words to it."));
    if (!actions.editable) return this.#refuse(actions.whyNot);
    if (!schema.overlap.discontinuous) return this.#refuse(NO_GAPS);
    store.dispatch({ view: { growing: active.id } });
    announce(gettext("Choose the words to add, then press the same key again."));
    return true;
  }

  /** Takes the chosen part of a span with gaps away, the last one when all of it is chosen. */
  shrink() {
    const { store, actions } = this.editor;
    const { active, selected } = store;
    if (active?.kind !== "span" || !active.fragments.length)
      return this.#refuse(gettext("Choose a span with gaps first: this key takes a part of it away."));
    return actions.removePart(active, partAt(active, selected) ?? active.fragments.length - 1);
  }

  /** Goes through the parts of the active span. @param {1 | -1} direction */
  next(direction) {
    const { store, reveal, announce, units } = this.editor;
    const { active, selected } = store;
    if (active?.kind !== "span" || !active.fragments.length)
      return this.#refuse(gettext("Choose a span with gaps first: this key goes through its parts."));
    const count = active.fragments.length;
    const at = partAt(active, selected) ?? (direction > 0 ? -1 : count);
    const [start, end] = active.fragments[(at + direction + count) % count] ?? [active.start, active.end];
    store.dispatch({ view: { selection: selecting({ start, end }) } });
    reveal.show({ start, end });
    announce(units.text.slice(start, end));
    return true;
  }

  /** @param {string} sentence */
  #refuse(sentence) {
    this.editor.tell(sentence);
    return false;
  }
}
