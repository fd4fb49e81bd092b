"""No secret stands in clear in a setting, a tag or any other text of a resource."""

from collections.abc import Iterator
from typing import Any

from environments import Path
from plan import PROVIDER_PREFIX, UNKNOWN, Resource, Secret
from policies.reading import UNKNOWN_WORDS
from policies.registered import SITES, settings_of
from policies.rule import Level, Rule, Scope, Violation
from policies.secret_texts import is_empty_word, is_reference, is_secret_name, secret_in
from policies.subjects import ResourceSubject

INSTEAD = "expected a reference into the vault"
#: Made to hold a secret: Azure and the engine keep what is in them encrypted.
KEEPERS = ("azure-native:keyvault:Secret", PROVIDER_PREFIX)


def check(subject: ResourceSubject) -> Iterator[Violation]:
    """One violation for each text; it names the place, never the text."""
    if subject.resource.custom and not subject.resource.type.startswith(KEEPERS):
        for place, name, value in _texts(subject.resource.inputs, ""):
            if wrong := _wrong(place, name, value):
                yield Violation(f"{place} {wrong}, {INSTEAD}", path=_described(subject, place, name))
        if _is_unread(subject.resource):
            yield Violation(f"a part of the settings {UNKNOWN_WORDS}, and may hold secrets")


def _is_unread(resource: Resource) -> bool:
    return resource.type in SITES and not settings_of(resource).complete


def _texts(value: Any, place: str, name: str = "") -> Iterator[tuple[str, str, Any]]:
    """Every innermost value with its place and the name that tells what it is: its key, or the `name` beside it."""
    if isinstance(value, dict):
        title = value.get("name")
        if isinstance(title, str) and value.keys() <= {"name", "value", "slotSetting"}:
            yield from _texts(value.get("value"), f"setting {title}", title)
            return
        for key, item in value.items():
            yield from _texts(item, f"{place}.{key}" if place else key, key)
    elif isinstance(value, (list, tuple)):
        for index, item in enumerate(value):
            yield from _texts(item, f"{place}[{index}]", name)
    elif isinstance(value, str | Secret) or value is UNKNOWN:
        yield place, name, value


def _wrong(place: str, name: str, value: Any) -> str | None:
    if isinstance(value, Secret):
        return "is a secret that Azure would store in clear" if place.startswith(("setting ", "tags.")) else None
    if value is UNKNOWN:
        return "is called like a secret and comes from another resource" if is_secret_name(name) else None
    if kind := secret_in(value):
        return f"holds {kind}"
    if is_secret_name(name) and not (is_reference(value) or is_empty_word(value)):
        return "is called like a secret and its value stands there in clear"
    return None


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
