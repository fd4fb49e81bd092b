"""A vault's name outlives the vault."""

from pathlib import Path
from typing import Any

import pytest

from hubkeeper.local_azure import soft_deleted_vaults
from hubkeeper.local_azure.database import Database
from hubkeeper.local_azure.refusal import Refusal
from hubkeeper.local_azure.types.vault import purge
from tests.local_azure.driver import OTHER_SUBSCRIPTION, Caller, Refused
from tests.local_azure.estate import VAULT, Estate


def _vault(**properties: Any) -> dict[str, Any]:
    return VAULT | {"properties": VAULT["properties"] | properties}


def test_a_deleted_vault_keeps_its_name(estate: Estate, database: Path) -> None:
    estate.caller.delete(estate.caller.create("keyvault:Vault", VAULT))
    assert soft_deleted_vaults(database) == ["kv-dev-claims"]
    with pytest.raises(Refused, match=r"ConflictError.*same name already exists in deleted state"):
        estate.caller.create("keyvault:Vault", VAULT)


def test_a_deleted_vault_comes_back_when_it_is_recovered(estate: Estate, database: Path) -> None:
    first = estate.caller.create("keyvault:Vault", VAULT)
    estate.caller.delete(first)
    again = estate.caller.create("keyvault:Vault", _vault(createMode="recover"))
    assert again.outputs["properties"]["vaultUri"] == first.outputs["properties"]["vaultUri"]
    assert soft_deleted_vaults(database) == []


def test_a_vault_is_not_recovered_to_another_place(estate: Estate, database: Path) -> None:
    estate.caller.delete(estate.caller.create("keyvault:Vault", VAULT))
    with pytest.raises(Refused, match=r"can only be recovered to where it was: .* in westeurope"):
        estate.caller.create("keyvault:Vault", _vault(createMode="recover") | {"location": "northeurope"})
    assert soft_deleted_vaults(database) == ["kv-dev-claims"]


def test_a_vault_is_not_moved(estate: Estate) -> None:
    vault = estate.caller.create("keyvault:Vault", VAULT)
    moved = VAULT | {"location": "northeurope"}
    assert estate.caller.diff("keyvault:Vault", VAULT, moved).replaces == []
    with pytest.raises(Refused, match=r"InvalidResourceLocation.*already exists in location 'westeurope'"):
        estate.caller.update(vault, moved)


def test_there_is_nothing_to_recover_where_nothing_was_deleted(estate: Estate) -> None:
    with pytest.raises(Refused, match="no deleted vault named 'kv-dev-claims'"):
        estate.caller.create("keyvault:Vault", _vault(createMode="recover"))


def test_a_vault_name_is_taken_in_every_subscription(estate: Estate, port: int) -> None:
    vault = estate.caller.create("keyvault:Vault", VAULT)
    elsewhere = Estate(Caller(port, OTHER_SUBSCRIPTION))
    with pytest.raises(Refused, match="VaultAlreadyExists"):
        elsewhere.caller.create("keyvault:Vault", VAULT)
    estate.caller.delete(vault)
    with pytest.raises(Refused, match=r"VaultAlreadyExists.*deleted vault of another subscription"):
        elsewhere.caller.create("keyvault:Vault", _vault(createMode="recover"))


def test_purge_protection_stays_and_stops_a_purge(estate: Estate, database: Path) -> None:
    vault = estate.caller.create("keyvault:Vault", _vault(enablePurgeProtection=True))
    vault = estate.caller.update(vault, VAULT)
    assert vault.outputs["properties"]["enablePurgeProtection"] is True
    estate.caller.delete(vault)
    with pytest.raises(Refusal, match="purge protection"), Database(database).write() as transaction:
        purge(transaction, "kv-dev-claims")
    again = estate.caller.create("keyvault:Vault", _vault(createMode="recover"))
    assert again.outputs["properties"]["enablePurgeProtection"] is True


def test_a_purged_vault_frees_its_name(estate: Estate, database: Path) -> None:
    estate.caller.delete(estate.caller.create("keyvault:Vault", VAULT))
    with Database(database).write() as transaction:
        purge(transaction, "kv-dev-claims")
    assert estate.caller.create("keyvault:Vault", VAULT).id


def test_the_retention_of_a_vault_cannot_be_changed(estate: Estate) -> None:
    vault = estate.caller.create("keyvault:Vault", VAULT)
    with pytest.raises(Refused, match='"softDeleteRetentionInDays" has been set already'):
        estate.caller.update(vault, _vault(softDeleteRetentionInDays=30))
