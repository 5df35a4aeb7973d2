/** @typedef {import("../types.js").Draft} Draft */

const PREFIX = "annotator-draft-1:";

/** Comments that are being written, kept in this browser until the server has them. */
export class Drafts {
  /** @param {{storage: Pick<Storage, "getItem" | "setItem" | "removeItem"> | null, owner: string}} parts  `owner` names the user and the article */
  constructor({ storage, owner }) {
    this.storage = storage;
    this.prefix = `${PREFIX}${owner}:`;
  }

  /** @param {string} key @returns {Draft | null} */
  get(key) {
    try {
      const kept = JSON.parse(this.storage?.getItem(this.prefix + key) ?? "null");
      return typeof kept?.text === "string" && typeof kept.id === "string" ? kept : null;
    } catch {
      return null;
    }
  }

  /** @param {string} key @param {Draft} draft */
  keep(key, draft) {
    try {
      this.storage?.setItem(this.prefix + key, JSON.stringify(draft));
    } catch {
      // A full storage: the words are in the box still.
    }
  }

  /** @param {string} key */
  forget(key) {
    try {
      this.storage?.removeItem(this.prefix + key);
    } catch {
      // Nothing was kept either.
    }
  }
}
