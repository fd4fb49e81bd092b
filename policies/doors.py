"""Who gets into a site, as it is registered: by its addresses, by the token it asks for. None: it cannot be read."""

from __future__ import annotations

from collections.abc import Iterator
from ipaddress import ip_network
from typing import Any, Final

from environments import Environment, Path
from plan import UNKNOWN, Plan, Resource
from policies.reading import MISSING, at
from policies.registered import WEB_APP_SLOT
from policies.rule import Whose

AUTHENTICATION: Final = "azure-native:web:WebAppAuthSettingsV2"
AUTHENTICATIONS: Final = (AUTHENTICATION, f"{AUTHENTICATION}Slot")
#: What a request without a token gets where one is asked for.
REFUSALS: Final = ("Return401", "Return403", "RedirectToLoginPage")
FRONT_DOOR: Final = "AzureFrontDoor.Backend"
#: Tags of addresses that anybody, or any customer of Azure, can send from.
_EVERYBODY: Final = ("Any", "Internet", "AzureCloud")


def described_at(described: Environment | None, who: Whose) -> Path | None:
    """Where the description says who may call a site: at its slot where that has access of its own."""
    if who.app is None:
        return None
    app = described.apps.get(who.app) if described else None
    own = app.slots.get(who.slot) if app and who.slot else None
    return ("apps", who.app, *(("slots", str(who.slot)) if own and own.access else ()), "access")


def is_private(site: Resource) -> bool | None:
    """Whether the public entry is shut, so that only private endpoints lead in."""
    access = at(site.inputs, "publicNetworkAccess")
    return None if access is UNKNOWN else access == "Disabled"


def is_restricted(site: Resource, scm: bool = False) -> bool | None:
    """Whether only listed addresses get in; of the SCM site where asked. With rules and no default all others are denied."""
    if scm and (main := at(site.inputs, "siteConfig.scmIpSecurityRestrictionsUseMain")) is not MISSING:
        if main is UNKNOWN:
            return None
        scm = main is not True
    key = "siteConfig.scmIpSecurityRestrictions" if scm else "siteConfig.ipSecurityRestrictions"
    rules, default = at(site.inputs, key), at(site.inputs, f"{key}DefaultAction")
    if default is UNKNOWN or rules is UNKNOWN:
        return None
    listed: list[Any] = rules if isinstance(rules, list) else []
    if default == "Allow" or (default is MISSING and not listed):
        return False
    allowed = [rule for rule in listed if at(rule, "action") != "Deny"]
    if any(rule is UNKNOWN or at(rule, "ipAddress") is UNKNOWN for rule in allowed):
        return None
    return not any(_is_everybody(source) for rule in allowed for source in sources_of(rule))


def sources_of(rule: Any) -> list[str]:
    """The address ranges and tags of a restriction, each by itself."""
    address = at(rule, "ipAddress")
    return [one.strip() for one in address.split(",")] if isinstance(address, str) else []


def addresses_of(site: Resource) -> tuple[str, ...] | None:
    """The ranges that a site lets in; None where it lets in anything else as well, or where they cannot be read."""
    rules = at(site.inputs, "siteConfig.ipSecurityRestrictions")
    if is_restricted(site) is not True or not isinstance(rules, list):
        return None
    found = [source for rule in rules for source in sources_of(rule)]
    plain = all(at(rule, "action") == "Allow" and isinstance(at(rule, "ipAddress"), str) for rule in rules)
    return tuple(found) if found and plain and all(map(_is_range, found)) else None


def _is_range(source: str) -> bool:
    try:
        ip_network(source, strict=False)
    except ValueError:
        return False
    return True


def _is_everybody(source: str) -> bool:
    if source.partition(".")[0] in _EVERYBODY:
        return True
    try:
        return ip_network(source, strict=False).prefixlen == 0
    except ValueError:
        return False


def asks_for_token(plan: Plan, site: Resource) -> bool | None:
    """Whether a request without a token of App Service's authentication is refused."""
    token = AUTHENTICATIONS[site.type == WEB_APP_SLOT]
    own = [one for one in plan.of_type(token) if all(_same(site, one, key) for key in ("name", "slot"))]
    answers = [_enforces(one) for one in own]
    return True if True in answers else None if None in answers else False


def _enforces(settings: Resource) -> bool | None:
    wanted = (
        "platform.enabled",
        "globalValidation.requireAuthentication",
        "globalValidation.unauthenticatedClientAction",
    )
    enabled, required, action = (at(settings.inputs, path) for path in wanted)
    if UNKNOWN in (enabled, required, action):
        return None
    return enabled is True and required is True and action in REFUSALS


def is_on(settings: Resource) -> bool | None:
    """Whether App Service's authentication is turned on at all."""
    enabled = at(settings.inputs, "platform.enabled")
    return None if enabled is UNKNOWN else enabled is True


def front_doors(site: Resource) -> Iterator[Any]:
    """The restrictions that let Azure Front Door in."""
    for key in ("ipSecurityRestrictions", "scmIpSecurityRestrictions"):
        rules = at(site.inputs, f"siteConfig.{key}")
        for rule in rules if isinstance(rules, list) else ():
            if FRONT_DOOR in sources_of(rule) and at(rule, "action") != "Deny":
                yield rule


def _same(site: Resource, settings: Resource, key: str) -> bool:
    one, other = at(site.inputs, key), at(settings.inputs, key)
    return one is not UNKNOWN and str(one).lower() == str(other).lower()
