"""Copies of the shipped project that tests may change."""

import shutil
from datetime import date
from pathlib import Path

TODAY = date(2026, 11, 22)


def copied(root: Path, target: Path) -> Path:
    """The program, its components and its descriptions, without anything that was made from them."""
    leave = shutil.ignore_patterns("__pycache__")
    for name in ("environments", "components", "plan", "templates"):
        shutil.copytree(root / name, target / name, ignore=leave)
    for name in ("Pulumi.yaml", "__main__.py"):
        shutil.copy(root / name, target / name)
    return target


def replace_in(file: Path, old: str, new: str, count: int = 1) -> int:
    """Replaces a text that must be there; gives the line of the first replacement."""
    text = file.read_text(encoding="utf-8")
    assert old in text, f"{file.name} has no {old!r}"
    file.write_text(text.replace(old, new, count), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1
