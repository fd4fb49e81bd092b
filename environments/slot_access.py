"""What the access of a slot cannot be: one that lets nobody in by name, and one that a swap would carry into production.

Sources: environments/catalogue/slots.yaml.
"""

from collections.abc import Iterator

from environments import catalogue
from environments.backends import Contradiction
from environments.model import Environment

_OFF = ("0", "false")


def slot_access_contradictions(environment: Environment, app: str) -> Iterator[Contradiction]:
    """Every slot of an application whose own access says nothing, and the setting that lets access travel."""
    described = environment.apps[app]
    is_public = described.network is None or described.network.public
    own = {slot: one.access for slot, one in described.slots.items() if one.access is not None}
    for slot, access in own.items():
        if is_public and not (access.sources or access.authentication or access.open_to_everyone):
            wrong = "it names nobody to let in, and what the application's access says does not hold for this slot"
            expected = "allowed_addresses, authentication or front_door_id, or open_to_everyone with the reason"
            yield ("apps", app, "slots", slot, "access"), wrong, expected
    for name, value in described.settings.items():
        if own and name.upper() == catalogue.doors_travel_by() and value.strip().lower() in _OFF:
            wrong = f"with it a swap takes the addresses that may call {', '.join(own)} into production"
            yield ("apps", app, "settings", name), wrong, "it left out, or one access for all slots", "swapped"
