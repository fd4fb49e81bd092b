"""A site reads secrets from its own application's vault."""

import re
from collections.abc import Iterator

from plan import UNKNOWN
from policies.reading import UNKNOWN_WORDS, at
from policies.registered import Site, sites, whose
from policies.rule import Level, Rule, Scope, Violation
from policies.subjects import PlanSubject

VAULT = "azure-native:keyvault:Vault"
NAMED = re.compile(r"@Microsoft\.KeyVault\((?:VaultName=|SecretUri=https://)([A-Za-z0-9-]+)[.;]", re.IGNORECASE)


def check(subject: PlanSubject) -> Iterator[Violation]:
    """One violation for each reference into a vault that is not the application's."""
    owners: dict[str, str | None] = {}
    for vault in subject.plan.of_type(VAULT):
        owners[str(at(vault.inputs, "vaultName")).lower()] = whose(subject.plan, vault, subject.described).app
    for site in sites(subject.plan, subject.described):
        if not site.settings.complete:
            yield Violation(f"a part of the settings {UNKNOWN_WORDS}, so vaults too", site.whose, site.resource.urn)
        for name, vault_name in references(site):
            path = (*site.whose.path[:2], "secrets", name)
            if str(UNKNOWN).lower() in owners:
                yield Violation(f"the name of a vault {UNKNOWN_WORDS}", site.whose, site.resource.urn, path)
            elif vault_name not in owners:
                message = f"setting {name} reads vault {vault_name}, which is not of this environment"
                yield Violation(message, site.whose, site.resource.urn, path)
            elif owners[vault_name] not in (site.whose.app, None):
                message = f"setting {name} reads vault {vault_name} of {owners[vault_name]}"
                yield Violation(message, site.whose, site.resource.urn, path)


def references(site: Site) -> Iterator[tuple[str, str]]:
    """The settings that refer to a vault, and the vault, in lower case."""
    for name, value in site.settings.values.items():
        if isinstance(value, str) and (found := NAMED.match(value)):
            yield name, found[1].lower()


RULE = Rule(
    slug="vault-own",
    ref="HK309",
    level=Level.ERROR,
    scope=Scope.PLAN,
    what="Key Vault references point into the vault of the same application and environment.",
    why=(
        "A secret read from another environment's vault makes a test call the production partner, and whoever renews "
        "or deletes it there stops an application nobody thought of."
    ),
    fix="Name the secret under `secrets: {SETTING: name-of-the-secret}` and put it into the application's own vault.",
    source="Best practices for Key Vault: one vault per application per environment, read 2026-11-22",
    check=check,
)
