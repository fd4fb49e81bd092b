"""Only the estate's own Front Door gets in."""

from collections.abc import Iterator
from typing import Any

from plan import UNKNOWN
from policies.doors import FRONT_DOOR, described_at, front_doors
from policies.reading import MISSING, UNKNOWN_WORDS, at
from policies.registered import SITES
from policies.rule import Level, Rule, Scope, Violation
from policies.subjects import ResourceSubject


def check(subject: ResourceSubject) -> Iterator[Violation]:
    """One violation for each restriction that lets in every Front Door."""
    path = described_at(subject.described, subject.whose)
    for rule in front_doors(subject.resource):
        value = _id_of(rule)
        if value is UNKNOWN:
            yield Violation(f"the X-Azure-FDID that {FRONT_DOOR} must send {UNKNOWN_WORDS}", path=path)
        elif value is MISSING or not value:
            yield Violation(f"{FRONT_DOOR} is let in with any X-Azure-FDID, so everybody's Front Door is", path=path)


def _id_of(rule: Any) -> Any:
    headers = at(rule, "headers")
    if not isinstance(headers, dict):
        return headers
    return next((value for name, value in headers.items() if name.lower() == "x-azure-fdid"), MISSING)


RULE = Rule(
    slug="front-door-pinned",
    ref="HK324",
    level=Level.ERROR,
    scope=Scope.RESOURCE,
    types=SITES,
    what="A restriction that lets in Azure Front Door names the id of the one that is meant.",
    why="All customers' Front Doors send from the same addresses: with the tag alone, anybody's own one leads to your site.",
    fix="Set `access: {front_door_id: …}`, which asks for the header X-Azure-FDID with that id.",
    source="Azure App Service access restrictions: restrict access to a specific Front Door, 2024-02-13",
    check=check,
)
