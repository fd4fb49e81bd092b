"""What a single database of Azure SQL can be: its service objectives, whether zones are for it, how far it can be taken back."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ..wire import unwrap


@dataclass(frozen=True)
class SqlSku:
    """A service objective. `capacity` is in DTUs or virtual cores; `backup_days`: the most of point-in-time restore.

    `least` has a serverless one: the lowest minCapacity it takes; `capacity` is the highest.
    """

    name: str
    tier: str
    capacity: int
    zonal: bool
    backup_days: int = 35
    least: float | None = None


def _dtu(tier: str, zonal: bool, **capacities: int) -> tuple[SqlSku, ...]:
    return tuple(SqlSku(name, tier, capacity, zonal) for name, capacity in capacities.items())


def _serverless(**capacities: float) -> tuple[SqlSku, ...]:
    return tuple(
        SqlSku("GP_S_Gen5", "GeneralPurpose", int(of[1:]), True, 35, least) for of, least in capacities.items()
    )


def _vcore(name: str, tier: str, *capacities: int) -> tuple[SqlSku, ...]:
    return tuple(SqlSku(name, tier, capacity, True) for capacity in capacities)


#: Names and capacities: Resource limits for single databases, DTU (2023-05-19) and vCore (2024-07-02); zones: Availability
#: through redundancy (2025-10-21); days: DTU-based purchasing model (2022-04-06) and Automated backups (2022-07-20). All of
#: MicrosoftDocs/sql-docs, azure-sql/database, each by the date in its head. Of serverless ones and Hyperscale (HS_Gen5): vCore,
#: 2022-11-28. Hyperscale on other hardware and serverless Hyperscale are not here.
SQL_SKUS = (
    SqlSku("Basic", "Basic", 5, False, 7),
    *_dtu("Standard", False, S0=10, S1=20, S2=50, S3=100, S4=200, S6=400, S7=800, S9=1600, S12=3000),
    *_dtu("Premium", True, P1=125, P2=250, P4=500, P6=1000, P11=1750, P15=4000),
    *_vcore("GP_Gen5", "GeneralPurpose", 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 24, 32, 40, 80, 128),
    *_serverless(c1=0.5, c2=0.5, c4=0.5, c6=0.75, c8=1, c10=1.25, c12=1.5, c14=1.75, c16=2, c18=2.25),
    *_serverless(c20=2.5, c24=3, c32=4, c40=5, c80=10),
    *_vcore("BC_Gen5", "BusinessCritical", 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 24, 32, 40, 80, 128),
    *_vcore("HS_Gen5", "Hyperscale", 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 24, 32, 40, 80),
)


def sku_of(inputs: Mapping[str, Any]) -> SqlSku | None:
    """The SKU that a database is told, by name and capacity or by one name for both, as Azure takes either."""
    sku = unwrap(inputs.get("sku"))
    if not isinstance(sku, Mapping):
        return None
    name, capacity = unwrap(sku.get("name")), unwrap(sku.get("capacity"))
    for one in SQL_SKUS:
        if name == f"{one.name}_{one.capacity}" or (name == one.name and capacity in (None, one.capacity)):
            return one
    return None
