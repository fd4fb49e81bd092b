"""Budget: tells when a month has cost, or will cost, what was said."""

from typing import TypedDict

import pulumi
from pulumi_azure_native import consumption


class BudgetArgs(TypedDict):
    """What a budget needs to know."""

    scope: pulumi.Input[str]
    """Id of the resource group whose cost is counted."""
    budget_name: str
    """Name of the budget."""
    monthly: float
    """In the currency of the subscription's bills."""
    starts: str
    """First day of a month, like 2026-12-01."""
    emails: list[str]
    """Who is mailed."""


class Budget(pulumi.ComponentResource):
    """Mails at four fifths of what was said and when a forecast reaches it. It stops nothing."""

    budget_id: pulumi.Output[str]
    """Azure's id of the budget."""

    def __init__(self, name: str, args: BudgetArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("hubkeeper:index:Budget", name, {}, opts)
        told = {
            kind: consumption.NotificationArgs(
                enabled=True,
                operator=consumption.OperatorType.GREATER_THAN_OR_EQUAL_TO,
                threshold=threshold,
                threshold_type=kind,
                contact_emails=args["emails"],
            )
            for kind, threshold in (("Actual", 80.0), ("Forecasted", 100.0))
        }

        self.budget = consumption.Budget(
            f"{name}-budget",
            budget_name=args["budget_name"],
            scope=args["scope"],
            amount=args["monthly"],
            category=consumption.CategoryType.COST,
            time_grain=consumption.TimeGrainType.MONTHLY,
            time_period={"start_date": f"{args['starts']}T00:00:00Z"},
            notifications=told,
            opts=pulumi.ResourceOptions(parent=self),
        )
        self.budget_id = self.budget.id
        self.register_outputs({"budget_id": self.budget_id})
