// What was typed into a list and not kept, in this browser, so that a reload or a crash loses nothing.

/** @typedef {{seen: string, text: string, at: number}} Draft */

export class ListDraft {
  /** @param {string} name */
  constructor(name) {
    this.key = `engine-list:${name}`;
  }

  /** @returns {Draft | null} */
  read() {
    try {
      const draft = JSON.parse(localStorage.getItem(this.key) ?? "null");
      return typeof draft?.text === "string" ? draft : null;
    } catch {
      return null;
    }
  }

  /**
   * Whether there was room for it.
   * @param {string} seen the digest of what the list was made from
   * @param {string} text
   */
  write(seen, text) {
    try {
      localStorage.setItem(this.key, JSON.stringify({ seen, text, at: Date.now() }));
      return true;
    } catch {
      return false;
    }
  }

  clear() {
    try {
      localStorage.removeItem(this.key);
    } catch {
      // A browser that keeps nothing has nothing to forget.
    }
  }
}
