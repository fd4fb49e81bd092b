"""Cases of the rules on who may call."""

from copy import deepcopy
from typing import Any

from plan import UNKNOWN
from tests.policies.case import case
from tests.policies.changes import both, described, drop, put
from tests.policies.world import Change, World

DOORS = "siteConfig.ipSecurityRestrictions"
DEFAULT = f"{DOORS}DefaultAction"
PORTAL = "c2f4a9e8-7d16-4b53-8e0a-5f3b9d7c1a64"
TENANT = "https://login.microsoftonline.com/8b7d2c14-50e6-4f0a-b3a9-6d1f2e4c8a55/v2.0"
SETTINGS: dict[str, Any] = {
    "name": "func-claims-prod",
    "platform": {"enabled": True},
    "globalValidation": {
        "requireAuthentication": True,
        "unauthenticatedClientAction": "Return401",
        "excludedPaths": ["/api/health"],
    },
    "identityProviders": {
        "azureActiveDirectory": {
            "registration": {"clientId": PORTAL, "openIdIssuer": TENANT},
            "validation": {"defaultAuthorizationPolicy": {"allowedApplications": [PORTAL]}},
        }
    },
}


def authenticated(*changes: Change) -> Change:
    """Every site asks for a token as well."""

    def add(world: World) -> None:
        for name in ("site", "staging"):
            slot = {"slot": name} if name == "staging" else {}
            token = f"azure-native:web:WebAppAuthSettingsV2{'Slot' if slot else ''}"
            if all(one.name != f"{name}-auth" for one in world.plan.resources.values()):
                world.add(f"{name}-auth", token, {**deepcopy(SETTINGS), **slot})

    return both(add, *changes)


def opened(*names: str) -> Change:
    """Every address gets in."""
    return both(*(both(put(name, DOORS, []), put(name, DEFAULT, "Allow")) for name in names))


def front_door(headers: Any) -> Change:
    rule = {"ipAddress": "AzureFrontDoor.Backend", "tag": "ServiceTag", "action": "Allow", "headers": headers}
    return put("site", DOORS, [rule])


def provider(**settings: Any) -> Change:
    return authenticated(*(put("site-auth", f"identityProviders.{name}", value) for name, value in settings.items()))


ENTRA = "identityProviders.azureActiveDirectory"


def shut_scm(world: World) -> None:
    """Nobody reaches the SCM site of any site there is."""
    for site in (*world.plan.of_type("azure-native:web:WebApp"), *world.plan.of_type("azure-native:web:WebAppSlot")):
        config = site.inputs["siteConfig"]
        config |= {"scmIpSecurityRestrictionsUseMain": False, "scmIpSecurityRestrictionsDefaultAction": "Deny"}


