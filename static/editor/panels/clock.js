import { newId } from "../model/uuid.js";
import { gettext } from "../model/words.js";
import { reportSitting, Sitting } from "../sync/sitting.js";
import { part } from "./dom.js";

/** @typedef {import("../types.js").Editor} Editor */

const SIGNS = ["keydown", "pointerdown", "pointermove", "wheel", "touchmove"];
const SHOW_MS = 15_000;

/** The time at this article, shown quietly and kept by the server; pauses do not count. @param {Editor} editor */
export function keepTime({ boot, api, signal, flow }) {
  if (!flow.canFinish) return;
  const sitting = new Sitting();
  sitting.sign();
  for (const name of SIGNS)
    document.addEventListener(name, () => sitting.sign(), { signal, passive: true, capture: true });
  const onVisibility = () => (document.hidden ? sitting.rest() : sitting.sign());
  document.addEventListener("visibilitychange", onVisibility, { signal });
  reportSitting({ sitting, id: newId(), url: boot.urls.time, api, signal });
  const show = () => {
    const minutes = Math.floor((boot.claim.seconds + sitting.seconds) / 60);
    part("time", HTMLElement).textContent = minutes ? gettext("%(count)s min", { count: minutes }) : "";
  };
  show();
  const timer = setInterval(show, SHOW_MS);
  signal.addEventListener("abort", () => clearInterval(timer));
}
