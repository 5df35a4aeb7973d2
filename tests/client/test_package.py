from __future__ import annotations

import ast
import tomllib
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from client import annotator_client

CLIENT = Path(__file__).parents[2] / "client"
MODULES = sorted(CLIENT.glob("annotator_client/*.py"))


def test_the_package_is_described_as_installers_need_it() -> None:
    """Setuptools reads it as it would to build a wheel, and refuses what does not belong there."""
    reader: Any = import_module("setuptools.config.pyprojecttoml")
    found = reader.read_configuration(str(CLIENT / "pyproject.toml"))
    assert found["project"]["name"] == "annotator-client"
    assert (CLIENT / found["project"]["readme"]).exists()
    assert (CLIENT / "annotator_client/py.typed").exists()


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.stem)
def test_every_module_is_python_3_9(module: Path) -> None:
    configuration = tomllib.loads((CLIENT / "pyproject.toml").read_text())
    assert configuration["project"]["requires-python"] == ">=3.9"
    tree = ast.parse(module.read_text(), feature_version=(3, 9))
    names = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.level == 0}
    assert not any(name and name.startswith(("articles", "annotator.", "client")) for name in names)


def test_everything_that_is_offered_is_there() -> None:
    assert all(hasattr(annotator_client, name) for name in annotator_client.__all__)
    assert len(annotator_client.__all__) == len(set(annotator_client.__all__))
