"""Tokens come from one tenant, for one app registration."""

import re
from collections.abc import Iterator
from typing import Any

from plan import UNKNOWN
from policies.doors import AUTHENTICATIONS, is_on
from policies.reading import MISSING, UNKNOWN_WORDS, at
from policies.rule import Level, Rule, Scope, Violation
from policies.subjects import ResourceSubject

_ENTRA = "identityProviders.azureActiveDirectory"
_ONE_TENANT = re.compile(
    r"https://(?:login\.microsoftonline\.com|sts\.windows\.net)/[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}(?:/v2\.0)?/?"
)
#: Their accounts are everybody's.
_OF_EVERYBODY = ("apple", "facebook", "gitHub", "google", "legacyMicrosoftAccount", "twitter")


def check(subject: ResourceSubject) -> Iterator[Violation]:
    """A violation for a provider whose accounts anybody has, and for an issuer or a client id that is not one."""
    values = subject.resource.inputs
    if is_on(subject.resource) is False:
        return
    for provider in _OF_EVERYBODY:
        settings = at(values, f"identityProviders.{provider}")
        if (
            isinstance(settings, dict)
            and at(settings, "enabled") is not False
            and at(settings, "registration") is not MISSING
        ):
            yield Violation(f"it takes accounts of {provider}, which anybody can have")
    if at(values, _ENTRA) is MISSING:
        return
    for path, wanted in (
        ("openIdIssuer", "the issuer of one tenant"),
        ("clientId", "the client id of an app registration"),
    ):
        value = at(values, f"{_ENTRA}.registration.{path}")
        if wrong := _wrong(path, value):
            yield Violation(f"{_ENTRA}.registration.{path} {wrong}, expected {wanted}")


def _wrong(path: str, value: Any) -> str | None:
    if value is UNKNOWN:
        return UNKNOWN_WORDS
    if not isinstance(value, str) or not value:
        return "is not set"
    if path == "openIdIssuer" and not _ONE_TENANT.fullmatch(value):
        return "is of no single tenant"
    return None


RULE = Rule(
    slug="authentication-one-tenant",
    ref="HK322",
    level=Level.ERROR,
    scope=Scope.RESOURCE,
    types=AUTHENTICATIONS,
    what="App Service authentication takes tokens of one Entra tenant, for one app registration, and no consumers' accounts.",
    why=(
        "The issuers `common` and `organizations` take tokens of every tenant in the world, and whoever has one gets in. "
        "An account of a consumers' provider costs nothing."
    ),
    fix="Set `access: {authentication: {client_id: …}}`; the issuer follows from `tenant_id`.",
    source="Configure App Service or Azure Functions to use Microsoft Entra sign-in, 2021-10-26: issuer URL",
    check=check,
)
