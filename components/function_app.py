"""Function App: production of one application, with the list of settings that stay with their slot."""

from typing import TypedDict

import pulumi
from pulumi_azure_native import web

from components.known_after import known_after
from components.site import SiteArgs, site_config, site_identity, site_kind
from components.site_access import ask_for_token
from components.site_network import public_access_of, routing_of, subnet_of


class FunctionAppArgs(TypedDict):
    """What a function app needs to know."""

    site: SiteArgs
    """The shape of the site, with production's settings."""
    sticky_settings: list[str]
    """Names of the settings that stay with their slot when code is swapped. A site has one such list for all its slots."""


class FunctionApp(pulumi.ComponentResource):
    """The site. Reached over HTTPS only, with no FTP and no publishing password."""

    site_id: pulumi.Output[str]
    """Azure's id of the site."""
    host_name: pulumi.Output[str]
    """Where it answers over HTTPS."""
    settled_name: pulumi.Output[str]
    """The site's name, once the list of sticky settings is there."""

    def __init__(self, name: str, args: FunctionAppArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("hubkeeper:index:FunctionApp", name, {}, opts)
        child = pulumi.ResourceOptions(parent=self)
        site = args["site"]

        self.site = web.WebApp(
            f"{name}-site",
            name=site["site_name"],
            resource_group_name=site["resource_group_name"],
            location=site["location"],
            kind=site_kind(site),
            reserved=not site.get("windows", False),
            server_farm_id=site["plan_id"],
            identity=site_identity(site["identity_id"]),
            key_vault_reference_identity=site["identity_id"],
            https_only=True,
            virtual_network_subnet_id=subnet_of(site.get("network")),
            outbound_vnet_routing=routing_of(site.get("network")),
            public_network_access=public_access_of(site.get("network")),
            client_affinity_enabled=False,
            site_config=site_config(site),
            tags=site["tags"],
            opts=child,
        )
        site_name = known_after(self.site, site["site_name"])
        self.sticky = web.WebAppSlotConfigurationNames(
            f"{name}-sticky",
            name=site_name,
            resource_group_name=site["resource_group_name"],
            app_setting_names=args["sticky_settings"],
            opts=child,
        )
        self.no_ftp_password = web.WebAppFtpAllowed(
            f"{name}-ftp", name=site_name, resource_group_name=site["resource_group_name"], allow=False, opts=child
        )
        self.no_scm_password = web.WebAppScmAllowed(
            f"{name}-scm", name=site_name, resource_group_name=site["resource_group_name"], allow=False, opts=child
        )
        if token := site.get("access", {}).get("authentication"):
            self.authentication = ask_for_token(name, site_name, site["resource_group_name"], token, child)
        self.settled_name = known_after(self.sticky, site["site_name"])
        self.site_id = self.site.id
        self.host_name = self.site.default_host_name
        self.register_outputs({"site_id": self.site_id, "host_name": self.host_name})
