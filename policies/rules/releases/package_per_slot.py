"""Deploying to a slot does not change what production runs."""

import re
from collections import defaultdict
from collections.abc import Iterator

from policies.registered import Site, sites
from policies.rule import Level, Rule, Scope, Violation
from policies.rules.releases.package_own import PACKAGE
from policies.subjects import PlanSubject

#: A name that says which build it is is written once: 1.4.0, 20261122, a commit.
FIXED = re.compile(r"\d+\.\d+|\d{6,}|[0-9a-f]{7,40}(?=\.zip|$)")


def check(subject: PlanSubject) -> Iterator[Violation]:
    """One violation for each slot that runs the blob that another one runs, under a name that does not change."""
    running: dict[str, list[Site]] = defaultdict(list)
    for site in sites(subject.plan, subject.described):
        package = site.settings.get(PACKAGE)
        if isinstance(package, str) and "://" in package and not FIXED.search(package.rpartition("/")[2]):
            running[package].append(site)
    for same in running.values():
        for site in same[1:]:
            message = (
                f"runs the same package blob as {same[0].whose.slot or 'production'}, under a name with no version"
            )
            yield Violation(message, site.whose, site.resource.urn, (*site.whose.path, "package"))


RULE = Rule(
    slug="package-per-slot",
    ref="HK608",
    level=Level.ERROR,
    scope=Scope.PLAN,
    what="Two slots run the same package blob only if its name says which build it is.",
    why=(
        "A new package written over the old one for the staging slot is taken by production at its next restart or "
        "scale-out: new code on the live hub, without a swap and without anybody deciding it."
    ),
    fix="Remove `package:` from the slot, so that its name is derived, or put the version into the blob's name.",
    source="Run your functions from a package file, read 2026-11-22; this project's own rule",
    check=check,
)
