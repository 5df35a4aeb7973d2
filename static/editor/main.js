import { PANELS } from "./furnish.js";
import { part } from "./panels/dom.js";
import { nextTask } from "./render/tasks.js";
import { Stage } from "./stage.js";

/** @typedef {import("./types.js").Bootstrap} Bootstrap */

// A long article is read in a task of its own, after the modules.
await nextTask();
const boot = /** @type {Bootstrap} */ (JSON.parse(part("editor-data", HTMLScriptElement).textContent ?? ""));
await new Stage(PANELS, boot.user.username).begin(boot);
