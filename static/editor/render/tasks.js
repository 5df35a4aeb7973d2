const channel = new MessageChannel();
/** @type {Array<() => void>} */
const waiting = [];
channel.port1.onmessage = () => waiting.shift()?.();

/** Calls back in a task of its own, as soon as the browser has done what is more urgent; timers would wait longer. @param {() => void} work */
export function inNextTask(work) {
  waiting.push(work);
  channel.port2.postMessage(null);
}

/** @returns {Promise<void>} */
export function nextTask() {
  return new Promise(inNextTask);
}
