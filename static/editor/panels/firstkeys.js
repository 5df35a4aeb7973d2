import { keyCaps } from "../input/keynames.js";
import { part } from "./dom.js";

/** @typedef {import("../types.js").Editor} Editor */

/** The template knows it too: what newcomers need is there with the text, not after it. */
const PREFERENCE = "knows_first_keys";

/** What a newcomer must know, until they put it away or have handed in an article. @param {Editor} editor */
export function showFirstKeys({ boot, keys, preferences, backToText }) {
  const element = part("first-keys", HTMLElement);
  const isKnown = preferences.get(PREFERENCE) === true;
  const hasHandedIn = boot.queue.done_today > 0;
  if (hasHandedIn && !isKnown) preferences.set(PREFERENCE, true);
  element.hidden = boot.mode !== "annotate" || !boot.layer.editable || isKnown || hasHandedIn;
  part("first-keys-known", HTMLButtonElement).addEventListener("click", () => {
    element.hidden = true;
    preferences.set(PREFERENCE, true);
    backToText();
  });
  const show = () => {
    for (const cap of /** @type {NodeListOf<HTMLElement>} */ (element.querySelectorAll("[data-command]"))) {
      const binding = keys.command(cap.dataset.command ?? "");
      const [key] = binding ? keys.keysOf(binding) : [];
      if (key) cap.textContent = keyCaps(key).join("+");
    }
  };
  keys.onChange(show);
  show();
}
