"""A database of a task hub has the collation that the extension asks for."""

from collections.abc import Iterator

from policies.databases import DATABASE
from policies.reading import must_be
from policies.rule import Level, Rule, Scope, Violation
from policies.subjects import ResourceSubject

COLLATION = "Latin1_General_100_BIN2_UTF8"


def check(subject: ResourceSubject) -> Iterator[Violation]:
    """Without one, Azure's default is taken."""
    yield from must_be(subject.resource, "collation", (COLLATION,), COLLATION)


RULE = Rule(
    slug="database-collated",
    ref="HK135",
    level=Level.WARNING,
    scope=Scope.RESOURCE,
    types=(DATABASE,),
    what="A database of a task hub is made with the collation Latin1_General_100_BIN2_UTF8.",
    why=(
        "With Azure's default, instance ids that differ in upper and lower case only are one instance, and letters beyond "
        "Latin 1 are lost. A database keeps the collation it was made with."
    ),
    fix="Leave the database to the component, which sets it. One that has another can only be left for a new, empty hub.",
    source="microsoft/durabletask-mssql, taskhubs.md and SqlDbManager, 2026-08-06; varchar columns: schema-1.0.0.sql",
    check=check,
)
