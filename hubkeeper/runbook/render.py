"""From the description to pages: the same text for the same description and templates, on every day and every machine."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import fields
from pathlib import Path
from typing import Any

from environments import Environment, Estate
from hubkeeper.runbook.application_context import application_context
from hubkeeper.runbook.environment_context import environment_context, estate_context, login
from hubkeeper.runbook.jinja_pages import Templates

#: Begins the last line of every page. Files without it are nobody's business here.
MARKER = "<!-- Rendered by hubkeeper runbook"


def render(estate: Estate, environments: Sequence[str], *, project: Path) -> dict[str, str]:
    """The pages of these environments and of the estate, by path below the folder of the runbooks.

    Templates are those of the project. Raises RunbookError for a template that cannot be used, UnknownEnvironment for a name.
    """
    templates = Templates(project)
    pages = {"index.md": _estate_page(estate, templates)}
    for name in environments:
        environment = estate[name]
        pages[f"{name}/index.md"] = _environment_page(environment, templates)
        for app in environment.apps:
            pages[f"{name}/{app}.md"] = _application_page(environment, app, templates)
    return pages


def _estate_page(estate: Estate, templates: Templates) -> str:
    text = templates.fill("estate/page.md.jinja", _values(estate_context(estate)))
    described = {environment.name: _described(environment) for environment in estate}
    return text + _end("environments/", described, templates.fingerprint("estate"))


def _environment_page(environment: Environment, templates: Templates) -> str:
    text = templates.fill("environment/page.md.jinja", _values(environment_context(environment)))
    return text + _end(_file(environment), _described(environment), templates.fingerprint("environment"))


def _application_page(environment: Environment, app: str, templates: Templates) -> str:
    context = application_context(environment, app, templates.fill)
    text = templates.fill("application/page.md.jinja", {**_values(context), "login": login(environment)})
    described = _described(environment)
    described["apps"] = {app: described["apps"][app]}
    return text + _end(_file(environment), described, templates.fingerprint("application", "queries"))


def _values(context: Any) -> dict[str, object]:
    return {field.name: getattr(context, field.name) for field in fields(context)}


def _described(environment: Environment) -> dict[str, Any]:
    described: dict[str, Any] = environment.model_dump(mode="json")
    return described


def _file(environment: Environment) -> str:
    return f"environments/{environment.name}.yaml"


def _end(source: str, described: dict[str, Any], templates: bytes) -> str:
    """What the page was made of. It says so without the time, which would make every page differ from itself."""
    digest = hashlib.sha256(json.dumps(described, ensure_ascii=True).encode() + templates).hexdigest()
    return f"\n{MARKER} from {source} and templates/. Do not edit: change those. Content {digest[:16]} -->\n"
