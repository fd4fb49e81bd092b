"""Diagnostics: what the resources of an application write into the workspace about who did what to them."""

from typing import TypedDict

import pulumi
from pulumi_azure_native import monitor


class DiagnosticArgs(TypedDict):
    """What one resource writes."""

    name: str
    """Ends the logical name."""
    resource_id: pulumi.Input[str]
    """Id of what is watched."""
    categories: list[str]
    """Log categories, as Azure names them."""


class DiagnosticsArgs(TypedDict):
    """What diagnostics need to know."""

    workspace_id: pulumi.Input[str]
    """Id of the workspace that is written into."""
    settings: list[DiagnosticArgs]
    """One for each resource."""


class Diagnostics(pulumi.ComponentResource):
    """A diagnostic setting for each resource, to one workspace."""

    setting_ids: list[pulumi.Output[str]]
    """Ids of the settings, in their order."""

    def __init__(self, name: str, args: DiagnosticsArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("hubkeeper:index:Diagnostics", name, {}, opts)

        self.settings = [
            monitor.DiagnosticSetting(
                f"{name}-{one['name']}-logs",
                name="hubkeeper",
                resource_uri=one["resource_id"],
                workspace_id=args["workspace_id"],
                logs=[{"category": category, "enabled": True} for category in one["categories"]],
                opts=pulumi.ResourceOptions(parent=self),
            )
            for one in args["settings"]
        ]
        self.setting_ids = [setting.id for setting in self.settings]
        self.register_outputs({"setting_ids": self.setting_ids})
