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

test("whatever scripts say to people can be said in another language", () => {
  for (const folder of [editor, join(editor, "../elements")])
    for (const file of readdirSync(folder, { recursive: true, encoding: "utf8" }))
      if (file.endsWith(".js") && !WORD_LISTS.includes(file))
        assert.deepEqual(unsaid(readFileSync(join(folder, file), "utf8")), [], file);
});

// Abbreviations and pronouns of articles' languages.
const WORD_LISTS = [join("model", "edges.js"), join("state", "chains.js")];
const CALL = /\b(?:n?gettext|querySelector(?:All)?|closest|matches|Error)\(/g;
const LITERAL = /"(?:[^"\\\n]|\\.)*"|`(?:[^`\\]|\\.)*`/g;
const SENTENCE = /^["`]([A-Z][a-z]+(,? |: \$|[.`"]$)|\$\{\} [a-z]{3,}|[^[]*\b[a-z]{2,}, [a-z]{2,}[^[]*$)/;
const KEYS = /^["`](Arrow|Source Serif|[A-Z][a-z]+["`]$|[A-Z][a-z]+\+)/;

/** Sentences outside of calls that translate them. @param {string} source */
function unsaid(source) {
  const code = source
    .replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*|(?<=[;,{}] )\/\/.*/gm, "")
    .replace(/^import .*$/gm, "");
  let bare = code;
  for (let call = CALL.exec(bare); call; call = CALL.exec(bare)) {
    const end = endOfCall(bare, call.index + call[0].length);
    bare = bare.slice(0, call.index) + bare.slice(end);
    CALL.lastIndex = call.index;
  }
  const texts = (bare.match(LITERAL) ?? []).map((text) => text.replace(/\$\{[^}]*\}/g, "${}"));
  return texts.filter((text) => SENTENCE.test(text) && !KEYS.test(text));
}

/** Where the brackets of a call close again. @param {string} code @param {number} from */
function endOfCall(code, from) {
  let depth = 1;
  let at = from;
  for (; at < code.length && depth; at++) depth += Number(code[at] === "(") - Number(code[at] === ")");
  return at;
}
