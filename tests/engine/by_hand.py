"""An environment as people make one in a portal, straight in the local Azure: no engine, no component and no name of ours.

Keys are on and in the settings, the files are on a content share, the identity is the site's own, the tags are others, the hub
is named by a setting that host.json reads, and the network has the names that wizards give.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from tests.engine.workbench import Workbench
from tests.local_azure.driver import Caller, Created, process

GROUP, STORE, SITE, PLAN, VAULT = (
    "Legacy-Claims",
    "legacyclaims01",
    "Legacy-Claims",
    "ASP-LegacyClaims-9a1b",
    "legacy-claims-kv",
)
SLOT, HUB, SLOT_HUB, HOST_ID = "staging", "ClaimsHub", "ClaimsHubStaging", "legacy-claims"
#: Made up for this test; what has to be seen nowhere.
KEY = "bWFkZSB1cCBieSBoYW5k"
LOCATION, TAGS = "westeurope", {"Dept": "claims", "env": "PoC"}
SERVICES = ("blob", "queue", "table", "vault")
ZONES = {
    **{one: f"privatelink.{one}.core.windows.net" for one in SERVICES[:3]},
    "vault": "privatelink.vaultcore.azure.net",
}
#: With an interface of Azure's own, with one that was named, and with a name for every part.
ENDPOINTS: dict[str, dict[str, str]] = {
    "blob": {"name": "legacy-blob"},
    "queue": {"name": "legacy-queue", "network_interface_name": "legacy-queue-nic"},
    "table": {"name": "legacy-table"},
    "vault": {
        "name": "legacy-kv",
        "network_interface_name": "legacy-kv-nic",
        "private_service_connection_name": "legacy-kv-0",
        "private_dns_zone_group_name": "privatelink",
    },
}


def describe(document: dict[str, Any]) -> None:
    """What is there, in the words of a description."""
    claims = document["apps"]["claims"]
    claims["names"] = {
        "storage_account": STORE,
        "function_app": SITE,
        "host_id": HOST_ID,
        "plan": PLAN,
        "key_vault": VAULT,
        "subnet": "apps",
        "private_endpoints": ENDPOINTS,
    }
    claims["task_hub"]["name"] = HUB
    claims["slots"][SLOT] |= {"task_hub": SLOT_HUB, "host_id": f"{HOST_ID}-{SLOT}"}
    claims["network"] = {"subnet": "10.40.1.0/26"}
    document["network"] = {"address_space": ["10.40.0.0/22"], "private_endpoints": {"subnet": "10.40.0.0/26"}}
    document["names"] = {
        "resource_group": GROUP,
        "virtual_network": "vnet-legacy",
        "private_endpoint_subnet": "endpoints",
        "zone_links": dict.fromkeys(SERVICES, "to-legacy"),
    }


@contextmanager
def by_hand(bench: Workbench, description: Mapping[str, Any]) -> Iterator["ByHand"]:
    """A hand at the portal of a project's local Azure."""
    database = bench.root / ".hubkeeper" / "local" / "azure.db"
    database.parent.mkdir(parents=True, exist_ok=True)
    with process(database) as (_, port):
        yield ByHand(Caller(port, description["subscription_id"], description["tenant_id"]), description["tenant_id"])


