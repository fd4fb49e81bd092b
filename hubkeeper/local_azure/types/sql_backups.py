"""Microsoft.Sql/servers/databases: how far a database can be taken back, and which of its backups are kept for long."""

import re
from collections.abc import Mapping
from typing import Any

from ..database import Transaction
from ..refusal import Failure, Refusal
from ..wire import unwrap
from .declaration import Target
from .sql_skus import sku_of

_LENGTH = re.compile(r"P(?:(\d+)(D|W|M|Y)|T0S)")
#: "Dev/sonjac/ltr api update", azure-rest-api-specs pull request 25701, 2023-09-20: days, weeks and years; months: azurerm
#: issue 26906, 2024-08-01. Azure's code and words for what is outside are not confirmed.
_MOST = {"D": 3650, "W": 520, "M": 120, "Y": 10}
_NONE = ("PT0S", "P0D", "P0W", "P0M", "P0Y")


def check_backups(inputs: Mapping[str, Any]) -> list[Failure]:
    """How far a database can be taken back, whatever it is."""
    days = unwrap(inputs.get("retentionDays"))
    return [_too_far(days, 35)] if isinstance(days, int) and not 1 <= days <= 35 else []


def _too_far(days: int, most: int) -> Failure:
    # 1 to 35, Basic 1 to 7: Automated backups in Azure SQL Database, 2022-07-20. Seen with Basic: azure-docs issue 68676.
    told = f"The retention days of {days} is not a valid configuration."
    return Failure(
        "InvalidBackupRetentionPeriod", f"{told} Valid backup retention in days must be between 1 and {most}"
    )


def admit_backups(transaction: Transaction, target: Target) -> None:
    """The same for the database that is there."""
    database = transaction.get(target.id.rsplit("/", 2)[0])
    known = sku_of(database.inputs) if database else None
    days = unwrap(target.inputs.get("retentionDays"))
    if known and isinstance(days, int) and days > known.backup_days:
        failure = _too_far(days, known.backup_days)
        raise Refusal(400, failure.code, failure.sentence)


def check_long_term(inputs: Mapping[str, Any]) -> list[Failure]:
    """The lengths, and the week that years want."""
    lengths = {key: unwrap(inputs.get(key)) for key in ("weeklyRetention", "monthlyRetention", "yearlyRetention")}
    wrong = [key for key, value in lengths.items() if isinstance(value, str) and not _is_length(value)]
    if wrong:
        return [
            Failure("InvalidParameterValue", f"'{wrong[0]}' is no length that backups are kept: {lengths[wrong[0]]}.")
        ]
    yearly, week = lengths["yearlyRetention"], unwrap(inputs.get("weekOfYear"))
    if (
        isinstance(yearly, str)
        and yearly not in _NONE
        and (week is None or (isinstance(week, int) and not 1 <= week <= 52))
    ):
        # Code and words: azurerm pull requests 15801 (2022-03-11) and 24124 (2023-12-05).
        sentence = "WeekOfYear is required to be set between 1 and 52 in order to set yearly retention."
        return [Failure("LongTermRetentionMissingWeekOfYear", sentence)]
    return []


def _is_length(text: str) -> bool:
    found = _LENGTH.fullmatch(text)
    return found is not None and (found[1] is None or int(found[1]) <= _MOST[found[2]])


def admit_long_term(transaction: Transaction, target: Target) -> None:
    """A serverless database that may pause takes no such policy: Serverless compute tier, 2024-09-24. Code not confirmed."""
    database = transaction.get(target.id.rsplit("/", 2)[0])
    known = sku_of(database.inputs) if database else None
    if database and known and known.least is not None and unwrap(database.inputs.get("autoPauseDelay")) != -1:
        sentence = "Long Term Retention is not supported : auto-pause of the serverless database must be disabled."
        raise Refusal(400, "LongTermRetentionPolicyNotSupported", sentence)
