"""What is made before what, in a plan."""

from plan import Plan, Resource


def needs(plan: Plan, resource: Resource) -> set[str]:
    """Everything that is there before a resource is."""
    found: set[str] = set()
    waiting = [resource]
    while waiting:
        new = set(waiting.pop().dependencies) - found
        found |= new
        waiting += [plan.resources[urn] for urn in new]
    return found
