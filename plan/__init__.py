"""The plan: what an environment wants, as data, wherever it came from.

Record one from a program (`record`), read one from `pulumi stack export` (`Plan.from_deployment`), keep it
(`PlanCache`), compare two (`differences`). Importing this package does not import Pulumi; `record` does.
"""

from plan.cache import PlanCache, content_key
from plan.compare import differences
from plan.deployment import DeploymentFormatError
from plan.model import HIDDEN, UNKNOWN, Plan, Resource, Secret, SourceLine, Unknown, UnknownValueError
from plan.recording import ProgramError, record
from plan.urns import PROVIDER_PREFIX, STACK_TYPE

__all__ = [
    "HIDDEN",
    "PROVIDER_PREFIX",
    "STACK_TYPE",
    "UNKNOWN",
    "DeploymentFormatError",
    "Plan",
    "PlanCache",
    "ProgramError",
    "Resource",
    "Secret",
    "SourceLine",
    "Unknown",
    "UnknownValueError",
    "content_key",
    "differences",
    "record",
]
