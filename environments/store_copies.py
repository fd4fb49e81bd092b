"""Which copies of a storage account Azure changes in place, and what is done where it does not.

"Change how a storage account is replicated", learn.microsoft.com, 2025-10-10: copies in another region and reading there are
added and taken away in place, zones by a conversion that Azure does on its own time. A plain change is answered with
"Values for request parameters are invalid: sku." (terraform-provider-azurerm issue 6526, MicrosoftDocs/azure-docs issue 47207).
The command: azure-cli 2.91.0, storage account migration start.
"""

#: Copies in several zones, each with the ones that are otherwise like it.
_ZONAL = {"ZRS": "LRS", "GZRS": "GRS", "RAGZRS": "RAGRS"}
OVER_ZONES = tuple(_ZONAL)
_OTHERS = {**_ZONAL, **{plain: zonal for zonal, plain in _ZONAL.items()}}


def needs_conversion(before: str, after: str) -> bool:
    """Whether zones come or go: ZRS is one of `LRS`, `ZRS`, `GRS`, `GZRS`, `RAGRS`, `RAGZRS`."""
    return before in _OTHERS and after in _OTHERS and (before in OVER_ZONES) != (after in OVER_ZONES)


def conversion(before: str, after: str, account: str = "…", group: str = "…") -> str:
    """How zones come or go: the command, and what follows. Each conversion leaves the copies in another region as they are."""
    first = _OTHERS[before]
    then = "" if first == after else f", then {after} in place"
    return (
        f"`az storage account migration start --account-name {account} --resource-group {group} --sku Standard_{first} --name "
        f"default` asks for it (days, and hubs go on working){then}"
    )
