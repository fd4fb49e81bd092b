"""Key Vault of one application: role-based, soft-deleting, and protected from purging where the tier says so."""

from typing import NotRequired, TypedDict

import pulumi
from pulumi_azure_native import keyvault


class VaultArgs(TypedDict):
    """What a vault needs to know."""

    resource_group_name: pulumi.Input[str]
    """Resource group it is made in."""
    location: pulumi.Input[str]
    """Region, by its programmatic name."""
    vault_name: pulumi.Input[str]
    """Name of the vault, unique in the world."""
    tenant_id: pulumi.Input[str]
    """GUID of the tenant whose identities may be let in."""
    soft_delete_days: pulumi.Input[int]
    """Days a deleted vault keeps its name and its secrets; fixed when the vault is made."""
    purge_protection: bool
    """Nobody can empty the deleted vault before those days are over. It cannot be taken back."""
    recover: NotRequired[bool]
    """Bring back the soft-deleted vault of this name instead of making one; counts only while the vault is not there."""
    private: NotRequired[bool]
    """Reached by private endpoints only. What is set in Azure is left alone when not given."""
    tags: pulumi.Input[dict[str, str]]
    """Put on everything that takes tags; say whose it is."""


class Vault(pulumi.ComponentResource):
    """A vault for an application's own secrets. Their values are put in by people; Hubkeeper never sees one.

    `destroy` leaves the name taken by the soft-deleted vault. Creating it again fails until it is recovered (`recover`) or,
    without purge protection, purged. "Azure Key Vault recovery management", learn.microsoft.com, read 2026-11-22.
    """

    vault_id: pulumi.Output[str]
    """Azure's id of the vault."""
    vault_uri: pulumi.Output[str]
    """Where its secrets are put and read."""

    def __init__(self, name: str, args: VaultArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("hubkeeper:index:Vault", name, {}, opts)

        properties: keyvault.VaultPropertiesArgsDict = {
            "tenant_id": args["tenant_id"],
            "sku": {"family": keyvault.SkuFamily.A, "name": keyvault.SkuName.STANDARD},
            "enable_rbac_authorization": True,
            "enable_soft_delete": True,
            "soft_delete_retention_in_days": args["soft_delete_days"],
        }
        if args["purge_protection"]:  # Azure refuses false here: it is left out instead
            properties["enable_purge_protection"] = True
        if args.get("private"):
            properties["public_network_access"] = "Disabled"
        if args.get("recover"):
            properties["create_mode"] = keyvault.CreateMode.RECOVER

        self.vault = keyvault.Vault(
            f"{name}-vault",
            vault_name=args["vault_name"],
            resource_group_name=args["resource_group_name"],
            location=args["location"],
            properties=properties,
            tags=args["tags"],
            opts=pulumi.ResourceOptions(parent=self, ignore_changes=["properties.createMode"]),
        )
        self.vault_id = self.vault.id
        self.vault_uri = self.vault.properties.apply(lambda known: known.vault_uri or "")
        self.register_outputs({"vault_id": self.vault_id})
