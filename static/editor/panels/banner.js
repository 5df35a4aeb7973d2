import { button, el, part } from "./dom.js";

/** @typedef {import("../types.js").Editor} Editor */

/** Calm news above the text: a reviewer's comment, why there are no suggestions, why the article is closed, that nothing is left to do. */
export class Banner {
  /** @param {Editor} editor */
  constructor(editor) {
    this.element = part("banner", HTMLElement);
    this.editor = editor;
    editor.flow.onNothingLeft = () => {
      this.#nothingLeft();
      if (editor.flow.isFinished) close(editor);
    };
    const { note, layer, mode, urls, about_suggestions: about } = editor.boot;
    if (note.text)
      this.#add([el("b", { text: note.by ? `${note.by} sent this back: ` : "Sent back: " }), note.text]);
    if (about) this.#add([about]);
    if (!layer.editable) {
      const takeBack =
        mode === "annotate" && layer.state === "submitted" && urls.reopen
          ? button("Take it back", () => editor.flow.reopen(""), "button is-small")
          : null;
      this.#add([layer.locked_reason || "This article is open for reading only.", takeBack]);
    }
  }

  #nothingLeft() {
    const { urls, mode } = this.editor.boot;
    const words =
      mode === "review" ? "No other article is waiting for review." : "Nothing is waiting for you.";
    this.#add([`${words} `, el("a", { text: "All articles", attrs: { href: urls.list ?? "#" } })]);
  }

  /** @param {Array<Node | string | null>} content */
  #add(content) {
    this.element.append(el("p", {}, content));
    this.element.hidden = false;
  }
}

/** A finished article that no other follows stays on the page, for reading. @param {Editor} editor */
function close({ actions, store }) {
  actions.editable = false;
  actions.whyNot = "You have finished this article.";
  part("labels", HTMLElement).hidden = true;
  part("finish", HTMLElement).hidden = true;
  store.dispatch({ view: { active: null, armed: null } });
}
