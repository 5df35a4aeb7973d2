import { gettext, ngettext } from "../model/words.js";
import { Places } from "../state/places.js";
import { button, el, part } from "./dom.js";

/** @typedef {import("../types.js").Editor} Editor */
/** @typedef {import("../state/places.js").Place} Place */

const KINDS = {
  changed: gettext("Its words have changed."),
  shortened: gettext("Some of its words are gone."),
  moved: gettext("Its words stand elsewhere now."),
  lost: gettext("Its words are gone."),
  new: gettext("These words are new: is there something to mark?"),
};

/** After the text was corrected: what is to be looked at, walked through one by one above the text. */
export class PlacesToLookAt {
  /** @param {Editor} editor */
  constructor(editor) {
    const { places = [] } = editor.boot;
    if (!places.length) return;
    this.editor = editor;
    this.places = new Places(places, editor.offsets, editor.store);
    this.element = el("div", { class: "places", attrs: { role: "group" } });
    const banner = part("banner", HTMLElement);
    banner.append(this.element);
    banner.hidden = false;
    editor.doors.place = (direction) => this.#walk(direction);
    editor.doors.placeIsRight = () => this.#answerCurrent();
    editor.store.subscribe(({ changes }) => changes.length && this.#show());
    this.#show();
  }

  /** @param {1 | -1} direction */
  #walk(direction) {
    const place = this.places?.step(direction);
    if (!place || !this.editor) return false;
    this.#show();
    const mark = this.editor.store.layer.mark(place.span);
    if (mark) this.editor.goTo(mark);
    else this.editor.goToWords({ start: place.start, end: Math.max(place.end, place.start + 1) });
    this.editor.announce(this.#sentence(place));
    return true;
  }

  #answerCurrent() {
    const place = this.places?.current;
    if (!place) return false;
    void this.#answer(place);
    return true;
  }

  /** It is right as it stands, or there is nothing to do. @param {Place} place */
  async #answer(place) {
    const { editor, places } = this;
    const [answer] = place.answers;
    if (!editor || !places || !answer) return;
    places.settle(place);
    if (!this.#walk(1)) this.#show();
    const url = (editor.boot.urls.place ?? "").replace("/0/", `/${place.id}/`);
    try {
      await editor.api.post(url, { answer: answer.value });
    } catch (error) {
      places.settle(place, false);
      this.#show();
      editor.tell(error instanceof Error ? error.message : String(error));
    }
  }

  #show() {
    const { places, element } = this;
    if (!places || !element) return;
    const { open, current } = places;
    const left = ngettext(
      "The text was corrected: %(count)s place to look at.",
      "The text was corrected: %(count)s places to look at.",
      open.length,
    );
    const next = button(gettext("Next place"), () => this.#walk(1), "button is-small");
    next.title = "Alt+↓";
    element.replaceChildren(
      ...(open.length
        ? [el("p", {}, [left, " ", next]), ...(current ? [this.#about(current)] : [])]
        : [el("p", { text: gettext("The text was corrected. All its places have been looked at.") })]),
    );
  }

  /** @param {Place} place */
  #about(place) {
    const [answer] = place.answers;
    const right = button(answer?.title ?? "", () => void this.#answer(place), "button is-small");
    right.title = "/";
    return el("p", { attrs: { dir: "auto" } }, [this.#sentence(place), " ", right, this.#removal(place)]);
  }

  /** Undone like any other change. @param {Place} place */
  #removal(place) {
    const { actions, store } = /** @type {Editor} */ (this.editor);
    if (place.span === null || !actions.editable) return null;
    const remove = () => {
      const span = store.layer.spans.get(place.span ?? "");
      if (span) actions.remove(span);
      this.#walk(1);
    };
    return button(gettext("Remove it"), remove, "button is-small");
  }

  /** @param {Place} place */
  #sentence(place) {
    const title = place.label && this.editor?.schema.title(place.label);
    const before = place.was
      ? `${gettext("%(label)s, was “%(words)s”.", { label: title ?? "", words: place.was })} `
      : "";
    return before + KINDS[place.kind];
  }
}
