"""One order of a plan's resources that Pulumi accepts and that is the same every time.

Resources register when the values they wait for arrive, so the order of arrival may differ from run to run.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from plan.model import Resource
from plan.urns import split_urn


def in_dependency_order(resources: Iterable[Resource]) -> list[Resource]:
    """Every resource after its parent, its provider and what it depends on; otherwise families together, by name.

    A family's resources stay beside their component, so a printed plan reads component by component. What is not
    among the resources is not waited for, and a circle (which no engine would register) is cut.
    """
    by_urn = {resource.urn: resource for resource in sorted(resources, key=_by_name)}
    children: defaultdict[str, list[Resource]] = defaultdict(list)
    for resource in by_urn.values():
        children[resource.parent if resource.parent in by_urn else ""].append(resource)

    placed: dict[str, Resource] = {}
    visit = list(reversed(children[""]))
    while visit:
        resource = visit.pop()
        _place(resource, by_urn, placed)
        visit.extend(reversed(children[resource.urn]))
    return list(placed.values())


def _place(resource: Resource, by_urn: dict[str, Resource], placed: dict[str, Resource]) -> None:
    """Put a resource in its place, after everything it needs. A stack of its own: chains may be long."""
    begun = {resource.urn}
    stack: list[tuple[Resource, Iterator[str]]] = [(resource, _needs(resource))]
    while stack:
        current, needs = stack[-1]
        for urn in needs:
            needed = by_urn.get(urn)
            if needed is not None and urn not in placed and urn not in begun:
                begun.add(urn)
                stack.append((needed, _needs(needed)))
                break
        else:
            stack.pop()
            placed.setdefault(current.urn, current)


def _needs(resource: Resource) -> Iterator[str]:
    yield resource.parent
    yield resource.provider.rpartition("::")[0]
    yield from sorted({*resource.dependencies, *(u for urns in resource.property_dependencies.values() for u in urns)})


def _by_name(resource: Resource) -> tuple[str, str]:
    parts = split_urn(resource.urn)
    return parts.name, parts.qualified_type
