/** Longer than a preloaded font takes; on a slow network the text comes first, and its own face later. */
const PATIENCE_MS = 80;
const SAMPLE = 400;
const FACE = '18px "Source Serif"';

/**
 * Waits a moment for the faces that a text is set in, so that it need not be laid out twice.
 * @param {string} text
 */
export async function facesOf(text) {
  const sample = text.slice(0, SAMPLE);
  if (document.fonts.check(FACE, sample)) return;
  const faces = document.fonts.load(FACE, sample).catch(() => []);
  await Promise.race([faces, new Promise((resolve) => setTimeout(resolve, PATIENCE_MS))]);
}

/**
 * Calls back when a face for the text arrives that was not there yet. Captions are in another one, and need no room.
 * @param {() => void} listener @param {AbortSignal} signal
 */
export function onNewFace(listener, signal) {
  const had = new Set([...document.fonts].filter((face) => face.status === "loaded"));
  document.fonts.addEventListener(
    "loadingdone",
    ({ fontfaces }) => {
      const isNew = fontfaces.some((face) => !had.has(face) && !face.family.includes("Inter"));
      for (const face of fontfaces) had.add(face);
      if (isNew) listener();
    },
    { signal },
  );
}
