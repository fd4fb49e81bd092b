"""The templates of a project, strict: a missing value, and one printed without a filter, are errors with file and line."""

import hashlib
import traceback
from functools import cache
from pathlib import Path

from jinja2 import (
    Environment,
    FileSystemLoader,
    StrictUndefined,
    TemplateError,
    TemplateNotFound,
    TemplateSyntaxError,
    Undefined,
)

from hubkeeper.runbook.errors import RunbookError
from hubkeeper.runbook.quoting import FILTERS, Quoted


class _Unquoted(Exception):
    """A template prints a value as it is."""


def _only_quoted(value: object) -> object:
    """What every printed value passes: text must have gone through a filter of `quoting`."""
    if isinstance(value, Undefined | Quoted | int):
        return value
    raise _Unquoted(f"a value is printed as it is, expected one of the filters {', '.join(FILTERS)}")


class Templates:
    """The templates of one project, by their path below `templates/`."""

    def __init__(self, project: Path) -> None:
        self._folder = project / "templates"
        if not self._folder.is_dir():
            raise RunbookError(f"{self._folder}:1: no such folder, expected the templates of the runbook")
        self._jinja = Environment(
            loader=FileSystemLoader(self._folder),
            undefined=StrictUndefined,
            finalize=_only_quoted,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
        )
        self._jinja.filters.update(FILTERS)
        self.fingerprint = cache(self._fingerprint)

    def fill(self, template: str, values: dict[str, object]) -> str:
        """One template with its values. Raises RunbookError with the template's file and line."""
        try:
            return self._jinja.get_template(template).render(values)
        except TemplateSyntaxError as error:
            raise RunbookError(
                f"{self._shown(error.filename or template)}:{error.lineno}: {error.message}, expected a Jinja template"
            ) from None
        except TemplateNotFound as error:
            raise RunbookError(
                f"templates/{template}:1: no template {error.name!r}, expected it under templates/"
            ) from None
        except _Unquoted as error:
            raise RunbookError(f"{self._at(error, template)}: {error}") from None
        except (TemplateError, TypeError, AttributeError, ValueError, LookupError) as error:
            raise RunbookError(
                f"{self._at(error, template)}: {error}, expected a value that the page is given"
            ) from None

    def _at(self, error: Exception, template: str) -> str:
        frames = [
            frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename.startswith(str(self._folder))
        ]
        return f"{self._shown(frames[-1].filename)}:{frames[-1].lineno}" if frames else f"templates/{template}:1"

    def _shown(self, file: str) -> str:
        path = Path(file)
        return (
            f"templates/{path.relative_to(self._folder).as_posix()}"
            if path.is_relative_to(self._folder)
            else f"templates/{file}"
        )

    def _fingerprint(self, *folders: str) -> bytes:
        """A hash of all templates of these folders: what pages of one kind are made of."""
        digest = hashlib.sha256()
        for folder in folders:
            for file in sorted((self._folder / folder).rglob("*")):
                if file.is_file():
                    digest.update(
                        file.relative_to(self._folder).as_posix().encode() + b"\0" + file.read_bytes() + b"\0"
                    )
        return digest.digest()
