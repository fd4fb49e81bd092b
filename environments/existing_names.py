"""What names of what exists cannot be, by what they are for: a hub by its backend, the id of a host by its plan."""

from collections.abc import Iterator

from environments.backends import ON_SCHEDULER, Contradiction
from environments.hubs import hub_of
from environments.model import Environment
from environments.names import is_hub_name


def existing_name_contradictions(environment: Environment, app: str) -> Iterator[Contradiction]:
    """Every name of an application that only another backend or another plan takes."""
    described = environment.apps[app]
    for slot in described.all_slots if described.task_hub.backend != ON_SCHEDULER else ():
        hub = hub_of(environment, app, slot)
        if not is_hub_name(hub.name, on_scheduler=False):
            wrong = f"{hub.name!r} is no task hub name on {hub.backend}"
            yield hub.path, wrong, "3 to 45 letters and digits, a letter first, no dash", "task-hubs"
    # There the host makes a hash of the site's name, and the component sets nothing else.
    if described.names.host_id and described.plan.facts.hosting == "flex":
        wrong = f"a host id on {described.plan.sku}, where the host makes its own of the site's name, and keeps it"
        yield ("apps", app, "names", "host_id"), wrong, "it not to be set", "host-id"
