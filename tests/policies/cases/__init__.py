"""One table for all rules."""

from tests.policies.case import Case
from tests.policies.cases.hubs import HUBS
from tests.policies.cases.identity import IDENTITY
from tests.policies.cases.platform import PLATFORM
from tests.policies.cases.retention import RETENTION

CASES: list[Case] = [*HUBS, *RETENTION, *IDENTITY, *PLATFORM]
