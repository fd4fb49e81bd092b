"""Names that Azure refuses because a word in them is a trade mark: of what has an address of its own, given or derived."""

from collections.abc import Iterable, Iterator

from environments import catalogue
from environments.model import Environment
from environments.problems import Path
from environments.shared_names import Shared

_ADDRESSED = {
    "function_app": "function app",
    "storage_account": "store",
    "sql_server": "SQL server",
    "key_vault": "vault",
}


def reserved_names(environments: Iterable[Environment]) -> Iterator[Shared]:
    """Every name of what has an address, with the word that Azure keeps for itself."""
    for environment in environments:
        for app, described in environment.apps.items():
            for kind, what in _ADDRESSED.items():
                if kind == "sql_server" and described.task_hub.backend != "mssql":
                    continue
                given = getattr(described.names, kind)
                name = given or getattr(environment.app_names(app), kind)
                if word := catalogue.reserved_word(name):
                    path: Path = ("apps", app, *(("names", kind) if given else ()))
                    wrong = f"{word.upper()} is in the name of the {what}, {name}, and Azure has reserved it"
                    expected = "another name"
                    if not given:
                        expected += f" of the application, or `names: {{{kind}: …}}`"
                    yield environment, path, wrong, expected, "reserved"
