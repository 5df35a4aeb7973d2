import { part } from "./dom.js";

/** @typedef {import("../types.js").Editor} Editor */

/** Undo and redo for mouse and fingers: a phone has no keys for them. @param {Editor} editor */
export function offerUndo({ actions, backToText, commands, store }) {
  const undo = part("undo", HTMLButtonElement);
  const redo = part("redo", HTMLButtonElement);
  part("steps", HTMLElement).hidden = !actions.editable;
  const show = () => {
    undo.disabled = !store.history.canUndo;
    redo.disabled = !store.history.canRedo;
  };
  const take = (/** @type {() => void} */ work) => () => {
    work();
    // A button that went grey under the finger would take the focus with it.
    backToText();
  };
  undo.addEventListener(
    "click",
    take(() => commands.undo()),
  );
  redo.addEventListener(
    "click",
    take(() => commands.redo()),
  );
  store.subscribe(show);
  show();
}
