"""Cases of the rules on identities and secrets."""

from plan import UNKNOWN, Secret
from tests.policies.case import case
from tests.policies.changes import both, put, setting, unset, without

STORAGE = "AzureWebJobsStorage"
LITERAL = "no-literal-secret"
IDENTITY = [
    case("store-by-identity", "no credential", unset("site", f"{STORAGE}__credential"), "error claims"),
    case("store-by-identity", "no client id", unset("staging", f"{STORAGE}__clientId"), "error claims/staging"),
    case("store-by-identity", "a blank AzureWebJobsStorage", setting("site", STORAGE, ""), "error claims"),
    case(
        "no-content-share",
        "a content share beside a keyless store",
        setting("site", "WEBSITE_CONTENTSHARE", "claims"),
        "error claims",
    ),
    case("storage-roles", "no queue role, told once for site and slot", without("queues-role"), "error claims"),
    case(
        "storage-roles",
        "the role on something else",
        put("queues-role", "scope", f"/subscriptions/{'0' * 8}/x"),
        "error claims",
    ),
    case(
        "storage-roles",
        "a contributor of blobs is no owner",
        put("blobs-role", "roleDefinitionId", "/x/ba92f5b4-2d11-453d-a403-e96b0029c9fe"),
        "error claims",
    ),
    case("storage-roles", "the slot runs as nobody", put("staging", "identity", {}), "error claims/staging"),
    case(LITERAL, "a password in a setting", setting("site", "PARTNER_PASSWORD", "correct horse"), "critical claims"),
    case(LITERAL, "a key by its name", setting("staging", "CARRIER_API_KEY", "abc"), "critical claims/staging"),
    case(
        LITERAL,
        "a connection string by its text",
        setting("site", "ORDERS", "Endpoint=sb://x/;SharedAccessKey=abc="),
        "critical claims",
    ),
    case(
        LITERAL,
        "a signature in an address",
        setting("site", "PACKAGE", "https://x.blob.core.windows.net/p/a.zip?sv=1&sig=abc"),
        "critical claims",
    ),
    case(
        LITERAL,
        "random text under a harmless name",
        setting("site", "FLAVOUR", "q8Zr2LxN0vTb7KfW3mHs9YpD1cJg5XaE"),
        "critical claims",
    ),
    case(LITERAL, "a tag", put("store", "tags.note", "AccountKey=abc"), "critical claims"),
    case(LITERAL, "a key that another resource gives", setting("site", "SEARCH_API_KEY", UNKNOWN), "critical claims"),
    case(LITERAL, "a secret of the program", setting("site", "GREETING", Secret("hello")), "critical claims"),
    case(
        LITERAL,
        "what is only about secrets",
        both(
            setting("site", "TOKEN_ENDPOINT", "https://login.example/token"),
            setting("site", "SECRET_NAME", "carrier-api-key"),
        ),
    ),
    case(LITERAL, "a GUID, a digest of nothing", setting("site", "TENANT", "8b7d2c14-50e6-4f0a-b3a9-6d1f2e4c8a55")),
    case(
        "vault-reference-complete",
        "no name of a secret",
        setting("site", "CARRIER_API_KEY", "@Microsoft.KeyVault(VaultName=kv-claims)"),
        "error claims",
    ),
    case(
        "vault-reference-complete",
        "no closing bracket",
        setting("site", "CARRIER_API_KEY", "@Microsoft.KeyVault(VaultName=kv;SecretName=x"),
        "error claims",
    ),
    case(
        "vault-reference-complete",
        "an address",
        setting("site", "CARRIER_API_KEY", "@Microsoft.KeyVault(SecretUri=https://kv-x.vault.azure.net/secrets/a)"),
    ),
]
