"""Cases of the rules on stores, sites, vaults, protection and releases."""

from tests.policies.case import case
from tests.policies.changes import both, described, drop, put, without
from tests.policies.world import Change, World


def unprotected(*names: str) -> Change:
    def change(world: World) -> None:
        for name in names:
            world[name].protect = False

    return change


PLATFORM = [
    case("store-no-shared-key", "keys allowed", both(put("store", "allowSharedKeyAccess", True)), "error claims"),
    case("store-encrypted-transport", "TLS 1.0", put("store", "minimumTlsVersion", "TLS1_0"), "error claims"),
    case("store-encrypted-transport", "HTTPS not said", drop("store", "enableHttpsTrafficOnly"), "error claims"),
    case("store-encrypted-transport", "TLS 1.3", put("store", "minimumTlsVersion", "TLS1_3")),
    case("store-not-public", "public blobs allowed", put("store", "allowBlobPublicAccess", True), "error claims"),
    case("store-not-public", "a public container", put("packages", "publicAccess", "Blob"), "error claims"),
    case(
        "store-soft-delete", "blobs gone at once", put("blobs", "deleteRetentionPolicy.enabled", False), "error claims"
    ),
    case("store-soft-delete", "no blob service said", without("blobs"), "error claims"),
    case("site-https-only", "HTTP allowed", put("site", "httpsOnly", False), "error claims"),
    case("site-https-only", "HTTPS not said on the slot", drop("staging", "httpsOnly"), "error claims/staging"),
    case(
        "site-minimum-tls", "TLS 1.1 for management", put("site", "siteConfig.scmMinTlsVersion", "1.1"), "error claims"
    ),
    case("site-minimum-tls", "TLS 1.3", put("site", "siteConfig.minTlsVersion", "1.3")),
    case(
        "site-no-ftp",
        "FTPS is a way in, too",
        put("staging", "siteConfig.ftpsState", "FtpsOnly"),
        "error claims/staging",
    ),
    case(
        "site-no-remote-debugging",
        "a debugger may attach",
        put("site", "siteConfig.remoteDebuggingEnabled", True),
        "error claims",
    ),
    case("site-no-publishing-password", "FTP by password", put("site-ftp", "allow", True), "error claims"),
    case(
        "site-no-publishing-password", "nothing said for the slot's SCM", without("staging-scm"), "error claims/staging"
    ),
    case("vault-rbac", "access policies", drop("vault", "properties.enableRbacAuthorization"), "error claims"),
    case("vault-purge-protection", "off", put("vault", "properties.enablePurgeProtection", False), "error claims"),
    case(
        "vault-purge-protection",
        "not said in development",
        both(described("tier", "development"), drop("vault", "properties.enablePurgeProtection")),
    ),
]
PLATFORM += [
    case("hub-protected", "the store may be deleted", unprotected("store"), "critical claims"),
    case("hub-protected", "the group may be deleted", unprotected("group"), "critical -"),
    case(
        "hub-protected",
        "the store may be deleted, in staging",
        both(described("tier", "staging"), unprotected("store")),
        "error claims",
    ),
    case(
        "hub-protected",
        "in development everything may",
        both(described("tier", "development"), unprotected("store", "group")),
    ),
    case("slots-versioned", "a slot without versioning", described("apps.claims.versioning", None), "error claims"),
    case(
        "slots-versioned",
        "in staging",
        both(described("tier", "staging"), described("apps.claims.versioning", None)),
        "warning claims",
    ),
    case(
        "slots-versioned",
        "no slots, no versioning",
        both(
            described("apps.claims.slots", None),
            described("apps.claims.versioning", None),
            without("staging", "staging-ftp", "staging-scm"),
        ),
    ),
]
