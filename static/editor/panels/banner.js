import { gettext, ngettext } from "../model/words.js";
import { button, el, part } from "./dom.js";
import { plantedList } from "./planted.js";

/** @typedef {import("../types.js").Editor} Editor */

/** Calm news above the text: a reviewer's comment, what is to be known of suggestions, why the article is closed, that nothing is left to do. */
export class Banner {
  /** @param {Editor} editor */
  constructor(editor) {
    this.element = part("banner", HTMLElement);
    this.editor = editor;
    editor.flow.onNothingLeft = () => {
      const { result } = editor.boot.urls;
      if (result && editor.flow.isFinished) return editor.flow.go.leave(result);
      this.#nothingLeft();
      if (editor.flow.isFinished) close(editor);
    };
    const { note, layer, mode, own, urls, about_suggestions: about } = editor.boot;
    if (note.text)
      this.#add([
        el("b", {
          text: `${note.by ? gettext("%(name)s sent this back:", { name: note.by }) : gettext("Sent back:")} `,
        }),
        note.text,
      ]);
    if (about) this.#add([about]);
    this.#agreed();
    this.#aboutPlants();
    if (mode === "annotate") this.#planted();
    editor.sync.onNewSchema = () => this.#newSchema();
    editor.sync.onCorrected = (current) => this.#corrected(current);
    if (!layer.editable) {
      const name = urls.reopen ? reopens(mode, layer.state) : "";
      const takeBack = name ? button(name, () => editor.flow.reopen(""), "button is-small") : null;
      if (takeBack) editor.doors.takeBack = () => takeBack.click();
      const back = own ? el("a", { text: gettext("Back to your own work"), attrs: { href: own } }) : null;
      const reason = layer.locked_reason || gettext("This article is open for reading only.");
      this.#add([`${reason} `, takeBack ?? back]);
    }
  }

  /** Where there is nothing to settle, a reviewer is told why. */
  #agreed() {
    const { boot, decisions } = this.editor;
    const readers = boot.adjudication?.readers.length ?? 0;
    if (decisions || readers < 2 || !boot.layer.editable) return;
    this.#add([gettext("All %(count)s annotators say the same here.", { count: readers })]);
  }

  /** Said once to whoever sits down to work, not at every article. */
  #aboutPlants() {
    const { boot, kept } = this.editor;
    const { about_plants: about = "", project } = boot;
    if (about && kept.get("about-plants") !== project.slug) this.#add([about]);
    kept.set("about-plants", project.slug);
  }

  #planted() {
    const { planted = [] } = this.editor.boot;
    if (!planted.length) return;
    const sentence = ngettext(
      "%(count)s suggestion that you accepted was wrong on purpose, and has been taken out again.",
      "%(count)s suggestions that you accepted were wrong on purpose, and have been taken out again.",
      planted.length,
    );
    const advice = gettext(
      "Look there once more and label what is right; take the article back first if it is submitted.",
    );
    this.#add([`${sentence} ${advice}`]);
    this.element.append(plantedList(this.editor, planted));
    this.editor.announce(sentence);
  }

  /** Once: what is sent until then is put under the new names. */
  #newSchema() {
    this.editor.sync.onNewSchema = () => {};
    const use = button(gettext("Show the new labels"), () => this.editor.flow.again(), "button is-small");
    this.#add([gettext("The label schema of this project has changed."), " ", use]);
  }

  /** @param {number} current */
  #corrected(current) {
    const { actions, boot, announce } = this.editor;
    actions.editable = false;
    actions.whyNot = gettext("The text was corrected meanwhile. Open it as it is now to go on.");
    const url = (boot.urls.editor ?? "").replace(`/${boot.article.id}/`, `/${current}/`);
    const words = gettext(
      "The text of this article was corrected meanwhile. Your work is there, on the same words.",
    );
    this.#add([words, " ", el("a", { text: gettext("Open the corrected text"), attrs: { href: url } })]);
    announce(words);
    this.element.scrollIntoView({ block: "nearest" });
  }

  #nothingLeft() {
    const { urls, mode } = this.editor.boot;
    const words =
      mode === "review"
        ? gettext("No other article is waiting for review.")
        : gettext("Nothing is waiting for you.");
    this.#add([`${words} `, el("a", { text: gettext("All articles"), attrs: { href: urls.list ?? "#" } })]);
  }

  /** @param {Array<Node | string | null>} content */
  #add(content) {
    this.element.append(el("p", {}, content));
    this.element.hidden = false;
  }
}

/** What it is called to go on with an article that is closed; empty where nobody can. @param {string} mode @param {string} state  of the layer */
function reopens(mode, state) {
  if (mode === "annotate" && state === "submitted") return gettext("Take it back");
  return mode === "review" && state === "approved" ? gettext("Reopen") : "";
}

/** A finished article that no other follows stays on the page, for reading. @param {Editor} editor */
function close({ actions, store }) {
  actions.editable = false;
  actions.whyNot = gettext("You have finished this article.");
  part("labels", HTMLElement).hidden = true;
  part("finish", HTMLElement).hidden = true;
  store.dispatch({ view: { active: null, armed: null } });
}
