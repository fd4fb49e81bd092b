"""Which cells of the matrix a run of the tests brings up, and how many in one environment."""

import os
from collections.abc import Iterable, Sequence
from itertools import combinations, pairwise
from typing import Final

from tests.matrix.cells import CELLS, Cell

#: Set by `make matrix`: every cell goes through the engine, instead of those that cover all pairs of what decides.
WHOLE: Final = "HUBKEEPER_WHOLE_MATRIX"
#: Applications in one environment. Each `up` costs a few seconds by itself; its time grows faster than the applications.
AT_ONCE: Final = 9
#: These decide which resources there are; the language and the system change values within them.
_DECIDE: Final = ("sku", "backend", "binding", "network")

Pair = tuple[tuple[str, str | None], ...]


def pairs_of(cell: Cell) -> set[Pair]:
    """Every two values of what decides, and the language on its system."""
    named = [(name, getattr(cell, name)) for name in _DECIDE]
    return {*combinations(named, 2), (("system", cell.system), ("language", cell.language))}


def covering(cells: Sequence[Cell] = CELLS) -> list[Cell]:
    """A few cells in which every pair occurs that occurs in all of them; always the same ones."""
    missing = set().union(*map(pairs_of, cells))
    chosen: list[Cell] = []
    while missing:
        best = max(cells, key=lambda cell: len(pairs_of(cell) & missing))
        chosen.append(best)
        missing -= pairs_of(best)
    return chosen


def language_by_language(cells: Sequence[Cell] = CELLS) -> list[Cell]:
    """The cells in rounds: each round has everything but the language once, and another language in each round."""
    alike: dict[Cell, list[Cell]] = {}
    for cell in cells:
        alike.setdefault(cell._replace(language=""), []).append(cell)
    turned = [
        [*group[first % len(group) :], *group[: first % len(group)]] for first, group in enumerate(alike.values())
    ]
    return [group[turn] for turn in range(max(map(len, turned))) for group in turned if turn < len(group)]


def packs(cells: Sequence[Cell]) -> list[dict[str, Cell]]:
    """The cells in environments of nearly the same size, by names that tell which they are."""
    count = -(-len(cells) // AT_ONCE)
    bounds = [len(cells) * number // count for number in range(count + 1)]
    return [_named(cells[first:last]) for first, last in pairwise(bounds)]


def _named(cells: Iterable[Cell]) -> dict[str, Cell]:
    return {f"c{CELLS.index(cell):03}": cell for cell in cells}


def wanted() -> list[dict[str, Cell]]:
    """The environments of this run."""
    return packs(language_by_language() if os.environ.get(WHOLE) else covering())
