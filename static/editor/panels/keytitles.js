import { keyCaps } from "../input/keynames.js";
import { part } from "./dom.js";

/** Buttons that a key presses too say which, also after it was changed. @param {import("../types.js").Editor} editor */
export function showKeyTitles({ keys }) {
  const buttons = part("stage", HTMLElement).querySelectorAll("button[data-command]");
  const show = () => {
    for (const button of /** @type {NodeListOf<HTMLButtonElement>} */ (buttons)) {
      const { command = "", says = "" } = button.dataset;
      const binding = keys.command(command);
      const [key] = binding ? keys.keysOf(binding) : [];
      button.title = key ? `${says} (${keyCaps(key).join("+")})` : says;
    }
  };
  keys.onChange(show);
  show();
}
