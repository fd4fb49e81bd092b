"""What Azure makes of no database that is there: which tier, which zones and which copies of its backups it keeps.

MicrosoftDocs/sql-docs, azure-sql/database, each by the date in its head: Reverse migrate from Hyperscale (in
manage-hyperscale-database.md, 2024-02-22); Convert an existing database to Hyperscale, 2026-06-15; Availability through
redundancy, 2025-10-21; Automated backups for Hyperscale databases, 2022-07-20.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

_GROWS = "Hyperscale"
_BACK = "GeneralPurpose"
_KEPT = {
    "zones": ("zone redundancy", "it is said when the database is made, and never later"),
    "backups": ("the redundancy of backups", "data and backups stay in the storage that they were made in"),
}


@dataclass(frozen=True)
class Unchangeable:
    """A change that Azure refuses. Not `certain` where it depends on what nothing here knows."""

    of: Literal["tier", "zones", "backups"]
    says: str
    certain: bool = True


def unchangeable(before: Mapping[str, str], after: Mapping[str, str]) -> Iterator[Unchangeable]:
    """What of a database cannot become what is asked for. Both hold tier, zones and backups as far as they are known."""
    was, now = before.get("tier"), after.get("tier")
    if was is None or now is None:
        return
    if was == _GROWS != now:
        back = f"one that was converted to it goes back to {_BACK}, within 45 days"
        yield Unchangeable(
            "tier", f"tier {was} becomes {now}: a database made in {was} stays there; {back}", now != _BACK
        )
    elif was == "Basic" and now == _GROWS:
        yield Unchangeable("tier", f"tier {was} becomes {now}: none is converted from {was}, only from another SKU")
    elif was == now == _GROWS:
        for of in ("zones", "backups"):
            if of in before and of in after and before[of] != after[of]:
                what, why = _KEPT[of]
                yield Unchangeable(of, f"{what} of a {_GROWS} database, {before[of]}, becomes {after[of]}: {why}")
