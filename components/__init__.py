"""How an environment is provisioned: Pulumi components, one a file, made of generated azure-native types.

Secure as they stand; names and wiring come in as arguments. `build` is the one place that reads the description.
"""

from components.app_identity import AppIdentity, AppIdentityArgs, Grant
from components.deployment_slot import DeploymentSlot, DeploymentSlotArgs
from components.durable_app import DurableApp, DurableAppArgs, SlotSettings
from components.from_description import build
from components.function_app import FunctionApp, FunctionAppArgs
from components.hosting_plan import HostingPlan, HostingPlanArgs
from components.site import SiteArgs
from components.task_hub_store import TaskHubStore, TaskHubStoreArgs
from components.telemetry import Telemetry, TelemetryArgs
from components.vault import Vault, VaultArgs

__all__ = [
    "AppIdentity",
    "AppIdentityArgs",
    "DeploymentSlot",
    "DeploymentSlotArgs",
    "DurableApp",
    "DurableAppArgs",
    "FunctionApp",
    "FunctionAppArgs",
    "Grant",
    "HostingPlan",
    "HostingPlanArgs",
    "SiteArgs",
    "SlotSettings",
    "TaskHubStore",
    "TaskHubStoreArgs",
    "Telemetry",
    "TelemetryArgs",
    "Vault",
    "VaultArgs",
    "build",
]
