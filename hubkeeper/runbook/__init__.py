"""The runbook: from the description to the pages that operators work from.

`render` makes the pages, `write` puts them into a folder, `drift` says what in a folder is no longer what the description says.
Pages read the description only: no engine, no cloud, no plan, no clock.
"""

from hubkeeper.runbook.errors import RunbookError
from hubkeeper.runbook.files import Drift, drift, write
from hubkeeper.runbook.render import render

__all__ = ["Drift", "RunbookError", "drift", "render", "write"]
