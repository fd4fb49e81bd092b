"""How findings are told: for people and for programs."""

from hubkeeper.check import CheckResult
from hubkeeper.report import as_json, as_text

FORMATS = ("text", "json")


def render(result: CheckResult, format: str = "text", *, color: bool = False) -> str:
    """The result in one of FORMATS. `color` counts for text only, and is for terminals. Raises ValueError otherwise."""
    if format == "json":
        return as_json.render(result)
    if format == "text":
        return as_text.render(result, color=color)
    raise ValueError(f"unknown format {format!r}, expected one of {', '.join(FORMATS)}")
