"""Telemetry: a Log Analytics workspace and the Application Insights component that writes into it."""

from typing import NotRequired, TypedDict

import pulumi
from pulumi_azure_native import applicationinsights, operationalinsights


class TelemetryArgs(TypedDict):
    """What telemetry needs to know."""

    resource_group_name: pulumi.Input[str]
    """Resource group it is made in."""
    location: pulumi.Input[str]
    """Region, by its programmatic name."""
    workspace_name: pulumi.Input[str]
    """Name of the Log Analytics workspace."""
    application_insights_name: pulumi.Input[str]
    """Name of the Application Insights component."""
    retention_days: pulumi.Input[int]
    """Days that both keep what they hold. The workspace's value is the one that counts; both are set so that they agree."""
    daily_cap_gb: pulumi.Input[float]
    """Gigabytes a day after which ingestion stops until the next."""
    public_ingestion: NotRequired[bool]
    """Whether telemetry is taken at public addresses; true when not given."""
    tags: pulumi.Input[dict[str, str]]
    """Put on everything that takes tags; say whose it is."""


class Telemetry(pulumi.ComponentResource):
    """Workspace-based Application Insights. Local authentication is off: telemetry is sent as an identity, not with a key."""

    connection_string: pulumi.Output[str]
    """Where telemetry goes. No secret: without local authentication its key opens nothing."""
    application_insights_id: pulumi.Output[str]
    """Azure's id of the component."""
    workspace_id: pulumi.Output[str]
    """Azure's id of the workspace."""

    def __init__(self, name: str, args: TelemetryArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("hubkeeper:index:Telemetry", name, {}, opts)
        child = pulumi.ResourceOptions(parent=self)
        ingestion = None if args.get("public_ingestion", True) else "Disabled"

        self.workspace = operationalinsights.Workspace(
            f"{name}-workspace",
            workspace_name=args["workspace_name"],
            resource_group_name=args["resource_group_name"],
            location=args["location"],
            sku={"name": operationalinsights.WorkspaceSkuNameEnum.PER_GB2018},
            retention_in_days=args["retention_days"],
            workspace_capping={"daily_quota_gb": args["daily_cap_gb"]},
            public_network_access_for_ingestion=ingestion,
            tags=args["tags"],
            opts=child,
        )
        self.application_insights = applicationinsights.Component(
            f"{name}-insights",
            resource_name_=args["application_insights_name"],
            resource_group_name=args["resource_group_name"],
            location=args["location"],
            kind="web",
            application_type=applicationinsights.ApplicationType.WEB,
            ingestion_mode=applicationinsights.IngestionMode.LOG_ANALYTICS,
            workspace_resource_id=self.workspace.id,
            retention_in_days=args["retention_days"],
            disable_local_auth=True,
            public_network_access_for_ingestion=ingestion,
            tags=args["tags"],
            opts=child,
        )
        self.connection_string = self.application_insights.connection_string
        self.application_insights_id = self.application_insights.id
        self.workspace_id = self.workspace.id
        self.register_outputs(
            {"application_insights_id": self.application_insights_id, "workspace_id": self.workspace_id}
        )
