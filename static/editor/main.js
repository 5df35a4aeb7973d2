import { PANELS } from "./furnish.js";
import { part } from "./panels/dom.js";
import { Stage } from "./stage.js";

/** @typedef {import("./types.js").Bootstrap} Bootstrap */

const boot = /** @type {Bootstrap} */ (JSON.parse(part("editor-data", HTMLScriptElement).textContent ?? ""));
await new Stage(PANELS, boot.user.username).begin(boot);
