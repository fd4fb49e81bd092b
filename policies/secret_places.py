"""Looks through values for secrets in clear. What it says names the place, never the text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from plan import UNKNOWN, Secret
from policies.secret_texts import is_empty_word, is_reference, is_secret_name, secret_in


def texts_in(value: Any, place: str = "", name: str = "") -> Iterator[tuple[str, str, Any]]:
    """Every innermost value with its place and the name that tells what it is: its key, or the `name` beside it."""
    if isinstance(value, dict):
        title = value.get("name")
        if isinstance(title, str) and value.keys() <= {"name", "value", "slotSetting"}:
            yield from texts_in(value.get("value"), f"setting {title}", title)
            return
        for key, item in value.items():
            yield from texts_in(item, f"{place}.{key}" if place else key, key)
    elif isinstance(value, (list, tuple)):
        for index, item in enumerate(value):
            yield from texts_in(item, f"{place}[{index}]", name)
    elif isinstance(value, str | Secret) or value is UNKNOWN:
        yield place, name, value


def wrong_with(name: str, value: Any) -> str | None:
    """Why a text of this name is a secret in clear, or may be one; None where it is none. A value marked secret is not in clear."""
    if isinstance(value, Secret):
        return None
    if value is UNKNOWN:
        return "is called like a secret and comes from another resource" if is_secret_name(name) else None
    if kind := secret_in(value):
        return f"holds {kind}"
    if is_secret_name(name) and not (is_reference(value) or is_empty_word(value)):
        return "is called like a secret and its value stands there in clear"
    return None
