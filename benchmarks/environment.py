"""A made-up environment of any size, of the resource types and in the proportions of a real one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import pulumi
from pulumi import Input, Output, ResourceOptions
from pulumi_azure_native import (
    Provider,
    applicationinsights,
    authorization,
    keyvault,
    managedidentity,
    operationalinsights,
    resources,
    storage,
    web,
)

BLOCK: Final = 25
"""Resources of one function app with its slot, its component included."""
ROLES: Final = ("blob", "queue", "table", "metrics", "secrets", "slot-blob", "slot-queue", "slot-table")


def environment(size: int) -> Callable[[], None]:
    """A program of as many resources, in blocks of 25, and one provider."""

    def program() -> None:
        provider = Provider("azure", subscription_id="00000000-0000-0000-0000-000000000000")
        for number in range(size // BLOCK):
            App(f"app{number:02}", ResourceOptions(provider=provider))

    return program


class App(pulumi.ComponentResource):
    """A function app with everything it needs, some twenty settings, and a slot."""

    def __init__(self, name: str, opts: ResourceOptions) -> None:
        super().__init__("bench:index:App", name, {}, opts)
        self.label = name
        self.child = ResourceOptions(parent=self)
        self.tags = {"environment": "bench", "owner": "platform", "app": name}
        self.group = resources.ResourceGroup(
            f"{name}-group", resource_group_name=f"rg-{name}", location="westeurope", tags=self.tags, opts=self.child
        )
        self.insights = self._telemetry()
        self.identity = managedidentity.UserAssignedIdentity(
            f"{name}-identity",
            resource_name_=f"id-{name}",
            resource_group_name=self.group.name,
            tags=self.tags,
            opts=self.child,
        )
        self.account, self.packages = self._store()
        self._vault()
        self._roles()
        self._sites()
        self.register_outputs({"identity": self.identity.client_id})

    def _telemetry(self) -> applicationinsights.Component:
        workspace = operationalinsights.Workspace(
            f"{self.label}-logs",
            workspace_name=f"log-{self.label}",
            resource_group_name=self.group.name,
            retention_in_days=90,
            sku={"name": "PerGB2018"},
            tags=self.tags,
            opts=self.child,
        )
        return applicationinsights.Component(
            f"{self.label}-insights",
            resource_name_=f"appi-{self.label}",
            resource_group_name=self.group.name,
            kind="web",
            application_type="web",
            workspace_resource_id=workspace.id,
            tags=self.tags,
            opts=self.child,
        )

    def _store(self) -> tuple[storage.StorageAccount, storage.BlobContainer]:
        account = storage.StorageAccount(
            f"{self.label}-store",
            account_name=f"st{self.label}",
            resource_group_name=self.group.name,
            kind="StorageV2",
            sku={"name": "Standard_ZRS"},
            allow_shared_key_access=False,
            allow_blob_public_access=False,
            minimum_tls_version="TLS1_2",
            tags=self.tags,
            opts=ResourceOptions(parent=self, protect=True),
        )
        storage.BlobServiceProperties(
            f"{self.label}-blobs",
            account_name=f"st{self.label}",
            blob_services_name="default",
            resource_group_name=self.group.name,
            delete_retention_policy={"enabled": True, "days": 14},
            opts=ResourceOptions(parent=self, depends_on=[account]),
        )
        packages = storage.BlobContainer(
            f"{self.label}-packages",
            account_name=account.name,
            container_name="packages",
            resource_group_name=self.group.name,
            opts=self.child,
        )
        return account, packages

    def _vault(self) -> None:
        keyvault.Vault(
            f"{self.label}-vault",
            vault_name=f"kv-{self.label}",
            resource_group_name=self.group.name,
            properties={
                "tenant_id": "00000000-0000-0000-0000-000000000000",
                "sku": {"family": "A", "name": keyvault.SkuName.STANDARD},
                "enable_rbac_authorization": True,
            },
            tags=self.tags,
            opts=self.child,
        )

    def _roles(self) -> None:
        for role in ROLES:
            authorization.RoleAssignment(
                f"{self.label}-{role}",
                role_assignment_name=f"{self.label}-{role}",
                principal_id=self.identity.principal_id,
                principal_type="ServicePrincipal",
                role_definition_id=f"/providers/Microsoft.Authorization/roleDefinitions/{role}",
                scope=self.account.id,
                opts=self.child,
            )

    def _sites(self) -> None:
        plan = web.AppServicePlan(
            f"{self.label}-plan",
            name=f"plan-{self.label}",
            resource_group_name=self.group.name,
            kind="elastic",
            reserved=True,
            sku={"name": "EP1", "tier": "ElasticPremium"},
            tags=self.tags,
            opts=self.child,
        )
        name, group = f"func-{self.label}", self.group.name
        identity: web.ManagedServiceIdentityArgsDict = {
            "type": web.ManagedServiceIdentityType.USER_ASSIGNED,
            "user_assigned_identities": [self.identity.id],
        }
        app = web.WebApp(
            f"{self.label}-app",
            name=name,
            resource_group_name=group,
            kind="functionapp,linux",
            server_farm_id=plan.id,
            https_only=True,
            identity=identity,
            site_config=self._site_config(f"{self.label}hub"),
            tags=self.tags,
            opts=self.child,
        )
        slot = web.WebAppSlot(
            f"{self.label}-slot",
            name=app.name,
            slot="staging",
            resource_group_name=group,
            kind="functionapp,linux",
            server_farm_id=plan.id,
            https_only=True,
            identity=identity,
            site_config=self._site_config(f"{self.label}slothub"),
            tags=self.tags,
            opts=self.child,
        )
        of_app = ResourceOptions(parent=self, depends_on=[app])
        of_slot = ResourceOptions(parent=self, depends_on=[slot])
        web.WebAppSlotConfigurationNames(
            f"{self.label}-sticky",
            name=app.name,
            resource_group_name=group,
            app_setting_names=["TASKHUB_NAME"],
            opts=self.child,
        )
        web.WebAppFtpAllowed(f"{self.label}-ftp", name=name, resource_group_name=group, allow=False, opts=of_app)
        web.WebAppScmAllowed(f"{self.label}-scm", name=name, resource_group_name=group, allow=False, opts=of_app)
        web.WebAppFtpAllowedSlot(
            f"{self.label}-slot-ftp", name=name, slot="staging", resource_group_name=group, allow=False, opts=of_slot
        )
        web.WebAppScmAllowedSlot(
            f"{self.label}-slot-scm", name=name, slot="staging", resource_group_name=group, allow=False, opts=of_slot
        )

    def _site_config(self, hub: str) -> web.SiteConfigArgsDict:
        values: dict[str, Input[str]] = {
            "TASKHUB_NAME": hub,
            "AzureWebJobsStorage__accountName": self.account.name,
            "AzureWebJobsStorage__clientId": self.identity.client_id,
            "APPLICATIONINSIGHTS_CONNECTION_STRING": self.insights.connection_string,
            "PACKAGE": Output.concat("https://", self.account.name, "/", self.packages.name),
        }
        values |= {f"SETTING_{number:02}": f"value {number}" for number in range(15)}
        return {
            "linux_fx_version": "Python|3.12",
            "ftps_state": "Disabled",
            "min_tls_version": "1.2",
            "app_settings": [{"name": name, "value": value} for name, value in values.items()],
        }
