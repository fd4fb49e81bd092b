"""The runbook: from the description to the pages that operators work from.

`render` makes the pages, `write` puts them into a folder, `drift` says what in a folder is no longer what the description says;
`WholeRunbook` does it for an estate of any size. `untrue` says what in the pages is not what is deployed. Pages read the
description only: no engine, no cloud, no plan, no clock.
"""

from hubkeeper.runbook.deployed import Untrue, against_state, untrue
from hubkeeper.runbook.errors import RunbookError
from hubkeeper.runbook.files import Drift, drift, write
from hubkeeper.runbook.render import render
from hubkeeper.runbook.whole_runbook import WholeRunbook

__all__ = ["Drift", "RunbookError", "Untrue", "WholeRunbook", "against_state", "drift", "render", "untrue", "write"]
