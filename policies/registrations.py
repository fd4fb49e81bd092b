"""What the engine tells the pack, as a plan: inputs kept from each resource's own call, relations from the stack's.

At the end of a run the engine shows outputs, and Azure never gives settings back; so what was registered is kept.
A resource is decoded once, not once a rule: calls for one resource come one after the other in one thread.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby
from threading import Lock, local
from typing import Any, Final

from pulumi_policy import PolicyResource, ResourceValidationArgs, StackValidationArgs, proxy

from plan import UNKNOWN, Plan, Resource, Secret
from plan.urns import STACK_TYPE, split_urn, without_version
from policies.registered import SITES

_UNKNOWN_MARKERS: Final = frozenset(value for name, value in vars(proxy).items() if name.startswith("UNKNOWN_"))
_MAX_WHOLE: Final = 2**53


class Registrations:
    """Everything registered so far in this run of the engine."""

    def __init__(self) -> None:
        self._kept: dict[str, Resource] = {}
        self._lock = Lock()
        self._latest = local()

    def keep(self, args: ResourceValidationArgs) -> Resource:
        """Decodes a resource and keeps it."""
        resource = _resource(args)
        with self._lock:
            self._kept[resource.urn] = resource
        self._latest.resource = resource
        return resource

    def resource(self, args: ResourceValidationArgs) -> Resource:
        """The resource of this call, decoded once for all rules."""
        latest: Resource | None = getattr(self._latest, "resource", None)
        return latest if latest and latest.urn == args.urn else self.keep(args)

    def so_far(self, urn: str) -> Plan:
        """What is known of a resource's stack while the program still runs: enough to find what stands above it."""
        known: tuple[str, Plan] | None = getattr(self._latest, "so_far", None)
        if known is None or known[0] != urn:
            with self._lock:
                kept = list(self._kept.values())
            own = _stack(urn)
            known = self._latest.so_far = urn, _plan({one.urn: one for one in kept if _stack(one.urn) == own})
        return known[1]

    def settle(self, args: StackValidationArgs) -> tuple[Plan, ...]:
        """The plan of each stack; the rules that follow get the same ones.

        A preview is of one stack. A state that `pulumi policy analyze` reads may hold several, mixed.
        """
        with self._lock:
            kept = self._kept.copy()
        settled = [_settled(one, kept.get(one.urn)) for one in args.resources]
        outputs = {one.urn: plain(one.props) for one in args.resources if one.resource_type == STACK_TYPE}
        by_stack = groupby(sorted(settled, key=lambda one: _stack(one.urn)), key=lambda one: _stack(one.urn))
        self._latest.urns = [one.urn for one in args.resources]
        self._latest.plans = tuple(_plan({one.urn: one for one in own}) for _, own in by_stack)
        for plan in self._latest.plans:
            roots = (outputs[urn] for urn in plan.resources if urn in outputs)
            plan.outputs = next(roots, {})
        plans: tuple[Plan, ...] = self._latest.plans
        return plans

    def stacks(self, args: StackValidationArgs) -> tuple[Plan, ...]:
        """The plans of this call, made once for all rules."""
        known: list[str] | None = getattr(self._latest, "urns", None)
        plans: tuple[Plan, ...] = (
            self._latest.plans if known == [one.urn for one in args.resources] else self.settle(args)
        )
        return plans

    def stack_urn(self, environment: str) -> str | None:
        """The URN of a stack itself, of those that were settled last."""
        plans: tuple[Plan, ...] = getattr(self._latest, "plans", ())
        roots = (one.urn for plan in plans if plan.stack == environment for one in plan.of_type(STACK_TYPE))
        return next(roots, None)


def _stack(urn: str) -> tuple[str, str]:
    """Project and stack of a resource."""
    parts = split_urn(urn)
    return parts.project, parts.stack


def _plan(resources: dict[str, Resource]) -> Plan:
    return Plan(*_stack(next(iter(resources))), resources) if resources else Plan("", "", {})


def _resource(args: ResourceValidationArgs | PolicyResource) -> Resource:
    token = without_version(args.resource_type)
    opts = args.opts
    return Resource(
        urn=args.urn,
        type=token,
        name=args.name or split_urn(args.urn).name,
        parent=opts.parent or "",
        custom=token != STACK_TYPE and not token.startswith("hubkeeper:"),
        inputs=plain(args.props),
        protect=bool(opts.protect),
        ignore_changes=tuple(opts.ignore_changes),
    )


def _settled(args: PolicyResource, kept: Resource | None) -> Resource:
    resource = kept or _resource(args)
    if kept is None and resource.type in SITES:
        # Never registered in this run (--target): its settings cannot be read, which is not the same as having none.
        resource.inputs["siteConfig"] = UNKNOWN
    resource.parent = args.parent.urn if args.parent else resource.parent
    resource.protect = resource.protect or bool(args.opts.protect)
    resource.dependencies = tuple(one.urn for one in args.dependencies)
    resource.property_dependencies = {
        name: tuple(one.urn for one in found) for name, found in args.property_dependencies.items() if found
    }
    return resource


def plain(value: Any) -> Any:
    """A value of the SDK's proxies as a plan has it: unknown is UNKNOWN, whole numbers are int.

    The proxies raise when an unknown value is touched and so end a whole rule; what they wrap is read instead.
    """
    match value:
        case Secret():
            return Secret(plain(value.value))
        case str():
            return UNKNOWN if value in _UNKNOWN_MARKERS else value
        case float() if value.is_integer() and abs(value) < _MAX_WHOLE:
            return int(value)
        case Mapping():
            wrapped = value if isinstance(value, dict) else value["__target"]
            return {key: plain(item) for key, item in wrapped.items()}
        case Sequence():
            wrapped = value if isinstance(value, list | tuple) else value["__target"]  # type: ignore[call-overload]
            return [plain(item) for item in wrapped]
    return value
