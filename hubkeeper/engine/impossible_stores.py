"""Changes of a store that Azure is certain to refuse, read from the steps of a preview."""

from collections.abc import Iterator, Sequence

from environments.store_copies import conversion, needs_conversion
from hubkeeper.engine.guard import Step, plain_type, text_at

_STORE = "azure-native:storage:StorageAccount"


def impossible_stores(steps: Sequence[Step]) -> Iterator[str]:
    """A line for each store that zones would be added to or taken from.

    A store that Azure has converted already is known as it is after a `pulumi refresh`, and then there is no step.
    """
    for step in steps:
        if plain_type(step.type) == _STORE and step.op == "update":
            before, after = (text_at(inputs, "sku.name").rpartition("_")[2] for inputs in (step.inputs, step.wanted))
            if needs_conversion(before, after):
                account, group = (
                    str((step.inputs or {}).get(key, "…")) for key in ("accountName", "resourceGroupName")
                )
                yield (
                    f"storage account {account} would go from {before} to {after}, which Azure refuses in place: "
                    f"{conversion(before, after, account, group)}; when it is done, "
                    f"`pulumi refresh -s {step.urn.split(':')[2]}` and come again"
                )
