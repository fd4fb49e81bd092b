"""Mistakes that are kept as data: what is broken in a good file, and what is said of it."""

from pathlib import Path
from typing import NamedTuple

import yaml


class Mistake(NamedTuple):
    """What of the good file is replaced, by what, and the lines to be said, without the file's name."""

    mistake: str
    old: str
    new: str
    says: list[str]


def mistakes_in(file: Path) -> list[Mistake]:
    """All of them, in the order of the file."""
    return [Mistake(**entry) for entry in yaml.safe_load(file.read_text(encoding="utf-8"))]
