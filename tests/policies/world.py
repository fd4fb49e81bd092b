"""A small sound world to break: one described environment, the plan that goes with it, and the hubs of the others."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from environments import Environment, TaskHub
from environments.host_json import HostJsonFile
from plan import Plan, Resource
from policies.evaluate import locator, run
from policies.finding import Finding
from policies.registered import registered_hubs, whose
from policies.rule import Scope, Whose
from policies.rules import RULES
from policies.subjects import (
    AppSubject,
    HubsSubject,
    PlacedHub,
    PlanSubject,
    ResourceSubject,
    Subject,
    described_subjects,
)

TODAY = date(2026, 11, 22)


@dataclass
class World:
    """What rules look at. Resources are known by their logical name."""

    described: dict[str, Any]
    plan: Plan
    other_hubs: list[PlacedHub] = field(default_factory=list)
    host_json: dict[str, HostJsonFile] = field(default_factory=dict)
    elsewhere: list[dict[str, Any]] = field(default_factory=list)

    def __getitem__(self, name: str) -> Resource:
        return next(resource for resource in self.plan.resources.values() if resource.name == name)

    def add(
        self,
        name: str,
        token: str,
        inputs: dict[str, Any],
        *,
        on_its_own: bool = False,
        protect: bool = False,
        needs: dict[str, tuple[str, ...]] | None = None,
    ) -> Resource:
        """One more resource, below the application unless it stands on its own."""
        urn = f"urn:pulumi:{self.plan.stack}::{self.plan.project}::{token}::{name}"
        app = next((one.urn for one in self.plan.resources.values() if one.name == "claims"), "")
        resource = Resource(urn, token, name, "" if on_its_own else app, not token.startswith("hubkeeper:"), inputs)
        resource.protect, resource.property_dependencies = protect, needs or {}
        self.plan.resources[urn] = resource
        return resource

    @property
    def environment(self) -> Environment:
        return Environment.model_validate(self.described)

    def subjects(self) -> Iterable[tuple[Scope, Subject]]:
        environment, plan = self.environment, self.plan
        others = [Environment.model_validate(one) for one in self.elsewhere]
        hubs, undecided = registered_hubs(plan, environment)
        ours = [PlacedHub(hub, site, hub.whose) for hub, site in hubs]
        yield Scope.HUBS, HubsSubject((*ours, *self.other_hubs), undecided, only=plan.stack)
        for subject in described_subjects(environment, TODAY, self.host_json, others):
            yield (Scope.APP if isinstance(subject, AppSubject) else Scope.ENVIRONMENT), subject
        for resource in plan.resources.values():
            yield Scope.RESOURCE, ResourceSubject(resource, whose(plan, resource, environment), environment)
        yield Scope.PLAN, PlanSubject(plan, Whose(environment.name, environment.tier), environment)

    def findings(self) -> list[Finding]:
        """What all rules find in it, as the pack would run them."""
        found = [
            f
            for scope, one in self.subjects()
            for rule in RULES
            if rule.scope is scope
            for f in run(rule, one, locator(None))
        ]
        return sorted(found, key=lambda finding: finding.order)


Change = Callable[[World], None]


def hub_elsewhere(
    name: str, store: str = "stother", *, environment: str = "test", app: str = "claims", site: str = "func-other"
) -> PlacedHub:
    """A hub of another environment or application."""
    tier = "production" if environment == "prod" else "staging"
    hub = TaskHub(environment, tier, app, None, "azure-storage", store, name, ("apps", app))  # type: ignore[arg-type]
    return PlacedHub(hub, site, f"environments/{environment}.yaml:21")
