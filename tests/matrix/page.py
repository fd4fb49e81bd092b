"""docs/matrix.md, made of the cells that the tests walk: `python -m tests.matrix.page`."""

from collections.abc import Iterator
from pathlib import Path

from environments import catalogue
from environments.markdown_table import table
from hubkeeper.local_azure.types import REGISTRY
from tests.matrix.cells import ALL, BACKENDS, CELLS, REASONS, REFUSED, SAME_FACTS, Cell, reasons_against, refusals
from tests.matrix.covering import covering
from tests.schemas.host_json import UNKNOWN_TO_IT
from tests.schemas.tables import HOST_JSON, TAKEN_INSTEAD, source_of, wanted_of

PAGE = Path(__file__).resolve().parents[2] / "docs" / "matrix.md"
_SLOTS = {None: "none", "slot": "hub stays with the slot", "code": "hub goes with its code"}


def page() -> str:
    """The whole page."""
    return "\n".join(
        [
            "# What can be combined, and how it is shown",
            "",
            "Written by `python -m tests.matrix.page` from the cells that the tests walk: hosting plan, system, language,",
            "backend, slots and network.",
            "",
            f"There are {len(ALL)} cells. {len(CELLS)} can be: `make test` records each, judges it by every rule, holds",
            "its resources against what Azure's published types say of them and its host.json against the published schema of",
            f"that. {len(covering())} of them, in which every pair of plan, backend, slots and network occurs, and every",
            "language on its system, go through the real engine on the local Azure, preview and `up`. `make matrix` takes",
            f"all {len(CELLS)} there. The other {len(REFUSED)} are refused when the file is read.",
            "",
            *_can_be(),
            *_refused(),
            *_schemas(),
            *_host_json(),
        ]
    )


def _can_be() -> Iterator[str]:
    backends = catalogue.backends()
    taken = [name for name in BACKENDS if name in backends]
    yield from (
        "## What can be",
        "",
        "`public` and `private` are the networks: none, and one with private endpoints.",
        "",
    )
    yield from table(("plan", "runs on", "languages", "slots", *(backends[name].title for name in taken)), _rows(taken))
    for sku, same in SAME_FACTS.items():
        if len(same) > 1:
            yield f"- {sku} stands for {', '.join(same)}, which differ in size only; a test compares what is known of them."
    yield ""


def _rows(backends: list[str]) -> Iterator[tuple[str, ...]]:
    for sku, system in dict.fromkeys((cell.sku, cell.system) for cell in CELLS):
        here = [cell for cell in CELLS if (cell.sku, cell.system) == (sku, system)]
        languages = tuple(dict.fromkeys(cell.language for cell in here))
        alike: dict[tuple[str, ...], list[str]] = {}
        for binding in dict.fromkeys(cell.binding for cell in here):
            networks = tuple(_networks(here, languages, backend, binding) for backend in backends)
            alike.setdefault(networks, []).append(_SLOTS[binding])
        for networks, slots in alike.items():
            yield sku, system.capitalize(), ", ".join(languages), ", ".join(slots), *networks


def _networks(cells: list[Cell], languages: tuple[str, ...], backend: str, binding: str | None) -> str:
    """In which networks a backend goes; every language of the row has to say the same."""
    found = {
        language: tuple(
            cell.network
            for cell in cells
            if (cell.language, cell.backend, cell.binding) == (language, backend, binding)
        )
        for language in languages
    }
    [networks] = set(found.values())
    return ", ".join(networks) or "no"


def _refused() -> Iterator[str]:
    yield from ("## What is refused", "", "The line that comes for one of the cells, without file and number.", "")
    rows = []
    for reason in REASONS:
        alone = [cell for cell in REFUSED if reasons_against(cell) == [reason]]
        [problem] = refusals(alone[0])
        touched = sum(reason in reasons_against(cell) for cell in REFUSED)
        rows.append((reason, str(touched), f"{problem.path}: {problem.wrong}", problem.expected, problem.source))
    yield from table(("what", "cells", "what is said", "expected instead", "who says so"), rows)


def _schemas() -> Iterator[str]:
    yield from ("## Against Azure's published types", "")
    yield "Each property that is registered, and each resource's name, is held against a table of what Azure's published types"
    yield "say of it: names, kinds, choices, bounds, patterns, what is required. The tables, in `tests/schemas`, are extracted"
    yield f"from {source_of('Microsoft.Web')}."
    yield "They have nothing of what is not registered: a property that is not in its table fails until it is looked up, by"
    yield "`python -m tests.schemas.extract`, which says so if there is no such property or if only Azure sets it."
    yield "The choices that the SDK offers are compared with them as well: what it calls `monitor.ConditionOperator` is another"
    yield "service's, so alerts on logs are given Azure's own words."
    yield ""
    rows = []
    for kind in REGISTRY.values():
        wanted = wanted_of(kind)
        taken = "" if wanted.taken_from == kind.api_version else f" (held against {wanted.taken_from})"
        rows.append((kind.token.removeprefix("azure-native:"), kind.arm_type, f"{kind.api_version}{taken}"))
    yield from table(("type of the SDK", "type of Azure", "version that the SDK uses"), sorted(rows))
    yield from ("What this does not show:", "")
    yield from (f"- {one}" for one in _NOT_SHOWN)
    yield ""


[_LATER] = {later for _, later in TAKEN_INSTEAD}
[_EARLIER] = set(TAKEN_INSTEAD.values())
_NOT_SHOWN = (
    f"The source ends before {_LATER} of App Service, so {_EARLIER} is taken. Microsoft's own Python client of {_LATER} was "
    "compared object by object: `functionAppConfig.siteUpdateStrategy` is new, nothing else differs; it is added to the table.",
    "Values that only Azure knows, such as ids and principals, pass unseen in a first preview.",
    "The source has one kind of number, and no formats (dates, durations, addresses, ids).",
    "What one property means for another (zones and copies of a store, a slot on a plan) and what stands in application "
    "settings is in no schema: the rules, the reader of descriptions and the local Azure look at that.",
    "Choices that Azure calls open are taken as closed. One is known to be wrong: alerts on logs take `Equal`, not `Equals`.",
    "Below `criteria.allOf` of a metric alert the source lets any key stand: a wrong one there fails, but is not known for "
    "wrong when it is looked up.",
    "How the provider turns what the SDK says into what Azure gets is read again here (`tests/schemas/bodies.py`), not asked.",
    "Nothing was sent to Azure.",
)


def _host_json() -> Iterator[str]:
    yield from ("## host.json", "")
    yield "The file of every cell is accepted by the check that `hubkeeper check` makes, and each key of it is held against a"
    yield f"table of what the published schema says of it ({source_of(HOST_JSON.stem)}),"
    yield "which `python -m tests.schemas.extract_host_json` makes. The schema calls itself complete and does not know these"
    yield "keys, which the extension reads; nothing else of a written file is unknown to it:"
    yield ", ".join(f"`{key}`" for key in sorted(UNKNOWN_TO_IT)) + "."
    yield ""
    yield "Files that people wrote wrongly, each with the issue it comes from, are in `tests/environments/host_json/wrong.yaml`."


if __name__ == "__main__":
    PAGE.write_text(page() + "\n", encoding="utf-8")
