"""Where the engine starts the pack: `pulumi preview --policy-pack policies`. Serves until the engine ends it.

The engine starts it from another folder, so the packages beside this one are put on the path first.
"""

import sys
from pathlib import Path

PACK = Path(__file__).resolve().parent
sys.path[:] = [str(PACK.parent), *(entry for entry in sys.path if Path(entry or ".").resolve() != PACK)]

from pulumi_policy import EnforcementLevel, PolicyPack  # noqa: E402

from policies.decode_once import install  # noqa: E402
from policies.pack import policies_of  # noqa: E402
from policies.project import find_description  # noqa: E402

install()
PolicyPack("hubkeeper", policies_of(find_description(PACK)), enforcement_level=EnforcementLevel.MANDATORY)
