"""Stands where Pulumi's engine stands while a program runs, and writes down what is registered.

The SDK takes any object with these methods as its resource monitor. Method names are the protocol's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from threading import Lock
from typing import Any

from google.protobuf.empty_pb2 import Empty
from google.protobuf.struct_pb2 import Struct
from pulumi.runtime.proto import resource_pb2 as protocol

from plan.failures import ProgramError, SourceFinder
from plan.model import UNKNOWN, Plan, Resource, SourceLine
from plan.preview import preview_outputs
from plan.urns import PROVIDER_PREFIX, STACK_TYPE, build_urn, without_version
from plan.values import from_struct, to_struct

Lookup = Callable[[str, dict[str, Any]], Mapping[str, Any]]
"""Answers a function of a provider: its token and arguments in, its result out."""


class RecordingMonitor:
    """Builds a plan from registrations. The SDK may call it from several threads."""

    def __init__(
        self, project: str, stack: str, finder: SourceFinder, lookup: Lookup | None, *, asked_later: bool = False
    ) -> None:
        """`lookup`: who answers provider functions; None makes them an error, since nobody can.

        `asked_later`: a resource's outputs are not in the answer to its registration, but taken from `known_outputs`.
        """
        self.plan = Plan(project, stack)
        self.finder = finder
        self._lookup = lookup
        self._asked_later = asked_later
        self._lock = Lock()

    def GetDeploymentInfo(self, request: object) -> protocol.DeploymentInfo:
        """Every feature, except outputs as objects of their own: values should arrive plain."""
        features = [
            number
            for name, number in protocol.ResourceMonitorFeature.items()
            if name != "RESOURCE_MONITOR_FEATURE_OUTPUT_VALUES"
        ]
        return protocol.DeploymentInfo(supportedFeatures=features)

    def RegisterResource(self, request: protocol.RegisterResourceRequest) -> protocol.RegisterResourceResponse:
        """Record a resource and answer as a preview would."""
        source = self._source(request.stackTrace.frames)
        if request.remote or request.transforms:
            what = "a component of another language" if request.remote else "`transforms`"
            raise ProgramError(f"{request.name}: {what} needs the engine and cannot be recorded", source)
        with self._lock:
            urn = build_urn(self.plan.stack, self.plan.project, request.parent, request.type, request.name)
            if first := self.plan.resources.get(urn):
                place = f" (first at {first.source})" if first.source else ""
                raise ProgramError(f"duplicate resource URN {urn}{place}, expected one name only once", source)
            parent = self.plan.resources.get(request.parent)
            inputs = from_struct(request.object)
            if request.type.startswith(PROVIDER_PREFIX) and request.version:
                inputs["version"] = request.version  # the engine keeps a provider's version among its inputs
            resource = Resource(
                urn=urn,
                type=without_version(request.type),
                name=request.name,
                parent=request.parent,
                custom=request.custom,
                inputs=inputs,
                dependencies=tuple(sorted(request.dependencies)),
                property_dependencies={
                    name: tuple(sorted(set(found.urns)))
                    for name, found in request.propertyDependencies.items()
                    if found.urns
                },
                provider=request.provider,
                # Unset means "as the parent": pulumi/pulumi, pkg/resource/deploy/source_eval.go, read 2026-11-22.
                protect=request.protect if request.HasField("protect") else bool(parent and parent.protect),
                retain_on_delete=request.retainOnDelete
                if request.HasField("retainOnDelete")
                else bool(parent and parent.retain_on_delete),
                ignore_changes=tuple(request.ignoreChanges),
                source=None if request.type == STACK_TYPE else source,
            )
            self.plan.resources[urn] = resource
        if not request.custom:
            return protocol.RegisterResourceResponse(urn=urn, object=request.object)
        resource.outputs = self._outputs(request.type, resource.inputs)
        if self._asked_later:
            return protocol.RegisterResourceResponse(urn=urn)
        return protocol.RegisterResourceResponse(urn=urn, object=_known(resource.outputs))

    def known_outputs(self, urn: str) -> Mapping[str, Any]:
        """What a preview knows of a resource's outputs."""
        return {key: value for key, value in self.plan.resources[urn].outputs.items() if value is not UNKNOWN}

    def RegisterResourceOutputs(self, request: protocol.RegisterResourceOutputsRequest) -> Empty:
        """Record what a component, or the stack, gives out."""
        with self._lock:
            resource = self.plan.resources[request.urn]
            resource.outputs = from_struct(request.outputs)
            if resource.type == STACK_TYPE:
                self.plan.outputs = resource.outputs
        return Empty()

    def ReadResource(self, request: protocol.ReadResourceRequest) -> protocol.ReadResourceResponse:
        """Record a resource that is only looked up; what it is like, only the cloud knows."""
        urn = build_urn(self.plan.stack, self.plan.project, request.parent, request.type, request.name)
        inputs = from_struct(request.properties)
        found = Resource(
            urn=urn,
            type=without_version(request.type),
            name=request.name,
            parent=request.parent,
            inputs=inputs,
            outputs=self._outputs(request.type, inputs),
            id=request.id,
            dependencies=tuple(sorted(request.dependencies)),
            provider=request.provider,
            source=self._source(request.stackTrace.frames),
            external=True,
        )
        with self._lock:
            self.plan.resources.setdefault(urn, found)
        return protocol.ReadResourceResponse(urn=urn, id=request.id, properties=_known(found.outputs))

    def Invoke(self, request: protocol.ResourceInvokeRequest) -> protocol.ResourceInvokeResponse:
        """Answer a function of a provider, if anybody can."""
        if request.dependsOn:
            # The engine does not ask about resources that do not exist yet.
            return protocol.ResourceInvokeResponse(unknown=True)
        if self._lookup is None:
            raise ProgramError(f"the program asks {request.tok}, and a recording has no cloud to ask")
        response = protocol.ResourceInvokeResponse()
        # "return" is no name that Python could write.
        getattr(response, "return").CopyFrom(to_struct(self._lookup(request.tok, from_struct(request.args))))
        return response

    def Call(self, request: protocol.ResourceCallRequest) -> object:
        """Methods of remote components run in a provider."""
        raise ProgramError(f"the program calls {request.tok}, which needs the engine and cannot be recorded")

    def ExistsResource(self, request: protocol.ExistsResourceRequest) -> protocol.ExistsResourceResponse:
        """Whether something exists, only the cloud knows."""
        return protocol.ExistsResourceResponse(unknown=True)

    def RegisterPackage(self, request: protocol.RegisterPackageRequest) -> protocol.RegisterPackageResponse:
        """A generated local package; its types say all that is needed."""
        return protocol.RegisterPackageResponse(ref=request.parameterization.name or request.name)

    def RegisterStackTransform(self, request: object) -> Empty:
        """Transforms change resources inside the engine; a recording without them would be wrong."""
        raise ProgramError("stack transforms need the engine and cannot be recorded")

    def RegisterStackInvokeTransform(self, request: object) -> Empty:
        """As for RegisterStackTransform."""
        raise ProgramError("stack transforms need the engine and cannot be recorded")

    def RegisterResourceHook(self, request: object) -> Empty:
        """Hooks act when something is made, so they change no plan."""
        return Empty()

    def RegisterErrorHook(self, request: object) -> Empty:
        """As for RegisterResourceHook."""
        return Empty()

    def SignalAndWaitForShutdown(self, request: object) -> Empty:
        """Nothing runs on after the program."""
        return Empty()

    def _outputs(self, token: str, inputs: dict[str, Any]) -> dict[str, Any]:
        return dict(inputs) if token.startswith(PROVIDER_PREFIX) else preview_outputs(token, inputs)

    def _source(self, frames: Iterable[Any]) -> SourceLine | None:
        places = (self.finder.from_uri(frame.pc.uri, frame.pc.line) for frame in frames)
        return next((place for place in places if place), None)


def _known(outputs: dict[str, Any]) -> Struct:
    """The outputs without those wholly unknown: in a preview the SDK takes what is missing for unknown."""
    return to_struct({key: value for key, value in outputs.items() if value is not UNKNOWN})
