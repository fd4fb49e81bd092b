"""What a single database of Azure SQL can be: its service objectives, whether zones are for it, how far it can be taken back."""

from dataclasses import dataclass


@dataclass(frozen=True)
class SqlSku:
    """A service objective. `capacity` is in DTUs or virtual cores; `backup_days`: the most of point-in-time restore."""

    name: str
    tier: str
    capacity: int
    zonal: bool
    backup_days: int = 35


def _dtu(tier: str, zonal: bool, **capacities: int) -> tuple[SqlSku, ...]:
    return tuple(SqlSku(name, tier, capacity, zonal) for name, capacity in capacities.items())


def _vcore(name: str, tier: str, *capacities: int) -> tuple[SqlSku, ...]:
    return tuple(SqlSku(name, tier, capacity, True) for capacity in capacities)


#: Names and capacities: Resource limits for single databases, DTU (2023-05-19) and vCore (2024-07-02); zones: Availability
#: through redundancy (2025-10-21); days: DTU-based purchasing model (2022-04-06) and Automated backups (2022-07-20). All of
#: MicrosoftDocs/sql-docs, azure-sql/database, each by the date in its head. Hyperscale is not here.
SQL_SKUS = (
    SqlSku("Basic", "Basic", 5, False, 7),
    *_dtu("Standard", False, S0=10, S1=20, S2=50, S3=100, S4=200, S6=400, S7=800, S9=1600, S12=3000),
    *_dtu("Premium", True, P1=125, P2=250, P4=500, P6=1000, P11=1750, P15=4000),
    *_vcore("GP_Gen5", "GeneralPurpose", 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 24, 32, 40, 80, 128),
    *_vcore("GP_S_Gen5", "GeneralPurpose", 1, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 24, 32, 40, 80),
    *_vcore("BC_Gen5", "BusinessCritical", 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 24, 32, 40, 80, 128),
)
