"""Workbook: the page in Application Insights that operators of one application look at first."""

from typing import TypedDict

import pulumi
from pulumi_azure_native import applicationinsights


class WorkbookArgs(TypedDict):
    """What a workbook needs to know."""

    resource_group_name: pulumi.Input[str]
    """Resource group it is made in."""
    location: str
    """Region, by its programmatic name."""
    workbook_name: str
    """A GUID: Azure takes no other name."""
    title: str
    """What people find it by; unique in the resource group."""
    content: pulumi.Input[str]
    """The workbook itself: JSON in a text."""
    application_insights_id: pulumi.Input[str]
    """Id of the component under whose workbooks it is listed."""
    tags: pulumi.Input[dict[str, str]]
    """Put on everything that takes tags; say whose it is."""


class Workbook(pulumi.ComponentResource):
    """A shared workbook. Whoever may read the component sees it; its queries need a right to read the workspace."""

    workbook_id: pulumi.Output[str]
    """Azure's id of the workbook."""

    def __init__(self, name: str, args: WorkbookArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("hubkeeper:index:Workbook", name, {}, opts)

        self.workbook = applicationinsights.Workbook(
            f"{name}-workbook",
            resource_name_=args["workbook_name"],
            resource_group_name=args["resource_group_name"],
            location=args["location"],
            kind=applicationinsights.WorkbookSharedTypeKind.SHARED,
            category="workbook",
            display_name=args["title"],
            serialized_data=args["content"],
            source_id=args["application_insights_id"],
            version="Notebook/1.0",
            tags=args["tags"],
            opts=pulumi.ResourceOptions(parent=self),
        )
        self.workbook_id = self.workbook.id
        self.register_outputs({"workbook_id": self.workbook_id})
