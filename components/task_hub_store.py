"""Task-hub store: the storage account in which the running orchestrations of one application live."""

import hashlib
import re
from typing import NotRequired, TypedDict

import pulumi
from pulumi_azure_native import storage

from components.known_after import known_after


class LifecycleRuleArgs(TypedDict):
    """Blobs that are deleted by age."""

    prefix: str
    """A container, its /, and how the blobs begin: without the / the rule reaches into containers that begin alike."""
    delete_after_days: int
    """Days since a blob was last written."""


class TaskHubStoreArgs(TypedDict):
    """What a store needs to know."""

    resource_group_name: pulumi.Input[str]
    """Resource group it is made in."""
    location: pulumi.Input[str]
    """Region, by its programmatic name."""
    account_name: pulumi.Input[str]
    """Name of the storage account, unique in the world."""
    redundancy: str
    """LRS, ZRS, GRS, GZRS, RAGRS or RAGZRS."""
    soft_delete_days: pulumi.Input[int]
    """Days a deleted blob or container can be brought back. Tables and queues, where a hub's state is, have no such thing."""
    package_container: pulumi.Input[str]
    """Name of the private container that packages are read from."""
    protected: bool
    """The engine refuses to delete or replace the account."""
    lifecycle: NotRequired[list[LifecycleRuleArgs]]
    """Blobs that are deleted by age. Never those of a hub, of the host or of packages, which are needed however old they are."""
    shared_keys: NotRequired[bool]
    """Keys stay on: only until every site has stopped using one. They are off when not given."""
    private: NotRequired[bool]
    """Reached by private endpoints only. What is set in Azure is left alone when not given."""
    tags: pulumi.Input[dict[str, str]]
    """Put on everything that takes tags; say whose it is."""


class TaskHubStore(pulumi.ComponentResource):
    """A storage account of its own, reached by identity only, with the private container that packages are read from."""

    account_id: pulumi.Output[str]
    """Azure's id of the account."""
    package_container_url: pulumi.Output[str]
    """Address of the container that packages are read from, once it is there."""

    def __init__(self, name: str, args: TaskHubStoreArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("hubkeeper:index:TaskHubStore", name, {}, opts)
        child = pulumi.ResourceOptions(parent=self)
        retention: storage.DeleteRetentionPolicyArgsDict = {"enabled": True, "days": args["soft_delete_days"]}

        self.account = storage.StorageAccount(
            f"{name}-store",
            account_name=args["account_name"],
            resource_group_name=args["resource_group_name"],
            location=args["location"],
            kind=storage.Kind.STORAGE_V2,
            sku={"name": f"Standard_{args['redundancy']}"},
            access_tier=storage.AccessTier.HOT,
            allow_blob_public_access=False,
            allow_cross_tenant_replication=False,
            allow_shared_key_access=args.get("shared_keys", False),
            default_to_o_auth_authentication=True,
            enable_https_traffic_only=True,
            minimum_tls_version=storage.MinimumTlsVersion.TLS1_2,
            public_network_access=storage.PublicNetworkAccess.DISABLED if args.get("private") else None,
            tags=args["tags"],
            opts=pulumi.ResourceOptions(parent=self, protect=args["protected"]),
        )
        account_name = known_after(self.account, args["account_name"])
        self.blob_service = storage.BlobServiceProperties(
            f"{name}-blobs",
            account_name=account_name,
            resource_group_name=args["resource_group_name"],
            blob_services_name="default",
            delete_retention_policy=retention,
            container_delete_retention_policy=retention,
            opts=child,
        )
        self.packages = storage.BlobContainer(
            f"{name}-packages",
            account_name=account_name,
            resource_group_name=args["resource_group_name"],
            container_name=args["package_container"],
            public_access=storage.PublicAccess.NONE,
            opts=child,
        )
        if rules := args.get("lifecycle"):
            self.lifecycle = storage.ManagementPolicy(
                f"{name}-lifecycle",
                account_name=account_name,
                resource_group_name=args["resource_group_name"],
                management_policy_name="default",
                policy={"rules": [_rule(rule) for rule in rules]},
                opts=child,
            )
        container = known_after(self.packages, args["package_container"])
        self.account_id = self.account.id
        self.package_container_url = pulumi.Output.format(
            "https://{0}.blob.core.windows.net/{1}", args["account_name"], container
        )
        self.register_outputs({"account_id": self.account_id})


def _rule(args: LifecycleRuleArgs) -> storage.ManagementPolicyRuleArgsDict:
    """A rule is named by its prefix, in letters and digits, and by a hash that keeps two apart that look alike then."""
    words = "-".join(part for part in re.split(r"[^A-Za-z0-9]+", args["prefix"]) if part)
    tail = hashlib.sha256(args["prefix"].encode()).hexdigest()[:6]
    return {
        "name": f"delete-{words}-{tail}",
        "enabled": True,
        "type": storage.RuleType.LIFECYCLE,
        "definition": {
            "actions": {
                "base_blob": {"delete": {"days_after_modification_greater_than": float(args["delete_after_days"])}}
            },
            "filters": {"blob_types": ["blockBlob"], "prefix_match": [args["prefix"]]},
        },
    }
