"""What an environment is: the model of `environments/<name>.yaml`, which everything else is derived from."""

from datetime import timedelta
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, StrictBool, model_validator

from environments import catalogue
from environments import names as naming
from environments import values as v
from environments.matching import refuse

Tier = Literal["development", "staging", "production"]


class Description(BaseModel):
    """A part of the description. Unknown keys are refused, and no error repeats what stood in the file."""

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)


class Owner(Description):
    """Who answers for it, and who is woken up."""

    team: v.Line = Field(description="The team that owns it, as the organization knows it")
    email: v.Email = Field(description="Where the team is reached")
    on_call: v.Line = Field(description="Who is called at night: a rota, a phone number, a channel")


class Sampling(Description):
    """How much telemetry the host drops. What drives orchestrations' traces must be excluded from it."""

    max_items_per_second: v.Count = Field(
        description="Items a host instance lets through each second before it samples"
    )
    excluded_types: list[Literal["Dependency", "Event", "Exception", "PageView", "Request", "Trace"]] = Field(
        description="Types never sampled. Trace keeps the tracking events of Durable Functions, which are traces"
    )


class Telemetry(Description):
    """Log Analytics and Application Insights of the environment."""

    retention_days: v.RetentionDays = Field(
        description="How long telemetry is kept, in the workspace and in Application Insights"
    )
    daily_cap_gb: v.Gigabytes = Field(description="Where ingestion stops for the day, in gigabytes")
    sampling: Sampling


class Runtime(Description):
    """The language worker of an application."""

    language: Literal["python", "node", "java", "powershell", "dotnet-isolated"]
    version: v.Version = Field(description='The version in quotes, as the platform knows it, like "3.12"')

    @model_validator(mode="after")
    def _exists(self) -> Self:
        known = catalogue.runtimes()[self.language]
        if self.version not in known:
            raise refuse(
                f"{self.language} {self.version!r} is not a version Azure can start", f"one of {', '.join(known)}"
            )
        return self

    @property
    def linux_fx_version(self) -> str:
        """The runtime as a site names it: `Python|3.12`."""
        return f"{catalogue.linux_stacks()[self.language]}|{self.version}"


class HostingPlan(Description):
    """What the application runs on."""

    sku: v.Sku
    zone_redundant: StrictBool = Field(
        default=False, description="Spread over zones; wants two instances and zone-redundant storage"
    )
    minimum_instances: v.Count = Field(default=1, description="Instances that always run")
    maximum_instances: v.Count | None = Field(
        default=None, description="Instances at most (Elastic Premium scales up to it)"
    )

    @model_validator(mode="after")
    def _fits(self) -> Self:
        facts = self.facts
        if self.zone_redundant and not facts.zone_redundant:
            raise refuse(f"zone_redundant on {self.sku}, which has no zones", "an EP or P*v3 plan")
        if self.zone_redundant and self.minimum_instances < facts.zone_redundant_min_instances:
            need = facts.zone_redundant_min_instances
            raise refuse(
                f"zone_redundant with minimum_instances {self.minimum_instances}", f"minimum_instances {need} or more"
            )
        if (
            self.maximum_instances is not None
            and not self.minimum_instances <= self.maximum_instances <= facts.max_instances
        ):
            low, high = self.minimum_instances, facts.max_instances
            raise refuse(
                f"maximum_instances {self.maximum_instances} is out of range", f"{low} to {high} on {self.sku}"
            )
        return self

    @property
    def facts(self) -> catalogue.PlanSku:
        """What the catalogue knows of the SKU."""
        return catalogue.plans()[self.sku]


class TaskHubSpec(Description):
    """Where the running orchestrations of an application live, and how long what they leave behind is kept."""

    backend: Literal["azure-storage"]
    name: v.TaskHubName | None = Field(
        default=None, description="Only for a hub that already exists; otherwise it is derived"
    )
    partition_count: v.PartitionCount = Field(default=4, description="Control queues; another count is another hub")
    history_days: v.HistoryDays | None = Field(
        default=None, description="Days after which a finished instance may be purged"
    )
    purged_by: Literal["scheduled-job", "operator"] | None = Field(
        default=None, description="Who purges: Azure Storage never does by itself"
    )
    holds: list[v.Words] = Field(default=[], description="What business data the history holds, by name")
    personal_data: StrictBool = Field(default=False, description="Whether any of it is about a person")
    review_due: v.Day | None = Field(default=None, description="When somebody looks next at what the history holds")


class Store(Description):
    """The storage account of the application's task hub."""

    redundancy: Literal["LRS", "ZRS", "GRS", "GZRS", "RAGRS", "RAGZRS"] | None = Field(
        default=None, description="Copies of the store; ZRS where the plan is zone-redundant, else LRS"
    )
    soft_delete_days: v.BlobSoftDeleteDays = Field(
        default=14, description="Days a deleted blob or container can be brought back"
    )


class Vault(Description):
    """The key vault of the application."""

    soft_delete_days: v.VaultSoftDeleteDays = Field(
        default=90, description="Days a deleted vault or secret can be brought back"
    )


class Versioning(Description):
    """How running instances survive a new version of the code."""

    default_version: v.Version = Field(description="The version new instances start with (host.json `defaultVersion`)")


class Slot(Description):
    """A deployment slot beside production."""

    hub_binding: Literal["slot"] = Field(
        description="slot: the hub stays with the slot when code is swapped (the setting is sticky)"
    )
    task_hub: v.TaskHubName | None = Field(
        default=None, description="Only for a hub that already exists; otherwise it is derived"
    )
    package: v.BlobName | None = Field(
        default=None, description="The package blob the slot runs; derived when not given"
    )


