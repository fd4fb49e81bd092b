"""The templates of a project, strict: a missing value, and one printed without a filter, are errors with file and line.

`templates/` holds what every project begins with. What a team says in its own words lies beside it, in `runbook-templates/`,
and is looked for there first: a file of the same path replaces a page or a part of one, `{% extends "shipped/…" %}` replaces
single blocks of it, and files under `own/application/` and `own/environment/` are pages of the team's own.
"""

import difflib
import traceback
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from jinja2 import (
    ChoiceLoader,
    Environment,
    FileSystemLoader,
    PrefixLoader,
    StrictUndefined,
    TemplateError,
    TemplateNotFound,
    TemplateSyntaxError,
    Undefined,
    pass_context,
)
from jinja2.runtime import Context

from hubkeeper.runbook.commands import Command
from hubkeeper.runbook.errors import RunbookError
from hubkeeper.runbook.instance_commands import Act
from hubkeeper.runbook.quoting import FILTERS, Quoted
from hubkeeper.runbook.signposts import past, told

SHIPPED = "templates"
#: The team's own folder, beside `templates/`. It need not be there.
OWN = "runbook-templates"
_OWN_PAGES = ("own/application/", "own/environment/")
_COMMAND = "application/command.md.jinja"
_COMMANDS_KEPT = 1024


class _Unquoted(Exception):
    """A template prints a value as it is."""


def _only_quoted(value: object) -> object:
    """What every printed value passes: text must have gone through a filter of `quoting`."""
    if isinstance(value, Undefined | Quoted | int):
        return value
    raise _Unquoted(f"a value is printed as it is, expected one of the filters {', '.join(FILTERS)}")


@pass_context
def _told(context: Context, tell: str) -> Quoted:
    """One line of how to read an answer, with links where it names another section of the application's pages."""
    return told(tell, context.get("app_name"), context.get("above"))


class Templates:
    """The templates of one project, by their path below `templates/` and `runbook-templates/`."""

    def __init__(self, project: Path) -> None:
        self._project = project
        if not (project / SHIPPED).is_dir():
            raise RunbookError(f"{project / SHIPPED}:1: no such folder, expected the templates of the runbook")
        shipped = FileSystemLoader(project / SHIPPED)
        self._own = self._own_files()
        self._jinja = Environment(
            loader=ChoiceLoader([FileSystemLoader(project / OWN), shipped, PrefixLoader({"shipped": shipped})]),
            undefined=StrictUndefined,
            finalize=_only_quoted,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            auto_reload=False,
        )
        # Commands repeat within an application: what is kept is enough for the pages of a few, and no more as the estate grows.
        kept = lru_cache(maxsize=_COMMANDS_KEPT)(self._shown)

        @pass_context
        def shown(context: Context, command: Command | Act | None, healthy: str = "", here: str = "") -> Quoted:
            """`healthy` takes the place of what the command says of it; `here` is the section that it stands in."""
            return kept(command, healthy, here, context.get("app_name"), context.get("above"))

        of_pages: dict[str, Any] = {**FILTERS, "shown": shown, "told": _told}
        self._jinja.filters.update(of_pages)

    def own_pages(self, kind: str) -> dict[str, str]:
        """The team's own pages of a kind (`application` or `environment`): name of the page to its template."""
        folder = f"own/{kind}/"
        return {
            path.removeprefix(folder).removesuffix(".md.jinja"): path
            for path in self._own
            if path.startswith(folder) and "/_" not in path
        }

    def as_it_is(self, path: str) -> str:
        """A file that is no template: the team's own where there is one."""
        own = self._project / OWN / path
        return (own if own.is_file() else self._project / SHIPPED / path).read_text(encoding="utf-8")

    def fill(self, template: str, values: dict[str, object]) -> str:
        """One template with its values. Raises RunbookError with the template's file and line."""
        try:
            return self._jinja.get_template(template).render(values)
        except TemplateSyntaxError as error:
            raise RunbookError(
                f"{self._file(error.filename or template)}:{error.lineno}: {error.message}, expected a Jinja template"
            ) from None
        except TemplateNotFound as error:
            raise RunbookError(
                f"{self._at(error, template)}: no template {error.name!r}, expected it under {SHIPPED}/ or {OWN}/"
            ) from None
        except _Unquoted as error:
            raise RunbookError(f"{self._at(error, template)}: {error}") from None
        except RecursionError:
            raise RunbookError(
                f'{self._file(template)}:1: the template takes itself in, expected {{% extends "shipped/{template}" %}}'
            ) from None
        except (TemplateError, TypeError, AttributeError, ValueError, LookupError) as error:
            raise RunbookError(
                f"{self._at(error, template)}: {error}, expected a value that the page is given"
            ) from None

    def _own_files(self) -> list[str]:
        """The team's templates. Raises RunbookError for one that would never be used: it overrides nothing."""
        found = [file for file in sorted((self._project / OWN).rglob("*")) if file.suffix in (".jinja", ".kql")]
        shipped = [file.relative_to(self._project / SHIPPED).as_posix() for file in self._shipped_files()]
        paths = [file.relative_to(self._project / OWN).as_posix() for file in found]
        for path in paths:
            own_page = path.startswith(_OWN_PAGES) and path.endswith(".md.jinja") and path.count("/") == 2
            if path not in shipped and not own_page and not Path(path).name.startswith("_"):
                near = difflib.get_close_matches(path, shipped, n=1, cutoff=0.3)
                nearest = f"{near[0]} (the nearest), " if near else ""
                raise RunbookError(
                    f"{OWN}/{path}:1: {SHIPPED}/ has no such page, "
                    f"expected {nearest}a page of your own under {' or '.join(_OWN_PAGES)}, or a part named _…"
                )
        return paths

    def _shipped_files(self) -> list[Path]:
        return [file for file in sorted((self._project / SHIPPED).rglob("*")) if file.is_file()]

    def _shown(
        self, command: Command | Act | None, healthy: str, here: str, app_name: str | None, above: str | None
    ) -> Quoted:
        """A command as pages show it: what it answers, the block to paste, what is healthy, how to read the rest.

        None is shown as nothing: a question that this kind of hub cannot be asked.
        """
        if command is None:
            return Quoted("")
        if healthy:
            command = replace(command, healthy=healthy)
        if here:
            command = replace(command, tells=tuple(past(tell, here) for tell in command.tells))
        page = self._jinja.get_template(_COMMAND).render(command=command, app_name=app_name, above=above)
        return Quoted(page.rstrip("\n") + "\n")

    def _at(self, error: Exception, template: str) -> str:
        ours = (str(self._project / SHIPPED), str(self._project / OWN))
        frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename.startswith(ours)]
        return f"{self._file(frames[-1].filename)}:{frames[-1].lineno}" if frames else f"{self._file(template)}:1"

    def _file(self, file: str) -> str:
        """A template as messages name it: from the project's folder on."""
        path = Path(file)
        if path.is_absolute() or path.is_relative_to(self._project):
            return path.relative_to(self._project).as_posix()
        return f"{OWN if file in self._own else SHIPPED}/{file}"
