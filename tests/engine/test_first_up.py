"""The first `up` of what ran before: it is stopped where it would stop what runs, and no later one is."""

from typing import Any

import pytest

from hubkeeper.engine.first_up import told, too_early
from hubkeeper.engine.guard import Step

STORE, CONTAINER = "azure-native:storage:StorageAccount", "azure-native:storage:BlobContainer"
SITE, SLOT = "azure-native:web:WebApp", "azure-native:web:WebAppSlot"
URL = "https://stclaims.blob.core.windows.net/packages/claims-1.4.zip"


def step(op: str, token: str, before: dict[str, Any] | None, after: dict[str, Any] | None) -> Step:
    return Step(op, f"urn:pulumi:prod::hubkeeper::{token}::one", token, inputs=before, wanted=after)


def settings(**values: str) -> dict[str, Any]:
    return {"siteConfig": {"appSettings": [{"name": name, "value": value} for name, value in values.items()]}}


DESCRIBED = {
    "name": "func-claims",
    **settings(AzureWebJobsStorage__accountName="stclaims", WEBSITE_RUN_FROM_PACKAGE=URL),
}
ON_FLEX = {"name": "func-claims", **settings(AzureWebJobsStorage__accountName="stclaims")}
ADOPTED = {"name": "func-claims", "siteConfig": {"alwaysOn": False}, "identity": {"type": "SystemAssigned"}}
SETTLES = step("update", SITE, ADOPTED, DESCRIBED)
KEYS_GO = step(
    "update",
    STORE,
    {"accountName": "stclaims", "allowSharedKeyAccess": True},
    {"accountName": "stclaims", "allowSharedKeyAccess": False},
)
NEW_CONTAINER = step("create", CONTAINER, None, {"accountName": "stclaims", "containerName": "packages"})


def test_keys_stay_on_until_every_site_has_stopped_using_one() -> None:
    (line,) = too_early([KEYS_GO, SETTLES])
    assert line.startswith("store stclaims would take no key any more before production of func-claims can do without")
    assert "`store: {shared_keys: true}`" in line


def test_a_store_that_never_said_whether_it_takes_keys_takes_them() -> None:
    unsaid = step(
        "update", STORE, {"accountName": "stclaims"}, {"accountName": "stclaims", "allowSharedKeyAccess": False}
    )
    assert len(too_early([unsaid, SETTLES])) == 1


def test_a_package_must_be_there_before_a_site_reads_it() -> None:
    slot = step("update", SLOT, {"name": "func-claims", "slot": "staging"}, {**DESCRIBED, "slot": "staging"})
    (line,) = too_early([NEW_CONTAINER, SETTLES, slot])
    assert (
        "upload claims-1.4.zip for production of func-claims, claims-1.4.zip for staging of func-claims first" in line
    )


def test_on_flex_consumption_the_package_has_one_name() -> None:
    (line,) = too_early([NEW_CONTAINER, step("update", SITE, ADOPTED, ON_FLEX)])
    assert "upload released-package.zip for production of func-claims" in line


def test_secrets_must_be_there_before_a_site_refers_to_them() -> None:
    vault = step("create", "azure-native:keyvault:Vault", None, {"vaultName": "kv-claims"})
    refers = settings(KEY="@Microsoft.KeyVault(VaultName=kv-claims;SecretName=carrier-api-key)", HOURS="48")
    (line,) = too_early([vault, step("update", SITE, ADOPTED, {"name": "func-claims", **refers})])
    assert line.startswith("vault kv-claims would be made empty")
    assert "set carrier-api-key first" in line
    assert too_early([vault, SETTLES]) == []
    back = {"vaultName": "kv-claims", "properties": {"createMode": "recover"}}
    recovered = step("create", "azure-native:keyvault:Vault", None, back)
    assert too_early([recovered, step("update", SITE, ADOPTED, {"name": "func-claims", **refers})]) == []


@pytest.mark.parametrize(
    "steps",
    [
        pytest.param([KEYS_GO], id="no site changes"),
        pytest.param([KEYS_GO, NEW_CONTAINER, step("create", SITE, None, DESCRIBED)], id="the site is new"),
        pytest.param([KEYS_GO, NEW_CONTAINER, step("update", SITE, DESCRIBED, DESCRIBED)], id="its settings are known"),
        pytest.param(
            [KEYS_GO, NEW_CONTAINER, step("update", SITE, {"siteConfig": "[secret]"}, DESCRIBED)], id="they are secret"
        ),
        pytest.param([step("create", STORE, None, {"accountName": "stclaims"}), SETTLES], id="the store is new"),
        pytest.param(
            [KEYS_GO, NEW_CONTAINER, step("update", SITE, ADOPTED, {**DESCRIBED, **settings(A="b")})], id="of no store"
        ),
    ],
)
def test_nothing_else_is_stopped(steps: list[Step]) -> None:
    assert too_early(steps) == []


def test_it_is_told_what_it_runs_from_then_on_and_what_it_loses() -> None:
    package, identity = told([SETTLES])
    assert package.startswith("production of func-claims runs claims-1.4.zip from stclaims from then on")
    assert identity.startswith("production of func-claims has its system-assigned identity no more")
    assert told([step("update", SITE, DESCRIBED, DESCRIBED), step("create", SITE, None, DESCRIBED)]) == []
