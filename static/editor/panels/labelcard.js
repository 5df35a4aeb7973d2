import { keyCaps } from "../input/keynames.js";
import { gettext } from "../model/words.js";
import { button, el, part } from "./dom.js";

/** @typedef {import("../types.js").Editor} Editor */

const EXAMPLES = 8;

/** What a label means: its definition, its key, and what carries it in this article. */
export class LabelCard {
  /** @param {Editor} editor */
  constructor(editor) {
    this.editor = editor;
    editor.doors.define = () => this.open();
  }

  open() {
    const { store, schema, tell, goTo, backToText } = this.editor;
    const name = store.active?.label ?? store.view.lastLabel;
    const label = name ? schema.label(name) : null;
    if (!label) return tell(gettext("Choose a span or a suggestion first: F1 says what its label means."));
    const key = schema.keyOf.get(label.name);
    const seen = new Map();
    for (const span of store.layer.spans.values()) {
      const words = store.layer.surface(span).replace(/\s+/gu, " ");
      if (span.label === label.name && !seen.has(words)) seen.set(words, span);
    }
    const examples = [...seen].slice(0, EXAMPLES).map(([words, span]) => {
      const go = () => {
        dialog.close();
        goTo(span);
      };
      return el("li", {}, [button(words, go, "button is-small is-quiet")]);
    });
    const dialog = el("dialog", { class: "dialog", attrs: { "aria-labelledby": "card-title" } }, [
      el("h2", {
        text: schema.title(label.name),
        data: { hue: String(label.colour) },
        attrs: { id: "card-title" },
      }),
      el("p", {
        text: label.description || gettext("The schema says no more about this label."),
        attrs: { dir: "auto" },
      }),
      key
        ? el("p", { class: "quiet" }, [
            gettext("Key: "),
            ...[...key].flatMap(keyCaps).map((cap) => el("kbd", { text: cap })),
          ])
        : null,
      examples.length ? el("h3", { text: gettext("In this article") }) : null,
      examples.length ? el("ul", { class: "card-examples" }, examples) : null,
      el("div", { class: "dialog-tools" }, [
        button(gettext("Close"), () => dialog.close(), "button is-solid"),
      ]),
    ]);
    dialog.addEventListener("close", () => {
      dialog.remove();
      backToText();
    });
    part("stage", HTMLElement).append(dialog);
    dialog.showModal();
  }
}
