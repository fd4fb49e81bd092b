"""One table for all rules."""

from tests.policies.case import Case
from tests.policies.cases.access import ACCESS
from tests.policies.cases.alerts import ALERTS
from tests.policies.cases.databases import DATABASES
from tests.policies.cases.flex import FLEX
from tests.policies.cases.host_json import HOST_JSON
from tests.policies.cases.hubs import HUBS
from tests.policies.cases.identity import IDENTITY
from tests.policies.cases.networks import NETWORKS
from tests.policies.cases.operability import OPERABILITY
from tests.policies.cases.platform import PLATFORM
from tests.policies.cases.releases import RELEASES
from tests.policies.cases.retention import RETENTION
from tests.policies.cases.schedulers import SCHEDULERS

CASES: list[Case] = [
    *HUBS,
    *RETENTION,
    *IDENTITY,
    *PLATFORM,
    *RELEASES,
    *HOST_JSON,
    *OPERABILITY,
    *SCHEDULERS,
    *ALERTS,
    *FLEX,
    *ACCESS,
    *NETWORKS,
    *DATABASES,
]
