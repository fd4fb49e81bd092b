"""How a site stands in a virtual network: what it reaches through it, and whether anybody else reaches the site."""

from typing import TypedDict

import pulumi
from pulumi_azure_native import web


class SiteNetwork(TypedDict):
    """A site's place in a network. Each slot needs it as well, and the same: then a swap changes nothing of it."""

    subnet_id: pulumi.Input[str]
    """Subnet its plan is integrated with, delegated as the plan wants it."""
    public: bool
    """Whether it answers to everybody; else by private endpoints only."""
    routed: bool
    """Whether it must be told to send everything through the network. Flex Consumption always does."""


def subnet_of(place: SiteNetwork | None) -> pulumi.Input[str] | None:
    """The subnet of a site; None outside of any network."""
    return place["subnet_id"] if place else None


def routing_of(place: SiteNetwork | None) -> web.OutboundVnetRoutingArgsDict | None:
    """What goes through the network: all that the application sends, public addresses too.

    No content share and no image is fetched here, so nothing is said of them ("Manage virtual network routing",
    configure-vnet-integration-routing, read 2026-11-23).
    """
    return {"application_traffic": True} if place and place["routed"] else None


def public_access_of(place: SiteNetwork | None) -> str | None:
    """Azure's word for a site that only private endpoints lead to; nothing is said of one that is open."""
    return "Disabled" if place and not place["public"] else None
