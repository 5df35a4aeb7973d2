/** @typedef {import("../types.js").WireEdit} WireEdit */
/** @typedef {{key: string, seq: number, url: string, edit: WireEdit}} Row */

const DATABASE = "annotator-edits";
const STORE = "unsent";

/** Whose work at which layer: what this browser keeps is kept under it. @param {import("../types.js").Bootstrap} boot */
export function layerKey({ user, article, layer }) {
  return `${user.username}|${article.id}|${layer.author}`;
}

/**
 * Unsent edits in order, kept in IndexedDB under the user and layer they belong to. When the browser forbids
 * IndexedDB they live in memory only, and `durable` is false.
 */
export class EditQueue {
  /** @type {Row[]} */
  #rows = [];
  /** @type {IDBDatabase | null} */
  #database = null;
  /** Writes run one after another, so that a removal never overtakes its addition. @type {Promise<void>} */
  #writing = Promise.resolve();
  durable = true;

  /** @param {string} key user and layer @param {string} url where its edits go */
  constructor(key, url) {
    this.key = key;
    this.url = url;
  }

  get size() {
    return this.#rows.length;
  }

  /** Opens the store and answers what was left over from before. @returns {Promise<WireEdit[]>} */
  async open() {
    try {
      this.#database = await openDatabase();
      const left = await readRows(this.#database, IDBKeyRange.bound([this.key], [this.key, []]));
      // Whoever began to work before the store was open keeps what they did.
      const early = this.#rows;
      this.#rows = [...left, ...early];
      this.#write((database) => putRows(database, early));
      return left.map((row) => row.edit);
    } catch {
      this.durable = false;
      return [];
    }
  }

  /** @param {WireEdit[]} edits */
  add(edits) {
    const rows = edits.map((edit, i) => ({
      key: this.key,
      seq: this.#nextSequence() + i,
      url: this.url,
      edit,
    }));
    this.#rows.push(...rows);
    this.#write((database) => putRows(database, rows));
  }

  /** The oldest unsent edits. @param {number} limit @returns {WireEdit[]} */
  oldest(limit) {
    return this.#rows.slice(0, limit).map((row) => row.edit);
  }

  /** @param {ReadonlySet<string>} ids */
  remove(ids) {
    const gone = this.#rows.filter((row) => ids.has(row.edit.id));
    this.#rows = this.#rows.filter((row) => !ids.has(row.edit.id));
    this.#write((database) => deleteRows(database, gone));
  }

  /** Grows with time too, so that two tabs interleave their edits in the order they were made. */
  #nextSequence() {
    return Math.max(Date.now() * 1000, (this.#rows.at(-1)?.seq ?? 0) + 1);
  }

  /** @param {(database: IDBDatabase) => Promise<void>} work */
  #write(work) {
    const database = this.#database;
    if (!database) return;
    this.#writing = this.#writing
      .then(() => work(database))
      .catch(() => {
        this.durable = false;
      });
  }
}

/** @param {IDBDatabase} database @param {IDBKeyRange} range @returns {Promise<Row[]>} */
export function readRows(database, range) {
  return new Promise((resolve, reject) => {
    const request = database.transaction(STORE).objectStore(STORE).getAll(range);
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

/** @param {IDBDatabase} database @param {Row[]} rows @returns {Promise<void>} */
function putRows(database, rows) {
  return run(database, (store) => {
    for (const row of rows) store.put(row);
  });
}

/** @param {IDBDatabase} database @param {Row[]} rows @returns {Promise<void>} */
export function deleteRows(database, rows) {
  return run(database, (store) => {
    for (const row of rows) store.delete([row.key, row.seq, row.edit.id]);
  });
}

/** @returns {Promise<IDBDatabase>} */
export function openDatabase() {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(DATABASE, 1);
    request.onupgradeneeded = () =>
      request.result.createObjectStore(STORE, { keyPath: ["key", "seq", "edit.id"] });
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

/** @param {IDBDatabase} database @param {(store: IDBObjectStore) => void} work @returns {Promise<void>} */
function run(database, work) {
  return new Promise((resolve, reject) => {
    const transaction = database.transaction(STORE, "readwrite");
    transaction.oncomplete = () => resolve();
    transaction.onerror = () => reject(transaction.error);
    transaction.onabort = () => reject(transaction.error);
    work(transaction.objectStore(STORE));
  });
}
