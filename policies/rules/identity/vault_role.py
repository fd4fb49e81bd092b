"""The identity of a site may read the vault that its settings refer to."""

from collections.abc import Iterator

from environments.catalogue import roles
from plan import UNKNOWN, Resource
from policies.reading import UNKNOWN_WORDS, at
from policies.registered import sites
from policies.role_assignments import assignments_to, identities_of, is_at, is_role
from policies.rule import Level, Rule, Scope, Violation
from policies.rules.identity.vault_own import VAULT, references
from policies.subjects import PlanSubject

#: Key Vault Secrets User, Secrets Officer, Administrator; "Azure built-in roles", read 2026-11-22.
READERS = ("b86a8fe4-44ce-4948-aee5-eccb2c155cd7", "00482a5a-887f-4fb3-b363-3b7fe8e74483")


def check(subject: PlanSubject) -> Iterator[Violation]:
    """One violation for each identity and vault, at the first site."""
    names = {
        str(at(one.inputs, "vaultName")).lower(): at(one.inputs, "vaultName") for one in subject.plan.of_type(VAULT)
    }
    told: set[tuple[str, ...]] = set()
    for site in sites(subject.plan, subject.described):
        owners = identities_of(subject.plan, site)
        if not site.settings.complete:
            yield Violation(f"a part of the settings {UNKNOWN_WORDS}, so vaults too", site.whose, site.resource.urn)
        for vault in sorted({vault for _, vault in references(site)} & names.keys()):
            cause = (vault, *(owner.urn for owner in owners))
            given = [_given(subject, owner, names[vault]) for owner in owners]
            if not owners or True in given or cause in told:
                continue
            told.add(cause)
            wrong = f"has a role that {UNKNOWN_WORDS}" if None in given else "may not read secrets"
            message = f"the site's identity {wrong} in vault {vault}, where its settings are"
            yield Violation(message, site.whose, site.resource.urn)


def _given(subject: PlanSubject, owner: Resource, vault: object) -> bool | None:
    here = [one for one in assignments_to(subject.plan, owner) if is_at(subject.plan, one, VAULT, "vaultName", vault)]
    if any(is_role(one, roles()["key-vault-secrets-user"].id, *READERS) for one in here):
        return True
    return None if any(at(one.inputs, "roleDefinitionId") is UNKNOWN for one in here) else False


RULE = Rule(
    slug="vault-role",
    ref="HK311",
    level=Level.ERROR,
    scope=Scope.PLAN,
    what="The identity of a site is Key Vault Secrets User in the vault its settings refer to.",
    why=(
        "Without it no reference resolves. The site starts nevertheless, with the text of the reference as value, and "
        "every call to a partner fails from the first instance on."
    ),
    fix="Grant Key Vault Secrets User to the application's identity at the scope of the vault, as the component does.",
    source="Use Key Vault references as app settings: grant your app access, read 2026-11-22",
    check=check,
)
