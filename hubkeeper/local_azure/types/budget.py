"""Microsoft.Consumption/budgets: what a scope may cost in a month."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from ..refusal import Failure
from ..wire import reveal, unwrap
from .declaration import NameRule, ResourceType

_FIRST_OF_MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])-01(T00:00:00Z)?")
_MOST_NOTIFICATIONS = 5


def _check(inputs: Mapping[str, Any]) -> list[Failure]:
    return list(_wrong(inputs))


def _wrong(inputs: Mapping[str, Any]) -> Iterator[Failure]:
    period = reveal(inputs.get("timePeriod"))
    start = period.get("startDate") if isinstance(period, Mapping) else None
    if isinstance(start, str) and not _FIRST_OF_MONTH.fullmatch(start):
        yield Failure("400", f"'timePeriod.startDate' is {start}; it can be the first day of a month")
    amount = unwrap(inputs.get("amount"))
    if isinstance(amount, int | float) and amount <= 0:
        yield Failure("400", f"'amount' is {amount}; it can be above 0")
    notifications = reveal(inputs.get("notifications"))
    told = notifications if isinstance(notifications, Mapping) else {}
    if len(told) > _MOST_NOTIFICATIONS:
        yield Failure("400", f"the budget has {len(told)} notifications; it can have {_MOST_NOTIFICATIONS}")
    for name, one in told.items():
        if isinstance(one, Mapping) and not any(one.get(f"contact{who}") for who in ("Emails", "Groups", "Roles")):
            yield Failure("400", f"the notification '{name}' tells nobody")


BUDGET = ResourceType(
    token="azure-native:consumption:Budget",
    arm_type="Microsoft.Consumption/budgets",
    api_version="2024-08-01",
    id_form="{scope}/providers/Microsoft.Consumption/budgets/{budgetName}",
    located=False,
    source="Budgets: SDK docstrings (3.29); the first of a month: azure-rest-api-specs issue 3918, read 2026-11-22",
    name_rule=NameRule("budgetName", r"[A-Za-z0-9_-]{1,63}", "1 to 63 letters, digits, underscores and hyphens"),
    check=_check,
)

TYPES = (BUDGET,)
