import { gettext, ngettext } from "../model/words.js";

/** @typedef {import("./sender.js").SyncState} SyncState */

/** The state of saving in words. @param {SyncState} state @param {number} unsent @param {boolean} durable @param {string} detail */
export function statusInWords(state, unsent, durable, detail) {
  switch (state) {
    case "saved":
      return gettext("All changes saved");
    case "saving":
      return gettext("Saving…");
    case "offline":
      return durable
        ? ngettext(
            "Offline — %(count)s change kept on this computer",
            "Offline — %(count)s changes kept on this computer",
            unsent,
          )
        : ngettext(
            "Offline — %(count)s change not saved yet, keep this page open",
            "Offline — %(count)s changes not saved yet, keep this page open",
            unsent,
          );
    case "signed-out":
      return durable
        ? gettext("Signed out — sign in again, nothing is lost")
        : gettext("Signed out — sign in again and keep this page open");
    case "refused":
      return gettext("Not saved: %(detail)s", { detail });
  }
}
