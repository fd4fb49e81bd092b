"""How findings are told: for people and for programs."""

from importlib import import_module
from pathlib import Path

from hubkeeper.check import CheckResult
from hubkeeper.report import as_text

FORMATS = ("text", "json", "sarif", "junit", "github", "markdown")


def render(result: CheckResult, format: str = "text", *, color: bool = False, root: Path | None = None) -> str:
    """The result in one of FORMATS. Raises ValueError otherwise.

    `color` and `root` count for text only: colours are for terminals; with the project's folder the lines of the
    description are shown under each finding.
    """
    if format not in FORMATS:
        raise ValueError(f"unknown format {format!r}, expected one of {', '.join(FORMATS)}")
    if format == "text":
        return as_text.render(result, color=color, root=root)
    # Each imports what its format needs, and only one of them is wanted.
    text: str = import_module(f"hubkeeper.report.as_{format}").render(result)
    return text
