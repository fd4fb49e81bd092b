"""What an application runs on: its language worker and its hosting plan, and what of them cannot go together."""

from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, Field, StrictBool, ValidationInfo, field_validator, model_validator

from environments import catalogue
from environments import values as v
from environments.description import Description
from environments.matching import Matching, OneOf, refuse

#: Support of .NET in the host's own process; functions-in-process-model-retirement-note, read 2026-11-22.
IN_PROCESS_ENDED = "2026-11-10"


def _worker(value: object) -> object:
    if value == "dotnet":
        wrong = f"dotnet runs in the host's process, whose support ended {IN_PROCESS_ENDED}"
        raise refuse(wrong, "dotnet-isolated", "in-process")
    return value


Language = Annotated[
    Literal["python", "node", "java", "powershell", "dotnet-isolated", "custom"], BeforeValidator(_worker)
]

#: What scales together on Flex Consumption: http, blob and durable are groups, every other function is one of its own.
ScaleGroup = Annotated[
    str,
    Matching(r"http|blob|durable|function:[A-Za-z][A-Za-z0-9_-]{0,126}", "http, blob, durable or function:<its name>"),
]
InstanceMemory = Annotated[
    int, OneOf(lambda: catalogue.limit("instance_memory_mb"), "instance memory of Flex Consumption", source="flex")
]


class Runtime(Description):
    """The language worker of an application."""

    language: Language
    version: v.Version | None = Field(
        default=None,
        description='The version in quotes, as the platform knows it, like "3.12"; custom handlers have none',
    )

    @model_validator(mode="after")
    def _exists(self) -> Self:
        known, supported = catalogue.runtimes()[self.language], catalogue.supported_versions(self.language)
        if not known and self.version is not None:
            raise refuse(f"{self.language} with a version", "none: a custom handler is a program of your own")
        if known and self.version is None:
            raise refuse(f"{self.language} without a version", f"version: one of {', '.join(supported)}")
        if self.version is not None and self.version not in known:
            wrong = f"{self.language} {self.version!r} is not known here, and Azure takes any text, even one that never starts"
            raise refuse(wrong, f"one of {', '.join(supported)}", "any-version")
        return self

    @property
    def title(self) -> str:
        """As people read it: `python 3.12`, `custom handler`."""
        return f"{self.language} {self.version}" if self.version else f"{self.language} handler"

    @property
    def linux_fx_version(self) -> str:
        """The runtime as a site on Linux names it: `Python|3.12`. Empty for a custom handler."""
        return f"{catalogue.linux_stacks()[self.language]}|{self.version}" if self.version else ""

    @property
    def on_windows(self) -> tuple[catalogue.OnWindows, str] | None:
        """What carries the version on Windows, and its value; None for a language without a worker there."""
        facts = catalogue.on_windows().get(self.language)
        return (facts, facts.value.format(version=self.version or "")) if facts else None


