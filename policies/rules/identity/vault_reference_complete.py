"""A Key Vault reference is one that App Service can resolve."""

import re
from collections.abc import Iterator

from policies.registered import SITES, settings_of
from policies.rule import Level, Rule, Scope, Violation
from policies.subjects import ResourceSubject

BY_NAME = re.compile(
    r"VaultName=[A-Za-z][A-Za-z0-9-]{1,22}[A-Za-z0-9];SecretName=[A-Za-z0-9-]{1,127}(;SecretVersion=[0-9a-f]{32})?"
)
BY_ADDRESS = re.compile(
    r"SecretUri=https://[a-z0-9-]{3,24}\.vault\.[a-z.]+/secrets/[A-Za-z0-9-]{1,127}(/[0-9a-f]{32})?/?"
)
REFERENCE = re.compile(r"@Microsoft\.KeyVault\((.*)\)")


def check(subject: ResourceSubject) -> Iterator[Violation]:
    """One violation for each setting that begins like a reference and is none."""
    for name, text in settings_of(subject.resource).values.items():
        if isinstance(text, str) and text.strip().lower().startswith("@microsoft.keyvault"):
            found = REFERENCE.fullmatch(text)
            if not found or not (BY_NAME.fullmatch(found[1]) or BY_ADDRESS.fullmatch(found[1])):
                message = (
                    f"setting {name} is no complete Key Vault reference, so the application would get the text itself"
                )
                yield Violation(message, path=(*subject.whose.path[:2], "secrets", name))


RULE = Rule(
    slug="vault-reference-complete",
    ref="HK305",
    level=Level.ERROR,
    scope=Scope.RESOURCE,
    types=SITES,
    what="Every Key Vault reference has VaultName and SecretName, or SecretUri.",
    why=(
        "A reference that App Service cannot read is handed to the application as it stands: it calls a partner with "
        "`@Microsoft…` as key."
    ),
    fix="Name the secret under `secrets: {SETTING: name-of-the-secret}`; the reference is derived.",
    source="Use Key Vault references as app settings: reference syntax, read 2026-11-22",
    check=check,
)
