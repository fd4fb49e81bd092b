"""What the engine tells the pack, as a plan: inputs kept from each resource's own call, relations from the stack's.

At the end of a run the engine shows outputs, and Azure never gives settings back; so what was registered is kept.
A resource is decoded once, not once a rule: calls for one resource come one after the other in one thread.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from threading import Lock, local
from typing import Any, Final

from pulumi_policy import PolicyResource, ResourceValidationArgs, StackValidationArgs, proxy

from plan import UNKNOWN, Plan, Resource
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
        """What is known while the program still runs: enough to find what stands above a resource."""
        with self._lock:
            return _plan(urn, dict(self._kept))

    def settle(self, args: StackValidationArgs) -> Plan:
        """The plan of the whole stack; the rules that follow get the same one."""
        with self._lock:
            kept = dict(self._kept)
        found = {one.urn: _settled(one, kept.get(one.urn)) for one in args.resources}
        self._latest.plan = _plan(next(iter(found), ""), found)
        settled: Plan = self._latest.plan
        return settled

    def stack(self, args: StackValidationArgs) -> Plan:
        """The plan of this call, made once for all rules."""
        latest: Plan | None = getattr(self._latest, "plan", None)
        return latest if latest and [*latest.resources] == [one.urn for one in args.resources] else self.settle(args)


def _plan(urn: str, resources: dict[str, Resource]) -> Plan:
    parts = split_urn(urn) if urn else None
    return Plan(parts.project if parts else "", parts.stack if parts else "", resources)


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
