/** @typedef {{value: unknown, sentAt: number | null}} Entry  `sentAt` in milliseconds; null: the server has not heard of it */

/** A page may have been on its way to here while the server heard of something newer. */
const PAGE_AGE_MS = 60_000;

/**
 * What people set up for themselves (keys, habits): kept on this computer at once and with the server as soon as
 * it can be reached, so that it follows them to another one. Two people at one computer do not share it.
 */
export class Preferences {
  /** @type {Map<string, unknown>} */
  #values = new Map();

  /**
   * @param {object} parts
   * @param {string} parts.user
   * @param {Record<string, unknown>} parts.saved  with the server
   * @param {Pick<Storage, "getItem" | "setItem"> | null} parts.storage  null where it is forbidden
   * @param {(changes: Record<string, unknown>) => Promise<unknown>} parts.send
   */
  constructor({ user, saved, storage, send }) {
    this.user = user;
    this.saved = saved;
    this.storage = storage;
    this.send = send;
  }

  /** Null when it was never set, or set back. @param {string} name @returns {unknown} */
  get(name) {
    if (!this.#values.has(name)) this.#values.set(name, this.#read(name));
    return this.#values.get(name) ?? null;
  }

  /** @param {string} name @param {unknown} value  null sets it back */
  set(name, value) {
    this.#values.set(name, value);
    this.#keep(name, { value, sentAt: null });
    this.#tell(name, value);
  }

  /** What the server has, unless something newer was not or only just sent from here. @param {string} name */
  #read(name) {
    const entry = this.#kept(name)[this.user];
    if (!entry || (entry.sentAt !== null && Date.now() - entry.sentAt > PAGE_AGE_MS))
      return this.saved[name] ?? null;
    if (entry.sentAt === null) this.#tell(name, entry.value);
    return entry.value;
  }

  /** @param {string} name @param {unknown} value */
  async #tell(name, value) {
    try {
      await this.send({ [name]: value });
    } catch {
      return; // It is kept here; the next page sends it.
    }
    if (this.get(name) === value) this.#keep(name, { value, sentAt: Date.now() });
  }

  /** @param {string} name @returns {Record<string, Entry | undefined>} */
  #kept(name) {
    try {
      const kept = JSON.parse(this.storage?.getItem(`annotator:${name}`) ?? "{}");
      return typeof kept === "object" && kept ? kept : {};
    } catch {
      return {};
    }
  }

  /** @param {string} name @param {Entry} entry */
  #keep(name, entry) {
    try {
      this.storage?.setItem(`annotator:${name}`, JSON.stringify({ ...this.#kept(name), [this.user]: entry }));
    } catch {
      // A full or forbidden storage: the server still has it.
    }
  }
}