class HostingPlan(Description):
    """What the application runs on."""

    sku: v.Sku
    os: Literal["linux", "windows"] | None = Field(
        default=None, description="Operating system: Windows on Y1, Linux elsewhere, where not given"
    )
    zone_redundant: StrictBool = Field(
        default=False, description="Spread over zones; wants two instances and zone-redundant storage"
    )
    minimum_instances: v.Count = Field(default=1, description="Instances that always run")
    maximum_instances: v.Count | None = Field(
        default=None,
        description="Instances at most. Elastic Premium, Consumption and Flex scale up to it by triggers, Dedicated by load",
    )
    pre_warmed_instances: v.Count | None = Field(
        default=None, description="Elastic Premium: instances kept warm beyond those at work; Azure keeps one"
    )
    scale_monitoring: StrictBool = Field(
        default=False,
        description="Elastic Premium: the runtime itself watches triggers the platform cannot reach (MSSQL); in a network always",
    )
    always_ready: dict[ScaleGroup, v.Count] = Field(
        default={},
        description="Flex Consumption: instances that always run, by group: http, blob, durable, function:<name>",
    )
    instance_memory_mb: InstanceMemory | None = Field(
        default=None, description="Flex Consumption: memory of an instance in megabytes; 2048 where not given"
    )
    site_updates: Literal["recreate", "rolling"] | None = Field(
        default=None,
        description="Flex Consumption: recreate stops what runs; rolling lets it end, and wants versioning (a preview)",
    )

    @field_validator("os")
    @classmethod
    def _runs_there(cls, value: str | None, info: ValidationInfo) -> str | None:
        refused = catalogue.refused_systems().get(info.data.get("sku", ""), {}).get(value or "")
        if refused:
            raise refuse(f"{value} on {info.data['sku']}: {refused.because}", refused.instead, refused.source)
        return value

    @field_validator(
        "minimum_instances", "maximum_instances", "pre_warmed_instances", "scale_monitoring", "always_ready",
        "instance_memory_mb", "site_updates",
    )  # fmt: skip
    @classmethod
    def _is_taken(cls, value: Any, info: ValidationInfo) -> Any:
        """What is written in a file; what is not keeps its default and is not asked."""
        facts = catalogue.plans().get(info.data.get("sku", ""))
        refused = catalogue.refused_plan_keys().get(info.field_name or "", {}).get(facts.hosting) if facts else None
        if facts and refused:
            raise refuse(f"not a matter of {facts.name}: {refused.because}", refused.instead, refused.source)
        return value

    @model_validator(mode="after")
    def _fits(self) -> Self:
        facts = self.facts
        if self.zone_redundant and not facts.zone_redundant:
            raise refuse(
                f"zone_redundant on {self.sku}, which has no zones",
                "FC1, an EP or P*v3 plan",
                "zones",
                at="zone_redundant",
            )
        if self.zone_redundant and self.minimum_instances < facts.zone_redundant_min_instances:
            need = facts.zone_redundant_min_instances
            raise refuse(
                f"zone_redundant with minimum_instances {self.minimum_instances}",
                f"minimum_instances {need} or more",
                "zones",
                at="zone_redundant",
            )
        most = facts.most_minimum or facts.max_instances
        if self.minimum_instances > most:
            source = "plan-types" if facts.most_minimum else "plans"
            wrong, instead = f"{self.minimum_instances} instances that always run", f"at most {most} on {self.sku}"
            raise refuse(wrong, instead, source, at="minimum_instances")
        if self.pre_warmed_instances and facts.most_pre_warmed and self.pre_warmed_instances > facts.most_pre_warmed:
            raise refuse(
                f"{self.pre_warmed_instances} warm instances",
                f"at most {facts.most_pre_warmed} on {self.sku}",
                "plan-types",
                at="pre_warmed_instances",
            )
        low, high = max(self.minimum_instances, facts.lowest_maximum), facts.max_instances
        if self.maximum_instances is not None and not low <= self.maximum_instances <= high:
            raise refuse(
                f"{self.maximum_instances} is out of range",
                f"{low} to {high} on {self.sku}",
                "flex" if facts.hosting == "flex" else "plans",
                at="maximum_instances",
            )
        if max(self.always_ready.values(), default=0) > self.most_instances:
            more = "" if self.maximum_instances else f", or maximum_instances (up to {high}), which is not said"
            wrong = "always_ready with more instances than there may be"
            raise refuse(wrong, f"at most {self.most_instances} each{more}", "flex", at="always_ready")
        return self

    @property
    def facts(self) -> catalogue.PlanSku:
        """What the catalogue knows of the SKU."""
        return catalogue.plans()[self.sku]

    @property
    def most_instances(self) -> int:
        """Instances at most: as said, else what Azure takes where nothing is said."""
        return self.maximum_instances or self.facts.default_maximum or self.facts.max_instances

    @property
    def least_instances(self) -> int:
        """Instances that always run: none where the plan scales to zero, but for those that are always ready."""
        if self.facts.hosting in ("flex", "consumption"):
            return sum(self.always_ready.values())
        return self.minimum_instances

    @property
    def system(self) -> catalogue.OperatingSystem:
        """The operating system: as said, else the SKU's first."""
        return self.os or self.facts.os[0]
