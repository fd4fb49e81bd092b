"""Cases of the rules on identities and secrets."""

from plan import UNKNOWN, Secret
from tests.policies.case import case
from tests.policies.changes import both, described, drop, exported, put, setting, unset, without
from tests.policies.sound import grant
from tests.policies.world import Change, World

STORAGE = "AzureWebJobsStorage"
LITERAL = "no-literal-secret"
OWNER = "8e3af657-a8ff-443c-a75c-2fe8c4bcb635"
SECRETS_USER = "4633458b-17de-408a-b874-0445c86b69e6"
REFERENCE = "@Microsoft.KeyVault(VaultName={};SecretName=carrier-api-key)"


def granted(role: str, scope: str = "store", principal: str = "identity") -> Change:
    """One more role."""

    def change(world: World) -> None:
        grant(world, "more-role", role, scope, principal)

    return change


def own_identity(world: World) -> None:
    """The site has an identity of its own beside the application's."""
    put("site", "identity.type", "SystemAssigned, UserAssigned")(world)


def nobodys(name: str) -> Change:
    """An assignment whose principal comes from no resource of the plan."""

    def change(world: World) -> None:
        del world[name].property_dependencies["principalId"]

    return change


def nobody_knows_where(name: str) -> Change:
    """An assignment whose scope comes from no resource of the plan."""

    def change(world: World) -> None:
        del world[name].property_dependencies["scope"]

    return change


def secrets_role(role: str) -> Change:
    """Another role in the vault."""
    return both(without("secrets-role"), granted(role, "vault"))


def vault_of(app: str) -> Change:
    """One more vault, of another application."""

    def change(world: World) -> None:
        tags = {**world["vault"].inputs["tags"], "application": app}
        inputs = {**world["vault"].inputs, "vaultName": f"kv-{app}-prod", "tags": tags}
        vault = world.add(f"{app}-vault", "azure-native:keyvault:Vault", inputs, on_its_own=True)
        logs = {"resourceUri": UNKNOWN, "logs": [{"category": "AuditEvent", "enabled": True}]}
        needs: dict[str, tuple[str, ...]] = {"resourceUri": (vault.urn,)}
        world.add(f"{app}-vault-log", "azure-native:monitor:DiagnosticSetting", logs, on_its_own=True, needs=needs)

    return change


