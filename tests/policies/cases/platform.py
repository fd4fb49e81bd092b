"""Cases of the rules on stores, sites, vaults, protection and releases."""

from tests.policies.case import case
from tests.policies.cases.flex import flex
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
        "the hub goes with the code",
        both(
            described("apps.claims.slots.staging.hub_binding", "code"),
            described("apps.claims.versioning", None),
            put("sticky", "appSettingNames", ["AzureFunctionsWebHost__hostid"]),
        ),
        "warning claims",
    ),
    case(
        "slots-versioned",
        "no slots, no versioning",
        both(
            described("apps.claims.slots", None),
            described("apps.claims.versioning", None),
            described("apps.claims.orchestrations.ProcessClaim.expected", "2h"),
            described("apps.claims.orchestrations.ProcessClaim.stuck_after", "24h"),
            without("staging", "staging-ftp", "staging-scm"),
        ),
    ),
]


def dedicated(instances: int, always_on: bool = True) -> Change:
    """A Dedicated plan under site and slot."""
    sku = {"name": "P1v3", "tier": "PremiumV3", "capacity": instances}
    on = [put(site, "siteConfig.alwaysOn", always_on) for site in ("site", "staging")]
    return both(put("plan", "sku", sku), *on)


def ignoring(resource: str, *paths: str) -> Change:
    """The engine overlooks changes there."""

    def change(world: World) -> None:
        world[resource].ignore_changes = paths

    return change


def in_tier(tier: str, change: Change) -> Change:
    return both(described("tier", tier), change)


STORE_SKU, COPIES = "sku.name", "store-zone-redundant"
CORS = "siteConfig.cors"
TWO = "plan-two-instances"
PLATFORM += [
    case("store-takes-hubs", "blobs only", put("store", "kind", "BlobStorage"), "error claims"),
    case("store-takes-hubs", "a kind of the past", put("store", "kind", "Storage"), "error claims"),
    case(
        "store-takes-hubs",
        "premium blocks",
        in_tier("staging", put("store", STORE_SKU, "Premium_ZRS")),
        "error claims",
    ),
    case(COPIES, "one building", put("store", STORE_SKU, "Standard_LRS"), "warning claims"),
    case(COPIES, "two regions, one building each", put("store", STORE_SKU, "Standard_RAGRS"), "warning claims"),
    case(COPIES, "two regions and zones", put("store", STORE_SKU, "Standard_GZRS")),
    case(COPIES, "one building, in staging", in_tier("staging", put("store", STORE_SKU, "Standard_LRS"))),
    case("store-no-foreign-tenant", "not said", drop("store", "allowCrossTenantReplication"), "warning claims"),
    case("store-by-entra", "keys first", put("store", "defaultToOAuthAuthentication", False), "note claims"),
    case("site-no-affinity", "not said", drop("staging", "clientAffinityEnabled"), "note claims/staging"),
    case("site-always-on", "unloaded", dedicated(2, always_on=False), "error claims", "error claims/staging"),
    case("site-always-on", "on where the platform scales", put("site", "siteConfig.alwaysOn", True), "error claims"),
    case("site-always-on", "on where it is needed", dedicated(2)),
    case("site-64-bit", "32 bits", put("site", "siteConfig.use32BitWorkerProcess", True), "warning claims"),
    case(
        "site-64-bit",
        "32 bits on Consumption, which has no others",
        both(
            put("site", "siteConfig.use32BitWorkerProcess", True),
            described("apps.claims.plan", {"sku": "Y1", "maximum_instances": 20}),
            described("apps.claims.runtime", {"language": "node", "version": "24"}),
        ),
    ),
    case(
        "site-64-bit",
        "Flex Consumption has no such property",
        flex(),
    ),
    case("site-http2", "off", put("site", "siteConfig.http20Enabled", False), "note claims"),
    case("site-cors-named", "everybody", put("site", CORS, {"allowedOrigins": ["*"]}), "error claims"),
    case("site-cors-named", "one page", put("site", CORS, {"allowedOrigins": ["https://claims.example"]})),
    case("vault-soft-delete", "a week", put("vault", "properties.softDeleteRetentionInDays", 7), "error claims"),
    case("vault-soft-delete", "off", put("vault", "properties.enableSoftDelete", False), "error claims"),
    case("vault-soft-delete", "30 days", put("vault", "properties.softDeleteRetentionInDays", 30)),
    case("vault-soft-delete", "not said", drop("vault", "properties.softDeleteRetentionInDays")),
    case("plan-zone-redundant", "one zone", put("plan", "zoneRedundant", False), "warning claims"),
    case("plan-zone-redundant", "one zone, in staging", in_tier("staging", put("plan", "zoneRedundant", False))),
    case(TWO, "one", dedicated(1), "warning claims"),
    case(TWO, "one where the platform scales", put("plan", "sku.capacity", 1)),
    case(TWO, "one, in development", in_tier("development", dedicated(1))),
    case("settings-not-ignored", "all settings", ignoring("site", "siteConfig.appSettings"), "error claims"),
    case("settings-not-ignored", "tags", ignoring("site", "tags.changed-by")),
    case("one-region", "the store elsewhere", put("store", "location", "northeurope"), "error claims"),
    case("one-region", "the workspace elsewhere", put("workspace", "location", "northeurope"), "error -"),
    case("one-region", "the same, as people write it", put("store", "location", "West Europe")),
    case("owner-tagged", "no owner", drop("store", "tags.owner"), "warning claims"),
    case("owner-tagged", "no tags", drop("workspace", "tags"), "warning -"),
    case("owner-tagged", "a tag that nobody asked for", put("store", "tags.note", "kept for the audit")),
]
PLATFORM += [
    case("store-no-shared-key", "keys that expire", put("store", "keyPolicy", {"keyExpirationPeriodInDays": 30})),
    case("store-not-public", "reached from the internet, by identity", put("store", "publicNetworkAccess", "Enabled")),
    case("store-soft-delete", "for one day", put("blobs", "deleteRetentionPolicy.days", 1)),
    case("store-takes-hubs", "a cool one", put("store", "accessTier", "Cool")),
    case("store-no-foreign-tenant", "copies within the tenant", put("store", "allowedCopyScope", "AAD")),
    case("store-by-entra", "and no local users", put("store", "isLocalUserEnabled", False)),
    case("site-https-only", "no client certificate", put("site", "clientCertEnabled", False)),
    case("site-no-remote-debugging", "a version of it", put("site", "siteConfig.remoteDebuggingVersion", "VS2022")),
    case("site-no-publishing-password", "the site in capitals", put("site-scm", "name", "FUNC-claims-prod")),
    case("site-no-affinity", "none at a proxy", put("site", "clientAffinityProxyEnabled", False)),
    case("site-http2", "none to the worker", put("site", "siteConfig.http20ProxyFlag", 0)),
    case("vault-rbac", "a list of nobody", put("vault", "properties.accessPolicies", [])),
]
