"""It is known who holds the key that opens every instance."""

from collections.abc import Iterator

from policies.rule import Level, Rule, Scope, Violation
from policies.subjects import AppSubject


def check(subject: AppSubject) -> Iterator[Violation]:
    """A violation where nothing is said; an empty list says that nobody does."""
    if subject.app.access.system_key is None:
        wrong = "nobody says who holds the system key of the status endpoints (durabletask_extension)"
        yield Violation(wrong, path=(*subject.whose.path, "access"))


RULE = Rule(
    slug="system-key-held",
    ref="HK323",
    level={"production": Level.WARNING, "staging": Level.WARNING},
    scope=Scope.APP,
    what="In staging and production an application says who holds the system key of its status endpoints.",
    why=(
        "One key opens the status, the events and the end of every instance, and every link that a starter hands out holds "
        "it. When it leaks, or somebody leaves, it must be replaced, and all who hold it or such a link must be told."
    ),
    fix="Say it: `access: {system_key: {holders: [claims portal], rotated: every quarter, by …}}`, or `holders: []`.",
    source="HTTP APIs in Durable Functions: the code parameter, 2026; Work with access keys in Azure Functions, 2026",
    check=check,
)