@dataclass(frozen=True)
class ByHand:
    """Makes one thing after another."""

    azure: Caller
    tenant: str

    def _make(self, token: str, /, **inputs: Any) -> Created:
        return self.azure.create(token, {"resourceGroupName": GROUP, **inputs})

    def environment(self) -> None:
        """All of it, in the order in which it is possible."""
        self._make("resources:ResourceGroup", location=LOCATION, tags=TAGS)
        self._network()
        shape = self._site_shape()
        self._make("web:WebApp", **shape, siteConfig=_config("TaskHubName", HUB))
        self._make("web:WebAppSlot", **shape, slot=SLOT, siteConfig=_config("TaskHubName", SLOT_HUB))
        self._make("web:WebAppSlotConfigurationNames", name=SITE, appSettingNames=["TaskHubName"])

    def container(self) -> None:
        """`az storage container create --name packages`."""
        self._make("storage:BlobContainer", accountName=STORE, containerName="packages", publicAccess="None")

    @cached_property
    def store(self) -> Created:
        """Its keys are on, as they are where nobody says otherwise."""
        return self._make(
            "storage:StorageAccount",
            accountName=STORE,
            location=LOCATION,
            kind="StorageV2",
            sku={"name": "Standard_LRS"},
            allowSharedKeyAccess=True,
            publicNetworkAccess="Disabled",
            tags=TAGS,
        )

    @cached_property
    def vault(self) -> Created:
        """Closed, with roles."""
        properties = {
            "tenantId": self.tenant,
            "sku": {"family": "A", "name": "standard"},
            "enableRbacAuthorization": True,
            "softDeleteRetentionInDays": 90,
            "publicNetworkAccess": "disabled",
        }
        return self._make("keyvault:Vault", vaultName=VAULT, location=LOCATION, properties=properties, tags=TAGS)

    @cached_property
    def vnet(self) -> Created:
        """The network, without its subnets."""
        space = {"addressPrefixes": ["10.40.0.0/22"]}
        return self._make(
            "network:VirtualNetwork", virtualNetworkName="vnet-legacy", location=LOCATION, addressSpace=space, tags=TAGS
        )

    @cached_property
    def apps(self) -> Created:
        """The subnet of the plan."""
        web = {"name": "delegation", "serviceName": "Microsoft.Web/serverFarms"}
        return self._subnet("apps", "10.40.1.0/26", delegations=[web])

    def _subnet(self, name: str, range_: str, **other: Any) -> Created:
        vnet = self.vnet.inputs["virtualNetworkName"]
        return self._make("network:Subnet", virtualNetworkName=vnet, subnetName=name, addressPrefix=range_, **other)

    def _network(self) -> None:
        subnet = self._subnet("endpoints", "10.40.0.0/26", privateEndpointNetworkPolicies="Disabled")
        for service, names in ENDPOINTS.items():
            named = names.get("network_interface_name")
            connection = {
                "name": names.get("private_service_connection_name", names["name"]),
                "groupIds": [service],
                "privateLinkServiceId": (self.vault if service == "vault" else self.store).id,
            }
            self._make(
                "network:PrivateEndpoint",
                privateEndpointName=names["name"],
                location=LOCATION,
                subnet={"id": subnet.id},
                privateLinkServiceConnections=[connection],
                tags=TAGS,
                **({"customNetworkInterfaceName": named} if named else {}),
            )
            zone = self._make("privatedns:PrivateZone", privateZoneName=ZONES[service], location="global")
            self._make(
                "privatedns:VirtualNetworkLink",
                privateZoneName=ZONES[service],
                virtualNetworkLinkName="to-legacy",
                location="global",
                registrationEnabled=False,
                virtualNetwork={"id": self.vnet.id},
            )
            self._make(
                "network:PrivateDnsZoneGroup",
                privateEndpointName=names["name"],
                privateDnsZoneGroupName=names.get("private_dns_zone_group_name", "default"),
                privateDnsZoneConfigs=[{"name": ZONES[service].replace(".", "-"), "privateDnsZoneId": zone.id}],
            )

    def _site_shape(self) -> dict[str, Any]:
        plan = self._make(
            "web:AppServicePlan",
            name=PLAN,
            location=LOCATION,
            kind="elastic",
            reserved=True,
            sku={"name": "EP1", "tier": "ElasticPremium"},
        )
        return {
            "name": SITE,
            "location": LOCATION,
            "kind": "functionapp,linux",
            "reserved": True,
            "serverFarmId": plan.id,
            "identity": {"type": "SystemAssigned"},
            "virtualNetworkSubnetId": self.apps.id,
            "tags": TAGS,
        }


def _config(hub_setting: str, hub: str) -> dict[str, Any]:
    """What a portal writes."""
    key = f"DefaultEndpointsProtocol=https;AccountName={STORE};AccountKey={KEY};EndpointSuffix=core.windows.net"
    settings = {
        "AzureWebJobsStorage": key,
        "FUNCTIONS_EXTENSION_VERSION": "~4",
        "FUNCTIONS_WORKER_RUNTIME": "python",
        "WEBSITE_CONTENTAZUREFILECONNECTIONSTRING": key,
        "WEBSITE_CONTENTSHARE": f"legacy-claims{hub.lower()}",
        "WEBSITE_RUN_FROM_PACKAGE": "1",
        hub_setting: hub,
    }
    listed = [{"name": name, "value": value} for name, value in settings.items()]
    return {"linuxFxVersion": "Python|3.12", "appSettings": listed}
