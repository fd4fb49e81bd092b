"""Inputs of an environment, as the components would send them, to be varied by a test."""

from functools import cached_property
from typing import Any

from tests.local_azure.driver import TENANT, Caller, Created

LOCATION = "westeurope"
GROUP = "rg-dev"
STORAGE_ACCOUNT: dict[str, Any] = {
    "resourceGroupName": GROUP,
    "accountName": "stdevclaims",
    "location": LOCATION,
    "kind": "StorageV2",
    "sku": {"name": "Standard_ZRS"},
    "allowSharedKeyAccess": False,
    "minimumTlsVersion": "TLS1_2",
}
VAULT: dict[str, Any] = {
    "resourceGroupName": GROUP,
    "vaultName": "kv-dev-claims",
    "location": LOCATION,
    "properties": {
        "tenantId": TENANT,
        "sku": {"family": "A", "name": "standard"},
        "enableRbacAuthorization": True,
        "softDeleteRetentionInDays": 7,
    },
}


class Estate:
    """Creates what a test asks for, parents first."""

    def __init__(self, caller: Caller, group: str = GROUP) -> None:
        self.caller = caller
        self.group = caller.create(
            "resources:ResourceGroup", {"resourceGroupName": group, "location": LOCATION}, f"group-{group}"
        )

    def plan(self, sku: str = "EP1", name: str = "plan-dev", linux: bool = True) -> Created:
        inputs = {
            "resourceGroupName": GROUP,
            "name": name,
            "location": LOCATION,
            "reserved": linux,
            "sku": {"name": sku},
        }
        return self.caller.create("web:AppServicePlan", inputs, name)

    @cached_property
    def store(self) -> Created:
        return self.caller.create("storage:StorageAccount", STORAGE_ACCOUNT, "store")

    @cached_property
    def identity(self) -> Created:
        inputs = {"resourceGroupName": GROUP, "resourceName": "id-dev", "location": LOCATION}
        return self.caller.create("managedidentity:UserAssignedIdentity", inputs, "identity")

    def site(self, plan: Created, **over: Any) -> dict[str, Any]:
        """Inputs of a Function App on a plan."""
        return {
            "resourceGroupName": GROUP,
            "name": "func-dev-claims",
            "location": LOCATION,
            "kind": "functionapp,linux",
            "reserved": True,
            "serverFarmId": plan.id,
            "siteConfig": {"linuxFxVersion": "PYTHON|3.12", "appSettings": []},
        } | over

    def app(self, plan: Created, **over: Any) -> Created:
        return self.caller.create("web:WebApp", self.site(plan, **over), str(over.get("name", "app")))

    def slot(self, plan: Created, slot: str = "staging", **over: Any) -> Created:
        return self.caller.create("web:WebAppSlot", self.site(plan, slot=slot, **over), slot)

    def assignment(self, name: str, principal: str = "", role: str = "b7e6dc6d-f1e8-4753-8033-0f276bb0955b") -> Created:
        inputs = {
            "roleAssignmentName": name,
            "scope": self.store.id,
            "principalId": principal or self.identity.outputs["principalId"],
            "principalType": "ServicePrincipal",
            "roleDefinitionId": f"/providers/Microsoft.Authorization/roleDefinitions/{role}",
        }
        return self.caller.create("authorization:RoleAssignment", inputs, name)
