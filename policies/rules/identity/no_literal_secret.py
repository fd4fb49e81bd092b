"""No secret stands in clear in a setting, a tag or any other text of a resource."""

from collections.abc import Iterator
from typing import Any

from environments import Path
from plan import PROVIDER_PREFIX, Resource, Secret
from policies.reading import UNKNOWN_WORDS
from policies.registered import SITES, settings_of
from policies.rule import Level, Rule, Scope, Violation
from policies.secret_places import texts_in, wrong_with
from policies.subjects import ResourceSubject

INSTEAD = "expected a reference into the vault"
#: Made to hold a secret: Azure and the engine keep what is in them encrypted.
KEEPERS = ("azure-native:keyvault:Secret", PROVIDER_PREFIX)


def check(subject: ResourceSubject) -> Iterator[Violation]:
    """One violation for each text; it names the place, never the text."""
    if subject.resource.custom and not subject.resource.type.startswith(KEEPERS):
        for place, name, value in texts_in(subject.resource.inputs):
            if (wrong := _wrong(place, name, value)) and not _is_told_of_the_site(subject, place, name):
                yield Violation(f"{place} {wrong}, {INSTEAD}", path=_described(subject, place, name))
        if _is_unread(subject.resource):
            yield Violation(f"a part of the settings {UNKNOWN_WORDS}, and may hold secrets")


def _is_unread(resource: Resource) -> bool:
    return resource.type in SITES and not settings_of(resource).complete


def _wrong(place: str, name: str, value: Any) -> str | None:
    if isinstance(value, Secret):
        return "is a secret that Azure would store in clear" if place.startswith(("setting ", "tags.")) else None
    return wrong_with(name, value)


def _is_told_of_the_site(subject: ResourceSubject, place: str, name: str) -> bool:
    """Whether it is a setting that is described once for the site and all of its slots, and this is a slot."""
    app = subject.described.apps.get(subject.whose.app or "") if subject.described else None
    return place.startswith("setting ") and subject.whose.slot is not None and app is not None and name in app.settings


def _described(subject: ResourceSubject, place: str, name: str) -> Path | None:
    if place.startswith("setting "):
        return (*subject.whose.path[:2], "settings", name)
    return ("tags", name) if place.startswith("tags.") else None


RULE = Rule(
    slug="no-literal-secret",
    ref="HK304",
    level=Level.CRITICAL,
    scope=Scope.RESOURCE,
    what="No setting, tag or other text of a resource holds a secret in clear.",
    why=(
        "What stands in a setting is read by everyone who may read the site's configuration, is kept in Pulumi's "
        "state and in deployment history, and is in the repository for ever."
    ),
    fix=(
        "Put the value into the vault and its name under `secrets:` — `secrets: {CARRIER_API_KEY: carrier-api-key}` — "
        "instead of `settings:`. A value that has been in the repository counts as known: renew it."
    ),
    source="Use Key Vault references as app settings, learn.microsoft.com, read 2026-11-22",
    check=check,
)
