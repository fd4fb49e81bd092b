"""The engine is not told to overlook what names a hub."""

from collections.abc import Iterator

from policies.registered import SITES
from policies.rule import Level, Rule, Scope, Violation
from policies.subjects import ResourceSubject

OF_HUB = ("siteConfig", "siteConfig.appSettings", "*")


def check(subject: ResourceSubject) -> Iterator[Violation]:
    """One violation for each entry of ignoreChanges that covers the settings."""
    for ignored in subject.resource.ignore_changes:
        if ignored in OF_HUB or ignored.startswith("siteConfig.appSettings["):
            yield Violation(f"ignoreChanges has {ignored!r}, so a changed hub or store never reaches the site")


RULE = Rule(
    slug="settings-not-ignored",
    ref="HK502",
    level=Level.ERROR,
    scope=Scope.RESOURCE,
    types=SITES,
    what="No site or slot has its settings under ignoreChanges.",
    why=(
        "The description then says one hub and Azure has another, for ever: rules, runbook and operator look at the "
        "wrong one, and the day the site is made anew it changes its hub without warning."
    ),
    fix="Take siteConfig and appSettings out of `ignore_changes`; a setting that a pipeline changes belongs in the description.",
    source="Pulumi resource option ignoreChanges, read 2026-11-22; pulumi-azure-native issue #3279",
    check=check,
)
