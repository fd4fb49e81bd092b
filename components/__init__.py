"""How an environment is provisioned: Pulumi components, one a file, made of generated azure-native types.

Secure as they stand; names and wiring come in as arguments. `build` is the one place that reads the description.
"""

from components.alerting import Alerting, AlertingArgs
from components.app_identity import AppIdentity, AppIdentityArgs, Grant
from components.app_network import AppNetworkSpec, EndpointSpec
from components.budget import Budget, BudgetArgs
from components.deployment_slot import DeploymentSlot, DeploymentSlotArgs
from components.diagnostics import Diagnostics, DiagnosticsArgs
from components.durable_app import DurableApp, DurableAppArgs, SlotSettings
from components.flex_function_app import FlexFunctionApp, FlexFunctionAppArgs, FlexScale
from components.from_description import build
from components.function_app import FunctionApp, FunctionAppArgs
from components.hosting_plan import HostingPlan, HostingPlanArgs
from components.hub_operators import HubOperators, HubOperatorsArgs
from components.load_scaling import LoadScaling, LoadScalingArgs
from components.operator_roles import OperatorRoleArgs, OperatorRoles, OperatorRolesArgs
from components.private_endpoint import PrivateEndpoint, PrivateEndpointArgs
from components.private_network import PrivateNetwork, PrivateNetworkArgs
from components.site import SiteArgs
from components.site_access import AuthenticationArgs, SiteAccess, SourceArgs
from components.site_network import SiteNetwork
from components.store_lock import StoreLock, StoreLockArgs
from components.task_hub_database import DatabaseSpec, LongTermSpec, TaskHubDatabase, TaskHubDatabaseArgs
from components.task_hub_scheduler import SchedulerSpec, TaskHubScheduler, TaskHubSchedulerArgs
from components.task_hub_store import LifecycleRuleArgs, TaskHubStore, TaskHubStoreArgs
from components.telemetry import Telemetry, TelemetryArgs
from components.telemetry_link import LinkedResource, OwnScope, ScopeEndpoint, TelemetryLink, TelemetryLinkArgs
from components.vault import Vault, VaultArgs
from components.workbook import Workbook, WorkbookArgs

__all__ = [
    "Alerting",
    "AlertingArgs",
    "AppIdentity",
    "AppIdentityArgs",
    "AppNetworkSpec",
    "AuthenticationArgs",
    "Budget",
    "BudgetArgs",
    "DatabaseSpec",
    "DeploymentSlot",
    "DeploymentSlotArgs",
    "Diagnostics",
    "DiagnosticsArgs",
    "DurableApp",
    "DurableAppArgs",
    "EndpointSpec",
    "FlexFunctionApp",
    "FlexFunctionAppArgs",
    "FlexScale",
    "FunctionApp",
    "FunctionAppArgs",
    "Grant",
    "HostingPlan",
    "HostingPlanArgs",
    "HubOperators",
    "HubOperatorsArgs",
    "LifecycleRuleArgs",
    "LinkedResource",
    "LoadScaling",
    "LoadScalingArgs",
    "LongTermSpec",
    "OperatorRoleArgs",
    "OperatorRoles",
    "OperatorRolesArgs",
    "OwnScope",
    "PrivateEndpoint",
    "PrivateEndpointArgs",
    "PrivateNetwork",
    "PrivateNetworkArgs",
    "SchedulerSpec",
    "ScopeEndpoint",
    "SiteAccess",
    "SiteArgs",
    "SiteNetwork",
    "SlotSettings",
    "SourceArgs",
    "StoreLock",
    "StoreLockArgs",
    "TaskHubDatabase",
    "TaskHubDatabaseArgs",
    "TaskHubScheduler",
    "TaskHubSchedulerArgs",
    "TaskHubStore",
    "TaskHubStoreArgs",
    "Telemetry",
    "TelemetryArgs",
    "TelemetryLink",
    "TelemetryLinkArgs",
    "Vault",
    "VaultArgs",
    "Workbook",
    "WorkbookArgs",
    "build",
]
