"""Access restrictions of a site: which rules App Service takes. Its words for a refusal are not confirmed.

"Set up Azure App Service access restrictions", learn.microsoft.com, 2025-02-03: at most 512 rules, eight sources and eight
values of a header in one, four headers that are known, addresses in CIDR, and `AnyVnets`.
"""

from collections.abc import Iterator, Mapping
from ipaddress import ip_network
from typing import Any

from ..refusal import Refusal
from ..wire import reveal

_LISTS = ("ipSecurityRestrictions", "scmIpSecurityRestrictions")
_MOST, _MOST_IN_ONE = 512, 8
_HEADERS = frozenset(("x-forwarded-for", "x-forwarded-host", "x-azure-fdid", "x-fd-healthprobe"))


def refuse_doors(config: Mapping[str, Any]) -> None:
    """Raises Refusal for the first rule that is not taken."""
    for key in _LISTS:
        rules = reveal(config.get(key))
        for wrong in _wrong(rules) if isinstance(rules, list) else ():
            raise Refusal(400, "BadRequest", f"siteConfig.{key}: {wrong}")


def _wrong(rules: list[Any]) -> Iterator[str]:
    if len(rules) > _MOST:
        yield f"{len(rules)} rules; a site takes {_MOST}."
    for rule in rules:
        if isinstance(rule, Mapping):
            yield from _wrong_in(rule)


def _wrong_in(rule: Mapping[str, Any]) -> Iterator[str]:
    sources = [one.strip() for one in str(rule.get("ipAddress") or "").split(",") if one.strip()]
    if not sources and not rule.get("vnetSubnetResourceId"):
        yield "a rule has neither an address nor a subnet."
    if len(sources) > _MOST_IN_ONE:
        yield f"{len(sources)} sources in one rule; there can be {_MOST_IN_ONE}."
    if rule.get("tag") != "ServiceTag":
        for source in sources:
            if not _is_range(source, masked=not rule.get("subnetMask")):
                yield f"'{source}' is not an address block in CIDR notation."
    if str(rule.get("action", "Allow")) not in ("Allow", "Deny"):
        yield "the action of a rule is Allow or Deny."
    headers = rule.get("headers")
    for name, values in headers.items() if isinstance(headers, Mapping) else ():
        if name.lower() not in _HEADERS:
            yield f"the header '{name}' cannot be filtered by."
        if isinstance(values, list) and len(values) > _MOST_IN_ONE:
            yield f"{len(values)} values of the header '{name}'; there can be {_MOST_IN_ONE}."


def _is_range(source: str, masked: bool) -> bool:
    if source in ("Any", "AnyVnets"):
        return True
    try:
        ip_network(source, strict=False)
    except ValueError:
        return False
    return "/" in source or not masked
