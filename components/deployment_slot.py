"""Deployment slot: a second place for code beside production, with a task hub of its own."""

from typing import TypedDict

import pulumi
from pulumi_azure_native import web

from components.known_after import known_after
from components.site import SiteArgs, site_config, site_identity, site_kind
from components.site_access import ask_for_token_at_slot
from components.site_network import public_access_of, routing_of, subnet_of


class DeploymentSlotArgs(TypedDict):
    """What a slot needs to know."""

    site: SiteArgs
    """The shape of the site, with the slot's own settings."""
    slot: str
    """Name of the slot beside production."""


class DeploymentSlot(pulumi.ComponentResource):
    """A slot. It is made after the list of sticky settings, so that no swap can ever carry its hub away."""

    slot_id: pulumi.Output[str]
    """Azure's id of the slot."""
    host_name: pulumi.Output[str]
    """Where it answers over HTTPS."""

    def __init__(self, name: str, args: DeploymentSlotArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("hubkeeper:index:DeploymentSlot", name, {}, opts)
        child = pulumi.ResourceOptions(parent=self)
        site, slot = args["site"], args["slot"]

        self.slot = web.WebAppSlot(
            f"{name}-slot",
            name=site["site_name"],
            slot=slot,
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
        slot_name, group = known_after(self.slot, slot), site["resource_group_name"]
        self.no_ftp_password = web.WebAppFtpAllowedSlot(
            f"{name}-ftp", name=site["site_name"], slot=slot_name, resource_group_name=group, allow=False, opts=child
        )
        self.no_scm_password = web.WebAppScmAllowedSlot(
            f"{name}-scm", name=site["site_name"], slot=slot_name, resource_group_name=group, allow=False, opts=child
        )
        if token := site.get("access", {}).get("authentication"):
            self.authentication = ask_for_token_at_slot(name, site["site_name"], slot_name, group, token, child)
        self.slot_id = self.slot.id
        self.host_name = self.slot.default_host_name
        self.register_outputs({"slot_id": self.slot_id, "host_name": self.host_name})
