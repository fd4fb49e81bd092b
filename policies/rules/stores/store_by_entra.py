"""People who open a store in the portal do so as themselves."""

from collections.abc import Iterator

from policies.reading import must_be
from policies.registered import STORAGE_ACCOUNT
from policies.rule import Level, Rule, Scope, Violation
from policies.subjects import ResourceSubject


def check(subject: ResourceSubject) -> Iterator[Violation]:
    """On, in so many words."""
    yield from must_be(subject.resource, "defaultToOAuthAuthentication", [True], "true")


RULE = Rule(
    slug="store-by-entra",
    ref="HK408",
    level=Level.NOTE,
    scope=Scope.RESOURCE,
    types=(STORAGE_ACCOUNT,),
    what="The portal uses Entra ID by default for every storage account.",
    why=(
        "Where keys are off the portal otherwise tries a key first and shows an error: in an incident the operator "
        "thinks that the hub is gone, and asks for keys to be turned on."
    ),
    fix="Set `defaultToOAuthAuthentication: true`, as the component does.",
    source="Default to Microsoft Entra authorization in the portal, read 2026-11-22; Prowler storage_default_to_entra_*",
    check=check,
)
