"""A site takes no FTP, encrypted or not."""

from collections.abc import Iterator

from policies.reading import must_be
from policies.registered import SITES, is_flex
from policies.rule import Level, Rule, Scope, Violation
from policies.subjects import ResourceSubject


def check(subject: ResourceSubject) -> Iterator[Violation]:
    """FtpsOnly is not enough: it is still a way in. Flex Consumption has no FTP and refuses the property."""
    if not is_flex(subject.resource):
        yield from must_be(subject.resource, "siteConfig.ftpsState", ["Disabled"], "Disabled")


RULE = Rule(
    slug="site-no-ftp",
    ref="HK413",
    level=Level.ERROR,
    scope=Scope.RESOURCE,
    types=SITES,
    what="FTP and FTPS are disabled on sites and slots.",
    why="FTP is a second way to put code into an application, with a password and past every review.",
    fix="Set `ftpsState: Disabled` in siteConfig, as the component does.",
    source="Deploy with FTP/S: enforce FTPS or disable FTP, read 2026-11-22; Checkov CKV_AZURE_78",
    check=check,
)
