"""What an environment wants: the resources of a Pulumi program as plain data.

Nothing here needs Pulumi, so a plan can be read, compared and cached in a process that never imports the SDK.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Self

from plan.urns import STACK_TYPE

HIDDEN: Final = "[secret]"
"""What every report, page and file shows in place of a secret."""


class UnknownValueError(TypeError):
    """Somebody asked an unknown value whether it is true."""


class Unknown:
    """A value that only Azure will know, such as the principal of an identity that does not exist yet.

    It has no truth: `if settings["httpsOnly"]` on an unknown raises UnknownValueError, so that code which forgot the
    case fails loudly instead of taking a branch by accident. Ask `value is UNKNOWN` first.
    """

    _only: Unknown | None = None

    def __new__(cls) -> Self:
        if cls._only is None:
            cls._only = super().__new__(cls)
        return cls._only  # type: ignore[return-value]

    def __bool__(self) -> bool:
        raise UnknownValueError("the value is unknown until Azure has made the resource: test `value is UNKNOWN` first")

    def __repr__(self) -> str:
        return "UNKNOWN"

    def __copy__(self) -> Unknown:
        return self

    def __deepcopy__(self, memo: object) -> Unknown:
        return self

    def __reduce__(self) -> str:
        return "UNKNOWN"


UNKNOWN: Final = Unknown()


@dataclass(frozen=True, slots=True, repr=False)
class Secret:
    """A value that nobody may see; `Secret()` is one whose value was left out when it was stored.

    `value` may be any plain value, also a whole object or UNKNOWN. Text made from a secret never shows it.
    """

    value: Any = HIDDEN

    def __repr__(self) -> str:
        return f"Secret({HIDDEN})"

    def __str__(self) -> str:
        return HIDDEN

    def __format__(self, spec: str) -> str:
        return format(HIDDEN, spec)

    def __hash__(self) -> int:
        return hash(HIDDEN)

    def __copy__(self) -> Secret:
        return self

    def __deepcopy__(self, memo: object) -> Secret:
        return self

    def __reduce__(self) -> tuple[type[Secret], tuple[()]]:
        return Secret, ()  # a pickle is a file: the value stays out of it


@dataclass(frozen=True, slots=True)
class SourceLine:
    """Where the program asks for a resource. `file` is relative to the project where it can be, with `/`."""

    file: str
    line: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}"


@dataclass(slots=True)
class Resource:
    """One resource as the engine gets it. Values are dict, list, str, int, float, bool, None, UNKNOWN and Secret."""

    urn: str
    type: str
    """Token without an API version: `azure-native:web:WebApp`, also for a versioned or a parameterised package."""
    name: str
    """The logical name, the last part of the URN; not the name in Azure."""
    parent: str = ""
    custom: bool = True
    inputs: dict[str, Any] = field(default_factory=dict)
    """Wire names (camelCase) for provider resources; a component's own inputs keep their Python names."""
    outputs: dict[str, Any] = field(default_factory=dict)
    id: str = ""
    """Empty while only Azure knows it."""
    dependencies: tuple[str, ...] = ()
    property_dependencies: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Only the properties that depend on something."""
    provider: str = ""
    """`<URN of the provider>::<its id>`; empty where the engine would choose a default provider."""
    protect: bool = False
    """As it takes effect: inherited from the parent where the resource itself says nothing."""
    retain_on_delete: bool = False
    ignore_changes: tuple[str, ...] = ()
    source: SourceLine | None = None
    external: bool = False
    """Only looked up (`X.get`, a stack reference), never made or deleted here."""


@dataclass(slots=True)
class Plan:
    """All resources of one stack, each after what it needs, in an order that is the same for the same program."""

    project: str
    stack: str
    resources: dict[str, Resource] = field(default_factory=dict)
    outputs: dict[str, Any] = field(default_factory=dict)
    """What the stack exports."""

    def of_type(self, token: str) -> list[Resource]:
        """Resources of a type, such as `azure-native:web:WebApp`, whatever API version the program uses."""
        return [resource for resource in self.resources.values() if resource.type == token]

    def ancestors(self, resource: Resource) -> Iterator[Resource]:
        """The parent, its parent, and so on up to the stack; a parent outside the plan ends it."""
        while parent := self.resources.get(resource.parent):
            yield parent
            resource = parent

    @property
    def root(self) -> Resource | None:
        """The stack's own entry."""
        return next(iter(self.of_type(STACK_TYPE)), None)

    def to_deployment(self) -> dict[str, Any]:
        """The plan in Pulumi's deployment format, as `pulumi stack import` takes it. Secrets are `[secret]`."""
        from plan.deployment import write_deployment

        return write_deployment(self)

    @classmethod
    def from_deployment(cls, document: Mapping[str, Any]) -> Plan:
        """A plan from that format, also from `pulumi stack export`.

        Raises DeploymentFormatError when the document is something else.
        """
        from plan.deployment import read_deployment

        return read_deployment(document)
