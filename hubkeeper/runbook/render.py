"""From the description to pages: the same text for the same description and templates, on every day and every machine."""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import fields
from pathlib import Path
from typing import Any

from environments import Environment, Estate
from hubkeeper.runbook.alert_pages import alert_pages
from hubkeeper.runbook.application_context import application_context
from hubkeeper.runbook.environment_context import environment_context, login
from hubkeeper.runbook.errors import RunbookError
from hubkeeper.runbook.jinja_pages import OWN, SHIPPED, Templates
from hubkeeper.runbook.quoting import Quoted
from hubkeeper.runbook.side_by_side import estate_context
from policies.waivers import Waivers, waivers_of

#: Begins the last line of every page. Files without it are nobody's business here.
MARKER = "<!-- Rendered by hubkeeper runbook"
_FENCE = re.compile(r"^(`{3,})[^\n]*\n.*?^\1`*$", re.MULTILINE | re.DOTALL)
_TITLE = re.compile(r"^# (.+)$", re.MULTILINE)


def render(estate: Estate, environments: Sequence[str], *, project: Path) -> dict[str, str]:
    """The pages of these environments and of the estate, by path below the folder of the runbooks.

    Templates are those of the project. Raises RunbookError for a template that cannot be used, UnknownEnvironment for a name.
    """
    renderer = Renderer(estate, project)
    pages = renderer.of_estate()
    for name in environments:
        pages |= renderer.of_environment(name)
    return pages


class Renderer:
    """Makes pages environment by environment, so that a large estate need not be in memory at once. Raises what `render` does."""

    def __init__(self, estate: Estate, project: Path) -> None:
        self._estate = estate
        self._templates, self._waivers = Templates(project), waivers_of(project)
        if self._waivers.problems:
            raise RunbookError(str(self._waivers.problems[0]))

    def of_estate(self) -> dict[str, str]:
        """The pages above all environments."""
        values = _values(estate_context(self._estate))
        return {"index.md": _page("environments/", "estate/page.md.jinja", values, self._templates)}

    def of_environment(self, name: str) -> dict[str, str]:
        """The pages of an environment and of its applications. Raises RunbookError where two would be one file."""
        environment = self._estate[name]
        pages: dict[str, str] = {}
        for app in environment.apps:
            pages |= _application_pages(environment, app, self._templates)
        shared = _environment_pages(environment, self._templates, self._waivers)
        for path in sorted(pages.keys() & shared.keys()):
            app = path.split("/")[1].removesuffix(".md")
            file, line = self._estate.where(name, ("apps", app))
            wrong = f"the environment has a page {path} of its own"
            raise RunbookError(f"{file}:{line}: apps.{app}: {wrong}, expected another name than {app}")
        return pages | shared


def _environment_pages(environment: Environment, templates: Templates, waivers: Waivers) -> dict[str, str]:
    values, source = _values(environment_context(environment, waivers)), _file(environment)
    own = {
        f"{environment.name}/{name}.md": _page(source, template, values, templates)
        for name, template in templates.own_pages("environment").items()
    }
    values["own_pages"] = _titles(own)
    shipped = {
        f"{environment.name}/index.md": _page(source, "environment/page.md.jinja", values, templates),
        f"{environment.name}/hand_over.md": _page(source, "environment/hand_over.md.jinja", values, templates),
    }
    for alert in alert_pages(environment):
        template = f"alerts/{alert.slug}.md.jinja"
        path = f"{environment.name}/alerts/{alert.slug}.md"
        shipped[path] = _page(source, template, {**values, "alert": alert}, templates)
    return _joined(own, shipped)


def _application_pages(environment: Environment, app: str, templates: Templates) -> dict[str, str]:
    context = application_context(environment, app, templates.fill)
    values, source = {**_values(context), "login": login(environment), "above": "../"}, _file(environment)
    folder = f"{environment.name}/{app}"
    own = {
        f"{folder}/{name}.md": _page(source, template, values, templates)
        for name, template in templates.own_pages("application").items()
    }
    values["own_pages"] = _titles(own)
    shipped = {
        f"{folder}.md": _page(source, "application/page.md.jinja", {**values, "above": ""}, templates),
        f"{folder}/queries.md": _page(source, "application/queries.md.jinja", values, templates),
    }
    for procedure in context.procedures:
        template = f"procedures/{procedure.slug}.md.jinja"
        shipped[f"{folder}/{procedure.slug}.md"] = _page(
            source, template, {**values, "procedure": procedure}, templates
        )
    return _joined(own, shipped)


def _joined(own: dict[str, str], shipped: dict[str, str]) -> dict[str, str]:
    for path in own.keys() & shipped.keys():
        name = path.rpartition("/")[2]
        raise RunbookError(f"{OWN}/:1: a page of your own makes {path}, expected another name than {name}")
    return {**shipped, **own}


def _titles(pages: dict[str, str]) -> tuple[tuple[Quoted, Quoted], ...]:
    """Title and file name of each page, for lists of them. The title was escaped when the page was made."""
    found = []
    for path, text in pages.items():
        heading = _TITLE.search(text)
        name = path.rpartition("/")[2]
        found.append((Quoted(heading[1] if heading else name), Quoted(name)))
    return tuple(found)


def _page(source: str, template: str, values: dict[str, object], templates: Templates) -> str:
    """A page with its last line: what it was made from, and a hash of its words, so that what was edited by hand shows.

    It says nothing of the time, which would make every page differ from itself, and nothing of what it does not show: a page
    changes only when its words do, so a pull request shows the pages that matter.
    """
    text = _tidied(templates.fill(template, values))
    digest = hashlib.sha256(text.encode()).hexdigest()[:16]
    return f"{text}\n{MARKER} from {source} and {SHIPPED}/. Do not edit: change those. Content {digest} -->\n"


def _tidied(text: str) -> str:
    """One blank line where templates left several, and one before each heading. Fenced blocks stay as they are."""
    parts, end = [], 0
    for fence in _FENCE.finditer(text):
        parts += [_tidied_prose(text[end : fence.start()]), fence[0]]
        end = fence.end()
    return "".join((*parts, _tidied_prose(text[end:]))).strip("\n") + "\n"


def _tidied_prose(text: str) -> str:
    without_ends = "\n".join(line.rstrip(" \t") for line in text.split("\n"))
    apart = re.sub(r"(?<![\n>])\n(?=#+ )", "\n\n", without_ends)
    return re.sub(r"\n{3,}", "\n\n", apart) if "\n\n\n" in apart else apart


def _values(context: Any) -> dict[str, object]:
    return {field.name: getattr(context, field.name) for field in fields(context)}


def _file(environment: Environment) -> str:
    return f"environments/{environment.name}.yaml"
