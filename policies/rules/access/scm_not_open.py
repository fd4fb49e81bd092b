"""The site where code is deployed does not answer everybody."""

from collections.abc import Iterator

from policies.doors import described_at, is_private, is_restricted
from policies.reading import UNKNOWN_WORDS
from policies.registered import SITES, is_function_app
from policies.rule import Level, Rule, Scope, Violation
from policies.subjects import ResourceSubject


def check(subject: ResourceSubject) -> Iterator[Violation]:
    """A violation where every address reaches it."""
    if not is_function_app(subject.resource):
        return
    path = described_at(subject.described, subject.whose)
    guards = is_private(subject.resource), is_restricted(subject.resource, scm=True)
    if True in guards:
        return
    if None in guards:
        yield Violation(f"whether every address reaches the SCM site {UNKNOWN_WORDS}", path=path)
    else:
        yield Violation("every address reaches the SCM site, where code is deployed", path=path)


RULE = Rule(
    slug="scm-not-open",
    ref="HK325",
    level={"production": Level.NOTE},
    scope=Scope.RESOURCE,
    types=SITES,
    what="In production the SCM site of a site or slot takes requests from listed addresses only.",
    why=(
        "Whoever gets in there reads the settings and replaces the code of running orchestrations. It is behind Entra roles "
        "alone, and packages that are read from the store need nobody to reach it."
    ),
    fix="Set `access: {scm: {}}` to shut it, or `access: {scm: {allowed_addresses: […]}}` for the pipeline.",
    source="Azure App Service access restrictions: the advanced tools site, 2024-02-13",
    check=check,
)
