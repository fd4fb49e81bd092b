"""Fills a question to telemetry, KQL of `templates/queries/`, for alerts and workbooks. The runbook prints the same files.

The header lines of a file are for people and are left out. The time looked back at is the alert's own, never in the query.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import jinja2


#: The team's own files beside the shipped templates win, here as in the runbook.
OWN_TEMPLATES = "runbook-templates"


class QueryError(Exception):
    """A query that cannot be used; one line for the user."""


class Kql(str):
    """A text that stands safely in a query."""

    __slots__ = ()


@dataclass(frozen=True)
class Asked:
    """A query with what its file says of it: the question that it answers, and what is normal."""

    answers: str
    healthy: str
    kql: str


def filled(templates: Path, query: str, values: Mapping[str, object]) -> str:
    """The query of `templates/queries/<query>.kql` with its values. Raises QueryError."""
    return asked(templates, query, values).kql


def asked(templates: Path, query: str, values: Mapping[str, object]) -> Asked:
    """The same with what people read beside it. Raises QueryError."""
    import jinja2  # takes a twentieth of a second, which only those pay who have alerts

    where = f"templates/queries/{query}.kql"
    try:
        text = _jinja(templates).get_template(f"queries/{query}.kql").render(values)
    except jinja2.TemplateNotFound as error:
        raise QueryError(f"{where}:1: no such query ({error.name}), expected it in {templates}") from None
    except jinja2.TemplateSyntaxError as error:
        raise QueryError(f"{where}:{error.lineno}: {error.message}, expected a Jinja template") from None
    except (jinja2.TemplateError, TypeError) as error:
        raise QueryError(f"{where}:1: {error}, expected a value that alerts are given") from None
    told = dict(re.findall(r"^// (answers|healthy): (.+)$", text, re.MULTILINE))
    kql = "\n".join(line for line in text.splitlines() if line.strip() and not line.startswith("//"))
    return Asked(told.get("answers", query), told.get("healthy", ""), kql)


def text_of(value: object) -> Kql:
    """A string of the Kusto query language, on one line."""
    plain = " ".join(re.sub(r"[\x00-\x1f\x7f-\x9f]", " ", str(value)).split())
    escaped = plain.replace("\\", "\\\\").replace('"', '\\"')
    return Kql(f'"{escaped}"')


def list_of(values: list[object]) -> Kql:
    """Strings of the Kusto query language, with commas between them."""
    return Kql(", ".join(text_of(value) for value in values))


def _only_kql(value: object) -> object:
    import jinja2

    if isinstance(value, Kql | int | jinja2.Undefined):
        return value
    raise TypeError("a value is printed as it is, expected one of the filters kql, kql_list")


@cache
def _jinja(templates: Path) -> "jinja2.Environment":
    import jinja2

    shipped = jinja2.FileSystemLoader(templates)
    own = jinja2.FileSystemLoader(templates.parent / OWN_TEMPLATES)
    environment = jinja2.Environment(
        loader=jinja2.ChoiceLoader([own, shipped, jinja2.PrefixLoader({"shipped": shipped})]),
        undefined=jinja2.StrictUndefined,
        finalize=_only_kql,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters.update({"kql": text_of, "kql_list": list_of})
    return environment
