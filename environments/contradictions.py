"""What no single value shows: settings that are derived or given twice, tags that are derived or too many."""

from collections.abc import Iterable, Iterator

from environments.model import Environment
from environments.problems import Path, Problem, dotted
from environments.settings import derived_names
from environments.yaml_lines import Lines

#: "Use tags to organize your Azure resources", learn.microsoft.com, read 2026-11-22. Names of tags ignore case.
MOST_TAGS = 50


def contradictions_of(environment: Environment, lines: Lines) -> list[Problem]:
    """Every place of a valid description that says what another place, or Hubkeeper itself, says already."""
    found = [*_tags(environment), *(one for app in environment.apps for one in _settings(environment, app))]
    return [Problem(lines.file, lines.of(path), dotted(path), wrong, expected) for path, wrong, expected in found]


def _settings(environment: Environment, app: str) -> Iterator[tuple[Path, str, str]]:
    """Azure takes the names of settings without regard to case, and one setting once."""
    described = environment.apps[app]
    derived = {name.lower() for name in derived_names(environment, app)}
    seen: dict[str, str] = {}
    for group, names in (("settings", described.settings), ("secrets", described.secrets)):
        for name in names:
            path: Path = ("apps", app, group, name)
            if name.lower() in derived:
                yield path, "the setting is derived from the description", "it not to be set here"
            elif name.lower() in seen:
                yield path, f"the setting is there already, as {seen[name.lower()]}", "it once"
            else:
                seen[name.lower()] = f"{group}.{name}"


def _tags(environment: Environment) -> Iterator[tuple[Path, str, str]]:
    derived = _derived_tags(environment)
    seen: set[str] = set()
    for name in environment.tags:
        if name.lower() in derived:
            yield ("tags", name), "the tag is derived from the description", "it not to be set here"
        elif name.lower() in seen:
            yield ("tags", name), "the tag is there already, in other letters", "it once"
        seen.add(name.lower())
    most = MOST_TAGS - len(derived)
    if len(environment.tags) > most:
        yield ("tags",), f"{len(environment.tags)} tags", f"at most {most} beside the {len(derived)} derived ones"


def _derived_tags(environment: Environment) -> frozenset[str]:
    bare = environment.model_copy(update={"tags": {}})
    tags: Iterable[str] = bare.tags_of(next(iter(environment.apps)))
    return frozenset(tag.lower() for tag in tags)
