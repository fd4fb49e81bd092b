"""Whether a task hub is known to be empty: the answer of the runbook's question for unfinished instances, kept in a file.

Nothing here asks Azure. Whoever takes an application down has asked, and hands the answers over; what is not known, is old, or
is about another hub counts as work that may still run.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from environments import TaskHub

#: An older answer says nothing: a timer may have started work since.
FRESH = timedelta(days=1)
#: What the clocks of two machines may differ by; an answer from later than that has a time that was made up.
_AHEAD = timedelta(minutes=5)
#: How an instance that is not finished can stand, in lower case. Durable Task, OrchestrationStatus, 2026.
UNFINISHED = ("pending", "running", "suspended", "continuedasnew")


@dataclass(frozen=True)
class Answer:
    """What one file says of one hub. `wrong`: why it says nothing."""

    file: Path
    hub: str = ""
    store: str = ""
    open: int = 0
    wrong: str = ""


def read_answers(files: Iterable[Path], now: datetime) -> list[Answer]:
    """The answers in the files, as of now."""
    return [_read(file, now) for file in files]


def _read(file: Path, now: datetime) -> Answer:
    try:
        said = json.loads(file.read_text(encoding="utf-8"), object_pairs_hook=_once)
        age = now - datetime.fromtimestamp(file.stat().st_mtime, tz=now.tzinfo)
    except OSError as error:
        return Answer(file, wrong=f"the file cannot be read ({error.strerror})")
    except _Twice as twice:
        return Answer(file, wrong=f"it says {twice} twice")
    except (ValueError, RecursionError):
        return Answer(file, wrong="not JSON")
    if not isinstance(said, dict) or not all(isinstance(said.get(key), str) for key in ("hub", "store")):
        return Answer(file, wrong="it does not say of which hub it is")
    hub, store = said["hub"], said["store"]
    counts = {str(key).lower(): value for key, value in said.items()}
    if age > FRESH:
        return Answer(
            file, hub, store, wrong=f"the answer is {age.days} days old" if age.days > 1 else "it is over a day old"
        )
    if age < -_AHEAD:
        return Answer(file, hub, store, wrong="the file's time is in the future")
    if "more" not in counts:
        return Answer(file, hub, store, wrong="it does not say whether it is all (no more)")
    if counts["more"] is not None:
        return Answer(file, hub, store, wrong="the answer is only a part (more is not null)")
    # not isinstance: true is an int, too
    missing = [key for key in UNFINISHED if type(counts.get(key)) is not int or counts[key] < 0]
    if missing:
        return Answer(file, hub, store, wrong=f"it has no number for {', '.join(missing)}")
    return Answer(file, hub, store, sum(int(counts[key]) for key in UNFINISHED))


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """A JSON object whose keys differ by more than upper and lower case: of two counts one would hide the other."""
    seen: set[str] = set()
    for key, _ in pairs:
        if key.lower() in seen:
            raise _Twice(key)
        seen.add(key.lower())
    return dict(pairs)


class _Twice(ValueError):
    """A key that an answer has twice."""


def undrained(hubs: Iterable[TaskHub], answers: Iterable[Answer]) -> Iterator[str]:
    """A line for each hub that is not known to be empty, and for each answer that says nothing."""
    known = list(answers)
    yield from (
        f"{one.file}: {one.wrong}, expected the answer of Unfinished instances (runbook)" for one in known if one.wrong
    )
    for hub in hubs:
        mine = [one for one in known if (one.hub, one.store) == (hub.name, hub.store) and not one.wrong]
        if not mine:
            yield f"whether instances run on {hub.name} in {hub.store} is not known: hand its answer over with --drained FILE"
        elif most := max(one.open for one in mine):
            yield f"{most} instances on {hub.name} in {hub.store} are not finished"


def untold(names: Iterable[str], answers: Iterable[Answer]) -> Iterator[str]:
    """The same for hubs that the state does not tell, so that their answers alone say in which store they are."""
    known = list(answers)
    for name in names:
        mine = [one for one in known if one.hub == name and not one.wrong]
        if not mine:
            yield (
                f"no hub {name} is told by the state, and whether instances run on it is not known: hand its answer over "
                "with --drained FILE, or leave --abandon-hub out if the application has no such hub"
            )
        elif most := max(one.open for one in mine):
            yield f"{most} instances on {name} are not finished"
