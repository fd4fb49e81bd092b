"""A site with Key Vault references says as whom it reads them."""

from collections.abc import Iterator

from plan import UNKNOWN
from policies.reading import MISSING, UNKNOWN_WORDS, at
from policies.registered import SITES, settings_of
from policies.role_assignments import has_own_identity
from policies.rule import Level, Rule, Scope, Violation
from policies.secret_texts import is_reference
from policies.subjects import ResourceSubject


def check(subject: ResourceSubject) -> Iterator[Violation]:
    """Missing, or the site's own identity when it has none. The id itself is an output, so unknown is as it should be."""
    settings = settings_of(subject.resource)
    refers = any(isinstance(one, str) and is_reference(one) for one in settings.values.values())
    if has_own_identity(subject.resource) or (settings.complete and not refers):
        return
    if not settings.complete or at(subject.resource.inputs, "identity.type") is UNKNOWN:
        yield Violation(f"identity.type or a part of the settings {UNKNOWN_WORDS}, expected literals")
    elif at(subject.resource.inputs, "keyVaultReferenceIdentity") in (MISSING, "SystemAssigned"):
        yield Violation("keyVaultReferenceIdentity is not set, expected the id of the application's identity")


RULE = Rule(
    slug="vault-reference-identity",
    ref="HK310",
    level=Level.ERROR,
    scope=Scope.RESOURCE,
    types=SITES,
    what="A site with Key Vault references and a user-assigned identity names that in keyVaultReferenceIdentity.",
    why=(
        "References are read with the site's own identity unless another is named. Without one no reference resolves, "
        "and the application gets the text `@Microsoft.KeyVault(…)` as its key."
    ),
    fix="Set `keyVaultReferenceIdentity` to the identity's id on the site and on each slot, as the component does.",
    source="Use Key Vault references as app settings: access with a user-assigned identity, read 2026-11-22",
    check=check,
)
