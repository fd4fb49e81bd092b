"""Microsoft.Sql/servers/databases: what serverless and Hyperscale databases take, and which tier none of them goes back to.

MicrosoftDocs/sql-docs, azure-sql/database, each by the date in its head. Azure's codes and words are not confirmed but where it
is said: the pages tell what cannot be, and not how it is refused.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from ..database import Transaction
from ..refusal import Failure, Refusal
from ..wire import has_unknown, unwrap
from .declaration import Target
from .sql_skus import SqlSku, sku_of

_INVALID = "InvalidParameterValue"
_HYPERSCALE = "Hyperscale"
_NEVER = -1
_WHOLE_ZONES = ("Zone", "GeoZone")


def scaling_failures(inputs: Mapping[str, Any], known: SqlSku) -> Iterator[Failure]:
    """What a database of a known SKU cannot be told, as far as it needs no look at what is there."""
    least, kept = known.least, unwrap(inputs.get("minCapacity"))
    if least is not None and isinstance(kept, int | float) and not least <= kept <= known.capacity:
        # The range: Resource limits for single databases, vCore, 2022-11-28. What Azure does with it on other SKUs is not
        # known (azurerm pull request 6083: ignored; issue 30849: to be refused), so it is let through there.
        sentence = f"The minimum capacity {kept:g} is not between {least:g} and {known.capacity}."
        yield Failure(_INVALID, sentence)
    delay = unwrap(inputs.get("autoPauseDelay"))
    if least is not None and isinstance(delay, int) and delay != _NEVER and not 15 <= delay <= 10_080:
        # Serverless compute tier, 2024-09-24, has 60 to 10080; azurerm issue 27664 (2024-10-16) asks for 15 and more.
        yield Failure(_INVALID, f"The auto-pause delay {delay} is neither -1 nor within 15 to 10080 minutes.")
    if known.tier == _HYPERSCALE and unwrap(inputs.get("zoneRedundant")) is True:
        yield from _zones(inputs)


def _zones(inputs: Mapping[str, Any]) -> Iterator[Failure]:
    # Availability through redundancy, 2025-10-21: a replica at least, and backups over zones.
    copies = inputs.get("requestedBackupStorageRedundancy")
    told = str(unwrap(copies) or "Geo")
    if not has_unknown(copies) and told not in _WHOLE_ZONES:
        # The words: azure-sdk-for-net issue 44775, 2024-06-27.
        yield Failure(
            "ProvisioningDisabled",
            f"Provisioning of zone redundant Hyperscale database with {told.lower()} backup redundancy is not supported. Zone "
            "redundant Hyperscale databases must use either zone or geo zone backup redundancy.",
        )
    if unwrap(inputs.get("highAvailabilityReplicaCount")) == 0:
        yield Failure("ProvisioningDisabled", "A zone redundant Hyperscale database has one replica at least.")


def refuse_tier(_: Transaction, target: Target) -> None:
    """Refuses the changes that Azure makes of no database, whatever it was made of."""
    if target.existing is None:
        return
    before, after = sku_of(target.existing.inputs), sku_of(target.inputs)
    if before is None or after is None:
        return
    if before.tier == _HYPERSCALE and after.tier != _HYPERSCALE:
        # Reverse migrate from Hyperscale (in manage-hyperscale-database.md, 2024-02-22). One that came from another tier goes
        # back to GeneralPurpose within 45 days; nobody here counts them, so none does.
        raise Refusal(400, _INVALID, f"A database of the tier Hyperscale cannot be changed to {after.tier}.")
    if before.tier == "Basic" and after.tier == _HYPERSCALE:
        # Convert an existing database to Hyperscale, 2026-06-15.
        raise Refusal(400, _INVALID, "Direct conversion from the Basic service tier to Hyperscale isn't supported.")
    if before.tier == _HYPERSCALE:
        # Availability through redundancy, 2025-10-21; Automated backups for Hyperscale databases, 2022-07-20.
        for key, otherwise in (("zoneRedundant", False), ("requestedBackupStorageRedundancy", "Geo")):
            was, now = (unwrap(inputs.get(key)) for inputs in (target.existing.inputs, target.inputs))
            if (otherwise if was is None else was) != (otherwise if now is None else now):
                sentence = f"'{key}' of a Hyperscale database can be set when it is created only."
                raise Refusal(400, _INVALID, sentence)
