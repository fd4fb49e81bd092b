"""A storage account is reached over HTTPS with TLS 1.2 or later."""

from collections.abc import Iterator

from policies.reading import must_be
from policies.registered import STORAGE_ACCOUNT
from policies.rule import Level, Rule, Scope, Violation
from policies.subjects import ResourceSubject


def check(subject: ResourceSubject) -> Iterator[Violation]:
    """Both in so many words: the default of TLS has changed with the API version."""
    yield from must_be(subject.resource, "enableHttpsTrafficOnly", [True], "true")
    yield from must_be(subject.resource, "minimumTlsVersion", ["TLS1_2", "TLS1_3"], "TLS1_2 or TLS1_3")


RULE = Rule(
    slug="store-encrypted-transport",
    ref="HK402",
    level=Level.ERROR,
    scope=Scope.RESOURCE,
    types=(STORAGE_ACCOUNT,),
    what="Storage accounts take HTTPS only, with TLS 1.2 or later.",
    why="Messages between orchestrations and activities, with all their payloads, pass through the account's queues.",
    fix="Set `enableHttpsTrafficOnly: true` and `minimumTlsVersion: TLS1_2`, as the component does.",
    source=(
        "Enforce a minimum required version of TLS for requests to a storage account, read 2026-11-22; Checkov "
        "CKV_AZURE_3 and 44"
    ),
    check=check,
)