class Retry(Description):
    """How an orchestration repeats a failed activity."""

    attempts: v.Count
    first_interval: v.Duration
    backoff: Annotated[float, Field(strict=True, ge=1, le=10)] = 1.0


class Orchestration(Description):
    """What operators need to know about one kind of workflow."""

    purpose: v.Words
    instance_id: v.Words = Field(description="How a business key becomes an instance id, like claim-{claimId}")
    expected: v.Duration = Field(description="How long one instance usually takes")
    stuck_after: v.Duration = Field(description="The longest it may take; older ones are looked at")
    waits_for: list[v.Words] = Field(default=[], description="External events it waits for")
    timers: dict[v.Words, v.Duration] = Field(default={}, description="Durable timers it sets, by name")
    fan_out: v.Count = Field(default=1, description="Activities it runs in parallel, at most")
    retry: Retry | None = None
    idempotency_key: v.Words | None = Field(default=None, description="What partners recognise a repeated call by")
    compensates: list[v.Words] = Field(default=[], description="What it undoes when a later step fails")

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.stuck_after < self.expected:
            raise refuse("stuck_after is shorter than the expected time", f"{v.in_words(self.expected)} or more")
        return self


class AppNameOverrides(Description):
    """Names of what already exists, where they are not the derived ones."""

    function_app: v.SiteName | None = None
    plan: v.PlanName | None = None
    identity: v.IdentityName | None = None
    storage_account: v.StorageAccountName | None = None
    key_vault: v.KeyVaultName | None = None


class EnvironmentNameOverrides(Description):
    """Names of what already exists, where they are not the derived ones."""

    resource_group: v.ResourceGroupName | None = None
    workspace: v.WorkspaceName | None = None
    application_insights: v.InsightsName | None = None


class App(Description):
    """One application: a function app with its plan, store, vault, identity and slots."""

    purpose: v.Words
    owner: Owner | None = Field(default=None, description="Where it is not the environment's owner")
    runtime: Runtime
    plan: HostingPlan
    task_hub: TaskHubSpec
    store: Store = Store()
    vault: Vault = Vault()
    versioning: Versioning | None = None
    package: v.BlobName | None = Field(
        default=None, description="The package blob production runs; derived when not given"
    )
    slots: dict[v.SlotName, Slot] = {}
    settings: dict[v.SettingName, v.SettingValue] = Field(
        default={}, description="Plain settings. A secret belongs under secrets"
    )
    secrets: dict[v.SettingName, v.SecretName] = Field(
        default={}, description="Setting name to the name of its secret in the vault"
    )
    orchestrations: dict[v.Words, Orchestration] = {}
    names: AppNameOverrides = AppNameOverrides()

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        slots = self.plan.facts.slots - 1
        if len(self.slots) > slots:
            raise refuse(f"{len(self.slots)} slots on {self.plan.sku}", f"at most {slots} beside production")
        if self.plan.zone_redundant and self.store.redundancy not in (None, "ZRS", "GZRS", "RAGZRS"):
            raise refuse(f"store.redundancy {self.store.redundancy} under a zone-redundant plan", "ZRS, GZRS or RAGZRS")
        return self

    @property
    def redundancy(self) -> str:
        """How the store is copied: as said, else over zones where the plan is."""
        return self.store.redundancy or ("ZRS" if self.plan.zone_redundant else "LRS")

    @property
    def longest_orchestration(self) -> timedelta | None:
        """The longest any declared orchestration may run; None when none is declared."""
        return max((one.stuck_after for one in self.orchestrations.values()), default=None)

    @property
    def all_slots(self) -> tuple[str | None, ...]:
        """Every slot, production first: production is None."""
        return (None, *self.slots)


class Environment(Description):
    """One environment: everything `environments/<name>.yaml` says. `name` is the file's."""

    name: v.EnvironmentName
    organization: v.OrganizationName = Field(
        description="Whose estate it is; salts the names that must be unique in the world"
    )
    tier: Tier = Field(description="How strict the rules are and what is protected")
    location: v.Region
    subscription_id: v.Guid
    tenant_id: v.Guid
    owner: Owner
    tags: dict[v.TagName, v.TagValue] = {}
    telemetry: Telemetry
    apps: dict[v.AppName, App] = Field(min_length=1)
    names: EnvironmentNameOverrides = EnvironmentNameOverrides()

    @property
    def protects_hubs(self) -> bool:
        """Whether what holds a hub is protected from deletion: everywhere but in development."""
        return self.tier != "development"

    @property
    def resource_names(self) -> naming.EnvironmentNames:
        """Names of the environment's own resources, overrides applied."""
        derived = naming.environment_names(self.organization, self.name)
        return naming.EnvironmentNames(**{**vars(derived), **self.names.model_dump(exclude_none=True)})

    def app_names(self, app: str) -> naming.AppNames:
        """Names of an application's resources, overrides applied."""
        derived = naming.app_names(self.organization, self.name, app)
        return naming.AppNames(**{**vars(derived), **self.apps[app].names.model_dump(exclude_none=True)})

    def owner_of(self, app: str) -> Owner:
        """Who owns an application: its own owner, else the environment's."""
        return self.apps[app].owner or self.owner

    def tags_of(self, app: str | None = None) -> dict[str, str]:
        """The tags every resource carries, the application's owner among them."""
        owner = self.owner_of(app) if app else self.owner
        standard = {
            "environment": self.name,
            "tier": self.tier,
            "owner": owner.team,
            "owner-email": owner.email,
            "on-call": owner.on_call,
            "managed-by": "hubkeeper",
        }
        return {**self.tags, **standard, **({"application": app} if app else {})}
