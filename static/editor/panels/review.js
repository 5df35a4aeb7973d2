import { gettext, ngettext } from "../model/words.js";
import { button, el, part } from "./dom.js";
import { plantedList } from "./planted.js";

/** @typedef {import("../types.js").Editor} Editor */

/** Who did what, and sending the article back with a comment. */
export class Review {
  /** @param {Editor} editor */
  constructor(editor) {
    this.editor = editor;
    this.element = part("people", HTMLElement);
    this.dialog = part("send-back", HTMLDialogElement);
    this.comment = part("send-back-comment", HTMLTextAreaElement);
    if (editor.boot.mode !== "review") return;
    this.#showPeople();
    this.dialog
      .querySelector("form")
      ?.addEventListener("submit", () => this.editor.flow.reopen(this.comment.value.trim()));
    part("send-back-cancel", HTMLButtonElement).addEventListener("click", () => this.dialog.close());
  }

  #showPeople() {
    const { people, planted = [], urls } = this.editor.boot;
    const rows = people.map(({ author, state, spans, same_as_gold }) =>
      el("li", { class: "person" }, [
        el("b", { text: author.replace(/^user:/, "") }),
        el("span", { class: "quiet", text: gettext(state.replaceAll("_", " ")) }),
        el("span", { text: spansInWords(spans, same_as_gold) }),
        ...this.#planted(planted.filter((one) => `user:${one.by}` === author)),
      ]),
    );
    const back =
      urls.reopen && this.editor.actions.editable
        ? button(gettext("Send back…"), () => this.dialog.showModal(), "button is-small")
        : null;
    this.element.replaceChildren(
      el("h2", { text: gettext("Who did what") }),
      rows.length
        ? el("ul", {}, rows)
        : el("p", { class: "quiet", text: gettext("Nobody has labelled this article yet.") }),
      ...(back ? [back] : []),
    );
    this.element.hidden = false;
  }

  /** Suggestions that were wrong on purpose and that this person took. @param {import("../types.js").Planted[]} planted */
  #planted(planted) {
    if (!planted.length) return [];
    const sentence = ngettext(
      "Accepted %(count)s suggestion that was wrong on purpose. It was taken out:",
      "Accepted %(count)s suggestions that were wrong on purpose. They were taken out:",
      planted.length,
    );
    return [el("p", { class: "quiet", text: sentence }), plantedList(this.editor, planted)];
  }
}

/** @param {number} count @param {number} same */
function spansInWords(count, same) {
  return ngettext("%(count)s span, %(same)s as in gold", "%(count)s spans, %(same)s as in gold", count, {
    same,
  });
}
