/** @typedef {import("./sender.js").SyncState} SyncState */

/** The state of saving in words. @param {SyncState} state @param {number} unsent @param {boolean} durable @param {string} detail */
export function statusInWords(state, unsent, durable, detail) {
  const changes = unsent === 1 ? "1 change" : `${unsent} changes`;
  switch (state) {
    case "saved":
      return "All changes saved";
    case "saving":
      return "Saving…";
    case "offline":
      return durable
        ? `Offline — ${changes} kept on this computer`
        : `Offline — ${changes} not saved yet, keep this page open`;
    case "signed-out":
      return durable
        ? "Signed out — sign in again, nothing is lost"
        : "Signed out — sign in again and keep this page open";
    case "refused":
      return `Not saved: ${detail}`;
  }
}
