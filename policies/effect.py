"""What a change does to one thing that runs or holds what runs, and how people are told, application by application."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum


class Kind(IntEnum):
    """Classes of change; the worse one is the greater one."""

    ADDED = 0
    IN_PLACE = 1
    RESTART = 2
    REPLACED = 3
    """Made anew or taken away; it holds nothing that runs."""
    DATA_LOST = 4
    """Secrets or telemetry go with it."""
    HUB_LOST = 5
    """What holds task hubs is deleted, with everything that runs on them."""


@dataclass(frozen=True)
class Effect:
    """What becomes of one resource that people know. `app` None: the environment's own; `slot` None: production.

    `settings` are names of application settings, `properties` other places; `unsure`: some of them only Azure will know.
    """

    kind: Kind
    what: str
    app: str | None = None
    slot: str | None = None
    settings: tuple[str, ...] = ()
    properties: tuple[str, ...] = ()
    holds: str = ""
    deleted: bool = False
    unsure: bool = False
    known: bool = False
    """Whether people know the thing by its name."""
    sort: str = ""
    """What people call one of its kind; empty where they have no word for it."""

    @property
    def because(self) -> str:
        """What changed, by name, in words."""
        parts = [
            *([f"settings changed: {', '.join(self.settings)}"] if self.settings else []),
            *([f"changed: {', '.join(self.properties)}"] if self.properties else []),
            *(["what it hangs on is made anew"] if self.unsure and not (self.settings or self.properties) else []),
        ]
        return "; ".join(parts)


def in_words(effects: Sequence[Effect], environment: str = "") -> list[str]:
    """A line for each thing worth telling, by application: what is lost first, then replaced, restarted, changed, added.

    With the name of the environment each line begins with it: `prod/claims: …`.
    """
    lines: list[str] = []
    for app in sorted({one.app or "" for one in effects}):
        mine = [one for one in effects if (one.app or "") == app]
        whose = "/".join(part for part in (environment, app) if part) or "environment"
        lines += [f"{whose}: {line}" for line in _of_app(mine)]
    return lines


def _of_app(effects: Sequence[Effect]) -> Iterator[str]:
    for one in effects:
        if one.kind >= Kind.DATA_LOST:
            how = "deletes" if one.deleted else "replaces"
            yield f"{how} {one.what}, and its {one.holds} with it{_bracketed(one.because)}"
    for verb, deleted in (("replaces", False), ("takes away", True)):
        gone = [one for one in effects if one.kind is Kind.REPLACED and one.deleted is deleted]
        if gone:
            yield f"{verb} {_listed(gone)}"
    for one in effects:
        if one.kind is Kind.RESTART:
            whole = one.what.startswith("plan ")
            what = f"production and all slots, on other machines of {one.what}" if whole else one.slot or "production"
            yield f"restarts {what}{_bracketed(one.because)}"
    for verb, kind in (("changes in place", Kind.IN_PLACE), ("adds", Kind.ADDED)):
        counted = Counter(one.sort for one in effects if one.kind is kind)
        if counted:
            yield f"{verb} {_sorted(counted)}"


def _listed(effects: Sequence[Effect]) -> str:
    """The things that people know by name, and how many others."""
    known = [one.what for one in effects if one.known]
    others = len(effects) - len(known)
    return ", ".join([*known, *([_counted(others, "other resource" if known else "resource")] if others else [])])


def _sorted(counted: Counter[str]) -> str:
    """How many of each kind that people have a word for, the most first, and how many others."""
    others = counted.pop("", 0)
    parts = [_counted(count, sort) for sort, count in counted.most_common()]
    return ", ".join([*parts, *([_counted(others, "other resource" if parts else "resource")] if others else [])])


def _counted(count: int, what: str) -> str:
    many = f"{what[:-1]}ies" if what.endswith("y") else f"{what}s"
    return f"{count} {what if count == 1 else many}"


def _bracketed(text: str) -> str:
    return f" ({text})" if text else ""
