import { DoubtQueue } from "./doubt-queue.js";

/** Spans that a change of the labels left to people: a figure answers for the row with the focus, or the first. */
class TodoQueue extends DoubtQueue {}

customElements.define("todo-queue", TodoQueue);
