"""Function App on Flex Consumption: runtime, deployment and scale are properties of the site, and there are no slots."""

from typing import NotRequired, TypedDict

import pulumi
from pulumi_azure_native import web

from components.known_after import known_after
from components.site import KIND, site_identity
from components.site_access import SiteAccess, add_restrictions, ask_for_token
from components.site_network import SiteNetwork, public_access_of, routing_of, subnet_of


class FlexScale(TypedDict):
    """How an application on Flex Consumption runs and grows."""

    runtime_name: str
    """Language worker, like `python`."""
    runtime_version: str
    """Its version, like `3.12`. Azure takes one that does not exist, and the application then never starts."""
    always_ready: dict[str, int]
    """Instances that always run, by group: http, blob, durable, or function:<its name>."""
    instance_memory_mb: int
    """Memory of an instance in megabytes: 512, 2048 or 4096."""
    maximum_instances: int
    """Instances at most."""
    rolling_updates: bool
    """Let what runs end when code or settings change, instead of stopping it. Counts from the next change on."""


class FlexFunctionAppArgs(TypedDict):
    """What a function app on Flex Consumption needs to know."""

    resource_group_name: pulumi.Input[str]
    """Resource group it is made in."""
    location: pulumi.Input[str]
    """Region, by its programmatic name."""
    site_name: pulumi.Input[str]
    """Name of the site, unique in the world."""
    plan_id: pulumi.Input[str]
    """Id of the plan, which takes no other application."""
    identity_id: pulumi.Input[str]
    """Id of the identity that the code runs as, and that reads the deployment container and the vault."""
    package_container_url: pulumi.Input[str]
    """Address of the blob container that deployments are put in."""
    scale: FlexScale
    """How it runs and grows."""
    access: NotRequired[SiteAccess]
    """Who may reach it; what is set in Azure is left alone when not given."""
    network: NotRequired[SiteNetwork]
    """Its place in a virtual network; it is in none when not given."""
    app_settings: dict[str, pulumi.Input[str]]
    """Every application setting by name. None holds a secret: secrets are references into the vault."""
    tags: pulumi.Input[dict[str, str]]
    """Put on everything that takes tags; say whose it is."""


class FlexFunctionApp(pulumi.ComponentResource):
    """The site. Reached over HTTPS only and with no publishing password; there is no FTP on this plan.

    What Flex Consumption has deprecated is left out, since the resource manager refuses it (51021).
    """

    site_id: pulumi.Output[str]
    """Azure's id of the site."""
    host_name: pulumi.Output[str]
    """Where it answers over HTTPS."""

    def __init__(self, name: str, args: FlexFunctionAppArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("hubkeeper:index:FlexFunctionApp", name, {}, opts)
        child = pulumi.ResourceOptions(parent=self)
        group = args["resource_group_name"]

        self.site = web.WebApp(
            f"{name}-site",
            name=args["site_name"],
            resource_group_name=group,
            location=args["location"],
            kind=KIND,
            reserved=True,
            server_farm_id=args["plan_id"],
            identity=site_identity(args["identity_id"]),
            key_vault_reference_identity=args["identity_id"],
            https_only=True,
            virtual_network_subnet_id=subnet_of(args.get("network")),
            outbound_vnet_routing=routing_of(args.get("network")),
            public_network_access=public_access_of(args.get("network")),
            client_affinity_enabled=False,
            function_app_config=_function_app_config(args),
            site_config=_site_config(args),
            tags=args["tags"],
            opts=child,
        )
        self.no_scm_password = web.WebAppScmAllowed(
            f"{name}-scm",
            name=known_after(self.site, args["site_name"]),
            resource_group_name=group,
            allow=False,
            opts=child,
        )
        if token := args.get("access", {}).get("authentication"):
            site_name = known_after(self.site, args["site_name"])
            self.authentication = ask_for_token(name, site_name, group, token, child)
        self.site_id = self.site.id
        self.host_name = self.site.default_host_name
        self.register_outputs({"site_id": self.site_id, "host_name": self.host_name})


def _site_config(args: FlexFunctionAppArgs) -> web.SiteConfigArgsDict:
    config: web.SiteConfigArgsDict = {
        "min_tls_version": web.SupportedTlsVersions.SUPPORTED_TLS_VERSIONS_1_2,
        "scm_min_tls_version": web.SupportedTlsVersions.SUPPORTED_TLS_VERSIONS_1_2,
        "http20_enabled": True,
        "remote_debugging_enabled": False,
        "app_settings": [{"name": key, "value": value} for key, value in sorted(args["app_settings"].items())],
    }
    if "access" in args:
        add_restrictions(config, args["access"])
    return config


def _function_app_config(args: FlexFunctionAppArgs) -> web.FunctionAppConfigArgsDict:
    scale = args["scale"]
    strategies = web.SiteUpdateStrategyType
    return {
        "deployment": {
            "storage": {
                "type": web.FunctionsDeploymentStorageType.BLOB_CONTAINER,
                "value": args["package_container_url"],
                "authentication": {
                    "type": web.AuthenticationType.USER_ASSIGNED_IDENTITY,
                    "user_assigned_identity_resource_id": args["identity_id"],
                },
            }
        },
        "runtime": {"name": scale["runtime_name"], "version": scale["runtime_version"]},
        "scale_and_concurrency": {
            "always_ready": [
                {"name": group, "instance_count": count} for group, count in sorted(scale["always_ready"].items())
            ],
            "instance_memory_mb": scale["instance_memory_mb"],
            "maximum_instance_count": scale["maximum_instances"],
        },
        "site_update_strategy": {
            "type": strategies.ROLLING_UPDATE if scale["rolling_updates"] else strategies.RECREATE
        },
    }
