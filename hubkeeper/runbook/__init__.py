"""The runbook: from the description to the pages that operators work from.

`render` makes the pages, `write` puts them into a folder, `drift` says what in a folder is no longer what the description says,
`untrue` what in them is not what is deployed. Pages read the description only: no engine, no cloud, no plan, no clock.
"""

from hubkeeper.runbook.deployed import Untrue, against_state, untrue
from hubkeeper.runbook.errors import RunbookError
from hubkeeper.runbook.files import Drift, drift, write
from hubkeeper.runbook.render import render

__all__ = ["Drift", "RunbookError", "Untrue", "against_state", "drift", "render", "untrue", "write"]
