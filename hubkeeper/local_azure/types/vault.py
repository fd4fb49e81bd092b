"""Microsoft.KeyVault/vaults: a name taken in the whole world, also by vaults that are only soft-deleted."""

from collections.abc import Mapping
from typing import Any

from ..database import DeletedVault, Stored, Transaction
from ..refusal import Failure, Refusal
from ..wire import unwrap
from .declaration import NameRule, ResourceType, Target

_IN_DELETED_STATE = (
    "A vault with the same name already exists in deleted state. You need to either recover or purge existing key "
    "vault. Follow this link https://go.microsoft.com/fwlink/?linkid=2149745 for more information on soft delete."
)
DEFAULT_RETENTION_DAYS = 90
"""Soft-delete retention when none is given; 7 to 90 are allowed (SDK docstring of VaultProperties, 3.29)."""


def _properties(values: Mapping[str, Any]) -> Mapping[str, Any]:
    properties = unwrap(values.get("properties"))
    return properties if isinstance(properties, Mapping) else {}


def _check(inputs: Mapping[str, Any]) -> list[Failure]:
    properties = _properties(inputs)
    failures = []
    if unwrap(properties.get("enablePurgeProtection")) is False:
        failures.append(
            Failure(
                "BadRequest",
                'The property "enablePurgeProtection" cannot be set to false. Enabling the purge protection for a '
                "vault is an irreversible action.",
            )
        )
    if unwrap(properties.get("enableSoftDelete")) is False:
        failures.append(
            Failure(
                "BadRequest", 'The property "enableSoftDelete" cannot be set to false: every vault has soft delete.'
            )
        )
    days = unwrap(properties.get("softDeleteRetentionInDays"))
    if isinstance(days, int) and not 7 <= days <= DEFAULT_RETENTION_DAYS:
        failures.append(Failure("BadRequest", f"'properties.softDeleteRetentionInDays' is {days}; it can be 7 to 90"))
    return failures


def _taken(target: Target, _: Stored) -> Refusal:
    return Refusal(
        409,
        "VaultAlreadyExists",
        f"The vault name '{target.text('vaultName')}' is already in use. Vault names are globally unique so it is "
        "possible that the name is already taken.",
    )


def _revive(transaction: Transaction, target: Target) -> Stored | None:
    name = target.text("vaultName")
    deleted = transaction.deleted_vault(name)
    recover = unwrap(_properties(target.inputs).get("createMode")) == "recover"
    if deleted is None:
        if recover:
            raise Refusal(404, "DeletedVaultNotFound", f"There is no deleted vault named '{name}' to recover.")
        return None
    if deleted.subscription != target.account.subscription_id:
        raise Refusal(
            409,
            "VaultAlreadyExists",
            f"The vault name '{name}' is already in use by a deleted vault of another subscription.",
        )
    if not recover:
        raise Refusal(409, "ConflictError", _IN_DELETED_STATE)
    if deleted.id.lower() != target.id.lower() or deleted.location != target.place:
        # A deleted vault is looked up by subscription and location (REST: locations/deletedVaults).
        raise Refusal(
            409,
            "ConflictError",
            f"The deleted vault '{name}' can only be recovered to where it was: '{deleted.id}' in {deleted.location}.",
        )
    transaction.unbury(name)
    return Stored(deleted.id, VAULT.token, "", deleted.subscription, deleted.inputs, deleted.outputs)


def _admit(_: Transaction, target: Target) -> None:
    if target.existing is None:
        return
    wanted = unwrap(_properties(target.inputs).get("softDeleteRetentionInDays"))
    present = _properties(target.existing.outputs).get("softDeleteRetentionInDays")
    if isinstance(wanted, int) and wanted != present:
        sentence = 'The property "softDeleteRetentionInDays" has been set already and it can\'t be modified.'
        raise Refusal(400, "BadRequest", sentence)


def _bury(transaction: Transaction, vault: Stored) -> None:
    properties = _properties(vault.outputs)
    days = int(properties.get("softDeleteRetentionInDays", DEFAULT_RETENTION_DAYS))
    protected = properties.get("enablePurgeProtection") is True
    name = vault.id.rsplit("/", 1)[-1]
    place = str(vault.outputs.get("location", ""))
    transaction.bury(
        DeletedVault(name, vault.id, place, vault.subscription, protected, days, vault.inputs, vault.outputs)
    )


def purge(transaction: Transaction, name: str) -> None:
    """Removes a soft-deleted vault for good, as `az keyvault purge` does; refused under purge protection."""
    vault = transaction.deleted_vault(name)
    if vault is None:
        raise Refusal(404, "DeletedVaultNotFound", f"There is no deleted vault named '{name}'.")
    if vault.purge_protected:
        raise Refusal(
            409,
            "MethodNotAllowed",
            f"Operation 'DeletedVaultPurge' is not allowed: the vault '{name}' has purge protection enabled.",
        )
    transaction.unbury(name)


def _computed(target: Target) -> dict[str, Any]:
    before = _properties(target.existing.outputs) if target.existing else {}
    given = _properties(target.inputs)
    days = given.get("softDeleteRetentionInDays", before.get("softDeleteRetentionInDays", DEFAULT_RETENTION_DAYS))
    answer: dict[str, Any] = {
        "vaultUri": f"https://{target.text('vaultName').lower()}.vault.azure.net/",
        "provisioningState": "Succeeded",
        "enableSoftDelete": True,
        "enableRbacAuthorization": given.get("enableRbacAuthorization", False),  # unset is false: SDK docstring, 3.29
        "softDeleteRetentionInDays": days,
    }
    if before.get("enablePurgeProtection") is True:
        answer["enablePurgeProtection"] = True  # irreversible: leaving it out later does not take it away
    return {"properties": answer}


VAULT = ResourceType(
    token="azure-native:keyvault:Vault",
    arm_type="Microsoft.KeyVault/vaults",
    api_version="2024-11-01",
    id_form="/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Microsoft.KeyVault/vaults/{vaultName}",
    source="Azure REST specs, keyvault.json 2024-11-01, read 2026-11-22; sentences: data-safe-haven issue 2523",
    name_rule=NameRule(
        "vaultName",
        r"(?!.*--)[A-Za-z][A-Za-z0-9-]{1,22}[A-Za-z0-9]",
        "3 to 24 letters, digits and single hyphens, starting with a letter, ending with a letter or digit",
        "VaultNameNotValid",
    ),
    # No forced replacement: keyvault.json has no x-ms-mutability and forceNewMap no Vault (both read 2026-11-22), so a move
    # is an update to azure-native, which Azure refuses.
    check=_check,
    revive=_revive,
    admit=_admit,
    computed=_computed,
    global_names=lambda target: [("vaults", target.text("vaultName"))],
    name_taken=_taken,
    before_delete=_bury,
)

TYPES = (VAULT,)
