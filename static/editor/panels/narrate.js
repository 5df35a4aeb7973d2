import { gettext } from "../model/words.js";
import { describeCursor, describeMark } from "./describe.js";

/** @typedef {import("../types.js").Editor} Editor */

/** Reads changes and moves out to screen readers. @param {Editor} editor */
export function narrate(editor) {
  editor.store.subscribe(({ note, before, view, origin }) => {
    const { active } = editor.store;
    const moved = active && before.active !== view.active && origin === "local";
    if (note && (origin === "undo" || origin === "redo" || origin === "remote")) editor.tell(note);
    else if (note && moved && active.kind === "suggestion")
      editor.announce(
        gettext("%(note)s. Next: %(mark)s", {
          note: note.replace(/\.$/, ""),
          mark: describeMark(active, editor),
        }),
      );
    else if (note) editor.announce(note);
    else if (moved) editor.announce(describeMark(active, editor));
    else if (before.selection !== view.selection) editor.announce(describeCursor(editor));
  });
}