IDENTITY = [
    case("store-by-identity", "no credential", unset("site", f"{STORAGE}__credential"), "error claims"),
    case("store-by-identity", "no client id", unset("staging", f"{STORAGE}__clientId"), "error claims/staging"),
    case("store-by-identity", "a blank AzureWebJobsStorage", setting("site", STORAGE, ""), "error claims"),
    case(
        "store-by-identity",
        "an identity by its resource id",
        setting("staging", f"{STORAGE}__managedIdentityResourceId", "/subscriptions/x"),
        "error claims/staging",
    ),
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
        LITERAL,
        "a setting of all slots, told once",
        both(
            described("apps.claims.settings", {"ORDERS": "Endpoint=sb://x/;SharedAccessKey=abc="}),
            *(setting(site, "ORDERS", "Endpoint=sb://x/;SharedAccessKey=abc=") for site in ("site", "staging")),
        ),
        "critical claims",
    ),
    case(
        "vault-reference-complete",
        "no name of a secret",
        setting("site", "CARRIER_API_KEY", "@Microsoft.KeyVault(VaultName=kv-claims)"),
        "error claims",
    ),
    case(
        "vault-reference-complete",
        "no closing bracket",
        setting("site", "CARRIER_API_KEY", "@Microsoft.KeyVault(VaultName=kv-claims-prod;SecretName=x"),
        "error claims",
    ),
    case(
        "vault-reference-complete",
        "an address",
        setting(
            "site", "CARRIER_API_KEY", "@Microsoft.KeyVault(SecretUri=https://kv-claims-prod.vault.azure.net/secrets/a)"
        ),
    ),
    case("identity-no-admin", "owner of the store", granted(OWNER), "error claims"),
    case("identity-no-admin", "may list keys", granted("17d1049b-9a84-46fb-8f53-869881c3d3ab"), "error claims"),
    case("identity-no-admin", "a reader", granted("acdd72a7-3385-48ef-bd42-f606fba81ae7")),
    case(
        "identity-no-admin",
        "an owner that no site runs as",
        both(
            granted(OWNER),
            put("more-role", "principalId", "4f1f8c2e-1111-4222-8333-444455556666"),
            nobodys("more-role"),
        ),
    ),
    case("role-scope-narrow", "on the resource group", granted(SECRETS_USER, "group"), "error claims"),
    case(
        "role-scope-narrow",
        "on a subscription",
        both(granted(SECRETS_USER), put("more-role", "scope", "/subscriptions/3f0a8c52")),
        "error claims",
    ),
    case(
        "role-scope-narrow",
        "on one resource, by its id",
        both(
            granted(SECRETS_USER),
            put(
                "more-role", "scope", "/subscriptions/3f0a8c52/resourceGroups/rg/providers/Microsoft.KeyVault/vaults/x"
            ),
        ),
    ),
    case("no-idle-identity", "its own, with no role", own_identity, "note claims"),
    case("no-idle-identity", "its own, with a role", both(own_identity, granted(SECRETS_USER, "vault", "site"))),
    case(
        "vault-own", "a vault of nowhere", setting("site", "A_KEY", REFERENCE.format("kv-claims-test")), "error claims"
    ),
    case(
        "vault-own",
        "another application's vault",
        both(
            vault_of("freight"),
            setting("site", "A_KEY", REFERENCE.format("kv-freight-prod")),
            granted(SECRETS_USER, "freight-vault"),
        ),
        "error claims",
    ),
    case("vault-own", "the own vault, in capitals", setting("site", "A_KEY", REFERENCE.format("KV-Claims-Prod"))),
    case("vault-reference-identity", "nobody named", drop("site", "keyVaultReferenceIdentity"), "error claims"),
    case(
        "vault-reference-identity",
        "its own, which it has not",
        put("staging", "keyVaultReferenceIdentity", "SystemAssigned"),
        "error claims/staging",
    ),
    case(
        "vault-reference-identity",
        "no reference, nobody named",
        both(unset("site", "CARRIER_API_KEY"), drop("site", "keyVaultReferenceIdentity")),
    ),
    case("vault-role", "no role, told once for site and slot", without("secrets-role"), "error claims"),
    case(
        "vault-role",
        "may not be read by a certificate officer",
        secrets_role("a4417e6f-fecd-4de8-b567-7b0420556985"),
        "error claims",
    ),
    case("vault-role", "a secrets officer may", secrets_role("b86a8fe4-44ce-4948-aee5-eccb2c155cd7")),
    case("principal-type-given", "not said", drop("blobs-role", "principalType"), "warning claims"),
    case("principal-type-given", "a group", put("blobs-role", "principalType", "Group")),
    case("function-keys-kept", "files", setting("site", "AzureWebJobsSecretStorageType", "Files"), "warning claims"),
    case("function-keys-kept", "not said", unset("site", "AzureWebJobsSecretStorageType")),
]
OUTPUT = "outputs-hold-no-secret"
IDENTITY += [
    case(OUTPUT, "a key by its text", exported(store="AccountName=a;AccountKey=abc"), "critical -"),
    case(OUTPUT, "a key by its name, deep inside", exported(apps={"claims": {"function_key": "abc"}}), "critical -"),
    case(OUTPUT, "a key that another resource gives", exported(carrierApiKey=UNKNOWN), "critical -"),
    case(OUTPUT, "a secret that is marked", exported(carrierApiKey=Secret("abc"))),
    case(OUTPUT, "what is only about secrets", exported(secretName="carrier-api-key", hub="prodclaims", site=UNKNOWN)),
]
ACCOUNT_ID = "/subscriptions/x/resourceGroups/rg/providers/Microsoft.Storage/storageAccounts/StClaimsProd"
IDENTITY += [
    case(
        "store-by-identity",
        "in small letters",
        both(
            unset("site", f"{STORAGE}__credential"),
            setting("site", f"{STORAGE}__credential".lower(), "managedidentity"),
        ),
    ),
    case("no-content-share", "only how content would come", setting("site", "WEBSITE_CONTENTOVERVNET", "1")),
    case("storage-roles", "at the store's id, as people write it", put("queues-role", "scope", ACCOUNT_ID)),
]
