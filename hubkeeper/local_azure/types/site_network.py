"""What Azure refuses of a site's place in a virtual network: plans that have none, and subnets that are not for them.

functions-networking-options and overview-vnet-integration, learn.microsoft.com, read 2026-11-23.
"""

import ipaddress

from ..database import Stored, Transaction
from ..refusal import Refusal
from .declaration import Target
from .network import delegations_of, endpoints_in, is_elsewhere, prefixes, users_of
from .skus import Sku

_FLEX, _OTHERS = "Microsoft.App/environments", "Microsoft.Web/serverFarms"
#: A smaller subnet than /27 is taken on Flex Consumption, which then has fewer gateways.
_SMALLEST = 28


def refuse_network(transaction: Transaction, target: Target, plan: Stored, sku: Sku | None) -> None:
    """Raises Refusal for the first thing that is wrong with the subnet a site is integrated with."""
    subnet_id = target.text("virtualNetworkSubnetId")
    if not subnet_id or sku is None:
        return
    if sku.tier in ("Dynamic", "Free", "Shared"):
        # azure-quickstart-templates and others report the sentence for plans that are too small.
        raise Refusal(
            409, "Conflict", f"Adding this VNET would exceed the App Service Plan VNET limit of 0 ({sku.tier})."
        )
    subnet = transaction.get(subnet_id)
    if subnet is None:
        if is_elsewhere(transaction, subnet_id):
            return
        raise Refusal(404, "NotFound", f"Subnet {subnet_id} was not found.")
    _refuse_place(transaction, target, subnet_id)
    _refuse_delegation(subnet, _FLEX if sku.tier == "FlexConsumption" else _OTHERS)
    _refuse_company(transaction, target, subnet, plan, sku)


def _names(subnet_id: str) -> tuple[str, str]:
    network, _, subnet = subnet_id.rsplit("/", 3)[1:]
    return subnet, network


def _refuse_place(transaction: Transaction, target: Target, subnet_id: str) -> None:
    network = transaction.get(subnet_id.rsplit("/subnets/", 1)[0])
    if network is not None and network.outputs.get("location") != target.place:
        # The words are not confirmed; that both are in one region is.
        raise Refusal(
            409, "Conflict", f"The virtual network of subnet {subnet_id} is not in the region '{target.place}'."
        )


def _refuse_delegation(subnet: Stored, wanted: str) -> None:
    name, network = _names(subnet.id)
    if wanted.lower() not in [one.lower() for one in delegations_of(subnet)]:
        # azure-quickstart-templates issue 8813.
        raise Refusal(
            400,
            "BadRequest",
            f"Subnet {name} in VNET {network} is missing a delegation to {wanted}. Please add the delegation and try again.",
        )
    if wanted == _FLEX and "_" in name:
        raise Refusal(
            400, "BadRequest", f"Subnet {name}: names with an underscore are not supported on Flex Consumption."
        )


def _refuse_company(transaction: Transaction, target: Target, subnet: Stored, plan: Stored, sku: Sku) -> None:
    """No private endpoints beside a plan, and no second plan; of the latter the page says the reverse as well."""
    name, network = _names(subnet.id)
    taken = [one for one in users_of(transaction, subnet.id) if _plan_of(transaction, one) not in ("", plan.id.lower())]
    if endpoints_in(transaction, subnet.id) or (sku.tier != "FlexConsumption" and taken):
        raise Refusal(
            409, "Conflict", f"Subnet {name} in VNET {network} is already in use by another resource or plan."
        )
    sizes = [ipaddress.IPv4Network(one).prefixlen for one in prefixes(subnet.inputs)]
    if sku.tier != "FlexConsumption" and sizes and min(sizes) > _SMALLEST:
        raise Refusal(400, "BadRequest", f"Subnet {name} in VNET {network} is too small: /{_SMALLEST} at least.")


def _plan_of(transaction: Transaction, user: Stored) -> str:
    """The plan of a site or slot in a subnet; a slot that names none has that of its site."""
    own = str(user.inputs.get("serverFarmId", ""))
    if own or "/slots/" not in user.id:
        return own.lower()
    site = transaction.get(user.id.rsplit("/slots/", 1)[0])
    return str(site.inputs.get("serverFarmId", "")).lower() if site else ""
