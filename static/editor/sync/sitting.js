/** Whoever does nothing for so long is not at work. */
const PAUSE_MS = 60_000;
const REPORT_MS = 30_000;

/** The active time of one sitting at one article. No page here: whoever hears keys and pointers says so. */
export class Sitting {
  #active = 0;
  /** @type {number | null} */
  #lastSign = null;

  /** @param {() => number} [now] milliseconds */
  constructor(now = Date.now) {
    this.now = now;
  }

  get seconds() {
    return Math.round(this.#active / 1000);
  }

  /** The person did something: the time since the last sign was work, unless it was a pause. */
  sign() {
    const now = this.now();
    const passed = this.#lastSign === null ? 0 : now - this.#lastSign;
    // A clock that was put back tells nothing.
    if (passed > 0 && passed <= PAUSE_MS) this.#active += passed;
    this.#lastSign = now;
  }

  /** The window is hidden: what comes next begins anew. */
  rest() {
    this.sign();
    this.#lastSign = null;
  }
}

/**
 * Reports a sitting to the server every half minute and at its end. What cannot be reported is told with the
 * next report, since each tells the whole.
 * @param {object} parts
 * @param {Sitting} parts.sitting
 * @param {string} parts.id
 * @param {string} parts.url
 * @param {import("./api.js").Api} parts.api
 * @param {AbortSignal} parts.signal
 */
export function reportSitting({ sitting, id, url, api, signal }) {
  let told = -1;
  const report = () => {
    if (sitting.seconds === told) return;
    told = sitting.seconds;
    api.post(url, { sitting: id, seconds: told }, { keepalive: true }).catch(() => {
      told = -1;
    });
  };
  report();
  const timer = setInterval(report, REPORT_MS);
  addEventListener("pagehide", report, { signal });
  signal.addEventListener("abort", () => {
    clearInterval(timer);
    report();
  });
}
