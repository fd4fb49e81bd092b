"""Owner, on-call, deputy and the partners' contacts are somebody."""

import re
from collections.abc import Iterator

from environments import Path, dotted
from environments.model import Owner
from policies.rule import Level, Rule, Scope, Violation
from policies.subjects import EnvironmentSubject

NOBODY = re.compile(
    r"(?i)\b(todo|tbd|tba|fixme|change-?me|nobody|none|n/?a|unknown|placeholder|someone|no-?reply|test@|xxx+)\b|\?\?"
)


def check(subject: EnvironmentSubject) -> Iterator[Violation]:
    """One violation for each field of the environment's owner and of each application's own, and for each partner's contact."""
    environment = subject.environment
    owners: list[tuple[Path, Owner]] = [(("owner",), environment.owner)]
    owners += [(("apps", name, "owner"), app.owner) for name, app in environment.apps.items() if app.owner]
    for path, owner in owners:
        for field in ("team", "email", "on_call", "deputy"):
            if NOBODY.search(getattr(owner, field) or ""):
                yield Violation(f"{'.'.join(map(str, path))}.{field} names nobody", path=(*path, field))
    for name, app in environment.apps.items():
        for partner, described in app.partners.items():
            if NOBODY.search(described.contact):
                at: Path = ("apps", name, "partners", partner, "contact")
                yield Violation(f"{dotted(at)} names nobody", path=at)


RULE = Rule(
    slug="owner-reachable",
    ref="HK707",
    level={"production": Level.ERROR, "staging": Level.WARNING, "development": Level.WARNING},
    scope=Scope.ENVIRONMENT,
    what="Team, e-mail, on-call and deputy of every owner are real, and so are the contacts of partners.",
    why="They are printed in the runbook and on every resource, and read for the first time in an incident.",
    fix="Set `owner: {team: …, email: …, on_call: …, deputy: …}` and `partners` to people who know that they are named.",
    source="This project's own rule",
    check=check,
)