ACCESS = [
    case("site-not-open", "every address", both(shut_scm, opened("site")), "error claims"),
    case(
        "site-not-open",
        "nothing said on the slot",
        both(shut_scm, drop("staging", DOORS), drop("staging", DEFAULT)),
        "error claims/staging",
    ),
    case("site-not-open", "one rule denies all others", drop("site", DEFAULT)),
    case(
        "site-not-open",
        "a rule for everybody",
        both(shut_scm, put("site", DOORS, [{"ipAddress": "203.0.113.0/28,0.0.0.0/0", "action": "Allow"}])),
        "error claims",
    ),
    case("site-not-open", "a token instead", both(shut_scm, opened("site", "staging"), authenticated())),
    case(
        "site-not-open",
        "a token at production alone",
        both(shut_scm, opened("site", "staging"), authenticated(put("staging-auth", "platform.enabled", False))),
        "error claims/staging",
    ),
    case(
        "site-not-open",
        "a private network alone",
        both(
            opened("site", "staging"), *(put(name, "publicNetworkAccess", "Disabled") for name in ("site", "staging"))
        ),
    ),
    case(
        "site-not-open",
        "open as declared",
        both(
            shut_scm,
            opened("site"),
            described("apps.claims.access", {"open_to_everyone": "a public form", "system_key": {"holders": []}}),
        ),
        "note claims",
    ),
    case(
        "site-not-open",
        "production open, while only its slot is declared open",
        both(
            shut_scm,
            opened("site", "staging"),
            described("apps.claims.slots.staging.access", {"open_to_everyone": "a trial"}),
        ),
        "error claims",
        "note claims/staging",
    ),
    case("site-not-open", "in staging", both(described("tier", "staging"), opened("site")), "warning claims"),
    case("site-not-open", "in development", both(described("tier", "development"), opened("site", "staging"))),
    case(
        "authentication-enforced",
        "anonymous callers get in",
        authenticated(put("site-auth", "globalValidation.unauthenticatedClientAction", "AllowAnonymous")),
        "error claims",
    ),
    case(
        "authentication-enforced",
        "nothing is required of the slot",
        authenticated(drop("staging-auth", "globalValidation.requireAuthentication")),
        "error claims/staging",
    ),
    case(
        "authentication-enforced",
        "no token for the starters",
        authenticated(put("site-auth", "globalValidation.excludedPaths", ["/api/*"])),
        "error claims",
    ),
    case(
        "authentication-enforced",
        "turned off",
        authenticated(*(put(f"{name}-auth", "platform.enabled", False) for name in ("site", "staging"))),
    ),
    case(
        "authentication-one-tenant",
        "every tenant",
        authenticated(
            put("site-auth", f"{ENTRA}.registration.openIdIssuer", "https://login.microsoftonline.com/common/v2.0")
        ),
        "error claims",
    ),
    case(
        "authentication-one-tenant",
        "no app registration",
        authenticated(drop("site-auth", f"{ENTRA}.registration.clientId")),
        "error claims",
    ),
    case(
        "authentication-one-tenant", "consumers", provider(google={"registration": {"clientId": "x"}}), "error claims"
    ),
    case("authentication-one-tenant", "a consumers' provider that is off", provider(google={"enabled": False})),
    case(
        "authentication-one-tenant",
        "the issuer of older tokens",
        authenticated(
            put(
                "site-auth",
                f"{ENTRA}.registration.openIdIssuer",
                TENANT.replace("login.microsoftonline.com", "sts.windows.net").removesuffix("/v2.0"),
            )
        ),
    ),
    case("system-key-held", "not said", described("apps.claims.access.system_key", None), "warning claims"),
    case("system-key-held", "a partner", described("apps.claims.access.system_key", {"holders": ["carrier"]})),
    case("front-door-pinned", "any Front Door", front_door(None), "error claims"),
    case("front-door-pinned", "another header", front_door({"x-forwarded-host": ["claims.example"]}), "error claims"),
    case("front-door-pinned", "the own one", front_door({"X-Azure-FDID": [PORTAL]})),
    case(
        "scm-not-open",
        "rules of its own, and none",
        put("site", "siteConfig.scmIpSecurityRestrictionsUseMain", False),
        "note claims",
    ),
    case("scm-not-open", "shut", shut_scm),
    case(
        "authentication-names-callers",
        "everybody of the tenant",
        authenticated(drop("site-auth", f"{ENTRA}.validation")),
        "warning claims",
    ),
    case(
        "authentication-names-callers",
        "people by a group",
        authenticated(
            put(
                "site-auth",
                f"{ENTRA}.validation.defaultAuthorizationPolicy",
                {"allowedPrincipals": {"groups": [PORTAL]}},
            )
        ),
    ),
]

#: What is unknown in the settings of App Service's authentication, which the sound world has not.
UNREAD = [
    ("authentication-enforced", authenticated(put("site-auth", "globalValidation", UNKNOWN)), "error claims"),
    ("authentication-enforced", authenticated(put("site-auth", "platform.enabled", UNKNOWN)), "error claims"),
    ("authentication-one-tenant", authenticated(put("site-auth", f"{ENTRA}.registration", UNKNOWN)), "error claims"),
    ("authentication-names-callers", authenticated(put("site-auth", f"{ENTRA}.validation", UNKNOWN)), "warning claims"),
    ("front-door-pinned", front_door(UNKNOWN), "error claims"),
    (
        "site-not-open",
        both(opened("site", "staging"), authenticated(put("site-auth", "platform", UNKNOWN))),
        "error claims",
    ),
]
