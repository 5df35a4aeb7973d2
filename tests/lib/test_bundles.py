"""Many modules as one file: run by Node, which must not see the difference."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from rjsmin import jsmin

from annotator.lib.bundles import NotBundled, bundled_script, bundled_style

ROOT = Path(__file__).resolve().parents[2]
NODE = Path(sys.prefix) / "bin/node"


def run(files: dict[str, str], tmp_path: Path) -> str:
    script = tmp_path / "bundle.mjs"
    script.write_text(jsmin(bundled_script("main.js", files.__getitem__)))
    return subprocess.run([NODE, script], capture_output=True, text=True, check=True).stdout


def test_each_module_runs_once_after_those_it_needs(tmp_path: Path) -> None:
    files = {
        "main.js": 'import { b } from "./b.js";\nimport {\n  a as first,\n  C,\n} from "./deep/a.js";\n'
        "console.log(b, first(), new C().name);\nawait null;\n",
        "b.js": 'import { a } from "./deep/a.js";\nexport const b = `b${a()}`;\nconst same = 1;\n',
        "deep/a.js": 'import { order } from "../order.js";\norder.push("a");\n'
        "const same = 2;\nexport function a() {\n  return order.join() + same;\n}\n"
        'export class C {\n  #name = "c";\n  get name() {\n    return this.#name;\n  }\n}\n',
        "order.js": "export const order = [];\n",
    }
    assert run(files, tmp_path) == "ba2 a2 c\n"


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ('import all from "./b.js";\n', "plain form"),
        ('import * as all from "./b.js";\n', "plain form"),
        ("export default 1;\n", "plain form"),
        ("export let changing = 1;\n", "plain form"),
        ('import { a } from "./main.js";\n', "circle"),
    ],
)
def test_what_cannot_be_put_together_is_said(source: str, reason: str) -> None:
    with pytest.raises(NotBundled, match=reason):
        bundled_script("main.js", {"main.js": source, "b.js": ""}.__getitem__)


def test_the_editor_is_a_module_that_node_can_read(tmp_path: Path) -> None:
    static = ROOT / "static"
    script = tmp_path / "editor.mjs"
    script.write_text(jsmin(bundled_script("editor/main.js", lambda name: (static / name).read_text())))
    subprocess.run([NODE, "--check", script], check=True)


def test_style_sheets_in_their_order() -> None:
    files = {"css/all.css": '/* All */\n@import "./a.css";\n@import "./deep/b.css";\n', "css/a.css": "a {}\n"}
    files["css/deep/b.css"] = "b {}\n"
    assert bundled_style("css/all.css", files.__getitem__) == "/* All */\na {}\nb {}\n"
