"""Writing the state of a stack back, though an engine that was just stopped may hold it still."""

import time
from collections.abc import Callable

from pulumi import automation

from hubkeeper.engine.interrupts import not_now

#: Seconds between attempts.
_WAITS = (1, 5, 15)


def insist(write: Callable[[], None]) -> None:
    """Writes as soon as the state is free, for some twenty seconds; a request to end is not heard meanwhile.

    Raises CommandError where the state is not free even then.
    """
    with not_now():
        for wait in (*_WAITS, None):
            try:
                write()
            except automation.CommandError:
                if wait is None:
                    raise
                time.sleep(wait)
            else:
                return
