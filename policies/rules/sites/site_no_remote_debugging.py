"""Nobody can attach a debugger to a site."""

from collections.abc import Iterator

from policies.reading import must_be
from policies.registered import SITES
from policies.rule import Level, Rule, Scope, Violation
from policies.subjects import ResourceSubject


def check(subject: ResourceSubject) -> Iterator[Violation]:
    """Off, in so many words."""
    yield from must_be(subject.resource, "siteConfig.remoteDebuggingEnabled", [False], "false")


RULE = Rule(
    slug="site-no-remote-debugging",
    ref="HK414",
    level=Level.ERROR,
    scope=Scope.RESOURCE,
    types=SITES,
    what="Remote debugging is off on sites and slots.",
    why="A debugger opens ports and stops every orchestration of the worker at a breakpoint.",
    fix="Set `remoteDebuggingEnabled: false` in siteConfig, as the component does.",
    source=(
        "Azure Policy: Function apps should have remote debugging turned off, read 2026-11-22; Checkov CKV_AZURE_72 "
        "and 155"
    ),
    check=check,
)
