/** Tells the editors of this browser who is signed in now. They listen in static/editor/panels/signin.js. */
const user = document.getElementById("signed-in")?.dataset.user ?? "";
new BroadcastChannel("annotator:session").postMessage({ user });
