"""How an environment is provisioned: Pulumi components, one a file, made of generated azure-native types.

Secure as they stand; names and wiring come in as arguments. `build` is the one place that reads the description.
"""

from components.alerting import Alerting, AlertingArgs
from components.app_identity import AppIdentity, AppIdentityArgs, Grant
from components.budget import Budget, BudgetArgs
from components.deployment_slot import DeploymentSlot, DeploymentSlotArgs
from components.diagnostics import Diagnostics, DiagnosticsArgs
from components.durable_app import DurableApp, DurableAppArgs, SlotSettings
from components.flex_function_app import FlexFunctionApp, FlexFunctionAppArgs, FlexScale
from components.from_description import build
from components.function_app import FunctionApp, FunctionAppArgs
from components.hosting_plan import HostingPlan, HostingPlanArgs
from components.load_scaling import LoadScaling, LoadScalingArgs
from components.operator_roles import OperatorRoleArgs, OperatorRoles, OperatorRolesArgs
from components.site import SiteArgs
from components.store_lock import StoreLock, StoreLockArgs
from components.task_hub_scheduler import SchedulerSpec, TaskHubScheduler, TaskHubSchedulerArgs
from components.task_hub_store import TaskHubStore, TaskHubStoreArgs
from components.telemetry import Telemetry, TelemetryArgs
from components.vault import Vault, VaultArgs

__all__ = [
    "Alerting",
    "AlertingArgs",
    "AppIdentity",
    "AppIdentityArgs",
    "Budget",
    "BudgetArgs",
    "DeploymentSlot",
    "DeploymentSlotArgs",
    "Diagnostics",
    "DiagnosticsArgs",
    "DurableApp",
    "DurableAppArgs",
    "FlexFunctionApp",
    "FlexFunctionAppArgs",
    "FlexScale",
    "FunctionApp",
    "FunctionAppArgs",
    "Grant",
    "HostingPlan",
    "HostingPlanArgs",
    "LoadScaling",
    "LoadScalingArgs",
    "OperatorRoleArgs",
    "OperatorRoles",
    "OperatorRolesArgs",
    "SchedulerSpec",
    "SiteArgs",
    "SlotSettings",
    "StoreLock",
    "StoreLockArgs",
    "TaskHubScheduler",
    "TaskHubSchedulerArgs",
    "TaskHubStore",
    "TaskHubStoreArgs",
    "Telemetry",
    "TelemetryArgs",
    "Vault",
    "VaultArgs",
    "build",
]
