import { FINISHING } from "./bindings/finishing.js";
import { MARKING } from "./bindings/marking.js";
import { MOVING } from "./bindings/moving.js";

/** @typedef {import("./commands.js").Commands} Commands */
/** @typedef {import("../types.js").Doors} Doors */

/**
 * @typedef {object} Binding
 * @property {string[]} keys  as `keyName` writes them
 * @property {string} group
 * @property {string} says  what it does, for the help; empty: the other way of the binding before it
 * @property {boolean} [anywhere]  also while a button has the focus
 * @property {boolean} [once]  holding the key down does not do it again: what comes next was not looked at yet
 * @property {(commands: Commands, doors: Doors) => boolean | void} run  false: nothing to do here, the key is the browser's
 */

/** All keys but labels. Letters belong to labels, so no command is a letter. @type {Binding[]} */
export const BINDINGS = [...MOVING, ...MARKING, ...FINISHING];

/** What gives the active span a value, the first value's first. @type {ReadonlyArray<Binding>} */
export const VALUE_BINDINGS = BINDINGS.filter(({ keys }) => /^[1-9]$/.test(keys[0] ?? ""));
