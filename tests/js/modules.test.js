import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "../..");
const editor = join(root, "static/editor");
const files = readdirSync(editor, { recursive: true, encoding: "utf8" }).filter((name) =>
  name.endsWith(".js"),
);
/** What each folder may import, besides itself. @type {Record<string, string[]>} */
const BELOW = {
  model: [],
  state: ["model"],
  sync: ["state", "model"],
  render: ["state", "model"],
  input: ["render", "sync", "state", "model"],
  panels: ["input", "render", "sync", "state", "model"],
};

/** @param {string} file @returns {string[]} files it imports, relative to the editor's folder */
function importsOf(file) {
  const source = readFileSync(join(editor, file), "utf8");
  const paths = [...source.matchAll(/^(?:import|export)[^;]*?from "(.+?)"(;?)$/gms)];
  for (const [, path, semicolon] of paths) assert.ok(path.endsWith(".js") && semicolon, `${file}: ${path}`);
  return paths.map(([, path]) => relative(editor, resolve(editor, dirname(file), path)));
}

test("imports go downward only", () => {
  for (const file of files) {
    const [folder, inFolder] = file.split("/");
    if (!inFolder) continue;
    for (const other of importsOf(file)) {
      const to = other.split("/")[0];
      assert.ok(to === folder || BELOW[folder].includes(to), `${file} imports ${other}`);
    }
  }
});

test("model and state know no page", () => {
  for (const file of files.filter((name) => /^(model|state)\//.test(name))) {
    const code = readFileSync(join(editor, file), "utf8").replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, "");
    assert.doesNotMatch(code, /\b(document|window|HTMLElement|localStorage)\b/, file);
  }
});

test("modules are in the form that can be put together (annotator/lib/bundles.py)", () => {
  for (const file of files.filter((name) => name !== "types.js" && name !== "theme-early.js")) {
    const source = readFileSync(join(editor, file), "utf8").replace(
      /^import \{[^}]*\} from "\.[^"]+";$/gm,
      "",
    );
    const left = source.match(/^(import|export)\b(?! (async )?(function\*?|class|const) \w+).*/m);
    assert.equal(left?.[0], undefined, file);
    assert.doesNotMatch(source.replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, ""), /\bimport\(|import\.meta/, file);
  }
});

test("every module is needed by the page, and none by itself", () => {
  const needed = new Set(["main.js"]);
  for (const file of needed) for (const other of importsOf(file)) needed.add(other);
  assert.deepEqual([...needed, "theme-early.js", "types.js"].sort(), files.toSorted());
});

test("no text reaches the page as HTML", () => {
  for (const file of files) {
    assert.doesNotMatch(
      readFileSync(join(editor, file), "utf8"),
      /innerHTML|outerHTML|insertAdjacentHTML|document\.write/,
      file,
    );
  }
});
