"""YAML as plain values, read by libyaml where PyYAML brings it: the same values, several times as fast."""

from __future__ import annotations

from typing import Any

import yaml

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read_yaml(text: str) -> Any:
    """The values that a YAML text states; it can make no objects of other kinds. Raises `yaml.YAMLError`."""
    return yaml.load(text, Loader=_LOADER)
