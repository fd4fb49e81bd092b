"""What an environment is: the model of `environments/<name>.yaml`, which everything else is derived from."""

from datetime import timedelta
from typing import Annotated, Literal, Self

from pydantic import Field, StrictBool, ValidationInfo, field_validator, model_validator

from environments import catalogue
from environments import names as naming
from environments import values as v
from environments.access import Access, SlotAccess
from environments.around import Alerts, Budget, Operators
from environments.description import Description
from environments.hosting import HostingPlan, Runtime
from environments.lifecycle import Lifecycle
from environments.matching import refuse, shown
from environments.network import AppNetwork, AskedZone, EndpointNames, Network, ServiceKey
from environments.partners import Event, Partner
from environments.task_hub import TaskHubSpec
from environments.telemetry_link import PrivateLink

Tier = Literal["development", "staging", "production"]


class Owner(Description):
    """Who answers for it, and who is woken up."""

    team: v.Line = Field(description="The team that owns it, as the organization knows it")
    email: v.Email = Field(description="Where the team is reached")
    on_call: v.Line = Field(description="Who is called at night: a rota, a phone number, a channel")
    deputy: v.Line | None = Field(
        default=None,
        description="Who is called when on_call does not answer, and says the second yes when on_call is oneself: other people",
    )

    @model_validator(mode="after")
    def _is_somebody_else(self) -> Self:
        if self.deputy is not None and self.deputy.casefold() == self.on_call.casefold():
            raise refuse("deputy is on_call once more", "other people, or it left out")
        return self


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
    diagnostics: Literal["none", "audit", "all"] | None = Field(
        default=None,
        description=(
            "What Azure writes down of calls to vaults and stores. audit (when not said, but none in development): who read "
            "secrets, who deleted blobs and rows. all: every call and the hosts' logs, which costs a lot"
        ),
    )
    private_link: PrivateLink | None = Field(
        default=None,
        description="A private link scope for both; without it telemetry is sent to and asked at public addresses",
        json_schema_extra={
            "errorMessage": "{ingestion_access_mode: …, query_access_mode: …} for an own scope, or {scope_resource_id: …}"
        },
    )


class Store(Description):
    """The storage account of the application's task hub."""

    redundancy: Literal["LRS", "ZRS", "GRS", "GZRS", "RAGRS", "RAGZRS"] | None = Field(
        default=None, description="Copies of the store; ZRS where the plan is zone-redundant, else LRS"
    )
    soft_delete_days: v.BlobSoftDeleteDays = Field(
        default=14, description="Days a deleted blob or container can be brought back"
    )
    lifecycle: Lifecycle = Field(default=[], description="Blobs that are deleted by age; nothing is, when not said")
    lock: StrictBool | None = Field(
        default=None, description="A lock in Azure against deletion by anybody; when not said, in production"
    )
    shared_keys: StrictBool = Field(
        default=False,
        description="Keys stay on, for the first `up` of an application that runs with one (docs/guides/adopt.md). A finding "
        "(HK401) until it is false again, so a waiver says until when",
    )


class Vault(Description):
    """The key vault of the application."""

    soft_delete_days: v.VaultSoftDeleteDays = Field(
        default=90, description="Days a deleted vault or secret can be brought back"
    )


class Versioning(Description):
    """How running instances survive a new version of the code."""

    default_version: v.Version = Field(description="The version new instances start with (host.json `defaultVersion`)")


class Concurrency(Description):
    """How much one instance of the application does at a time; left to the extension where not given (ten for each CPU)."""

    activities: v.Count | None = Field(default=None, description="host.json `maxConcurrentActivityFunctions`")
    orchestrators: v.Count | None = Field(default=None, description="host.json `maxConcurrentOrchestratorFunctions`")


class Slot(Description):
    """A deployment slot beside production."""

    hub_binding: Literal["slot", "code"] = Field(
        description="What happens to the hub in a swap. slot: it stays with the slot (the setting is sticky), and new code "
        "goes on with running instances, which wants versioning. code: it goes with its code, and running instances end on "
        "the code that began them, in the other slot, whose hub wants draining before the next deployment"
    )
    task_hub: v.TaskHubName | None = Field(
        default=None, description="Only for a hub that already exists; otherwise it is derived"
    )
    host_id: v.HostId | None = Field(
        default=None,
        description="Only for a slot that already exists: the id that its host has there, mostly <site>-<slot>, see `names`",
    )
    package: v.BlobName | None = Field(
        default=None, description="The package blob the slot runs; derived when not given"
    )
    disabled_functions: list[v.FunctionName] = Field(
        default=[],
        description="Functions that do not run in this slot, like timers and starters; it stays with the slot",
    )
    access: SlotAccess | None = Field(
        default=None,
        description="Who may call this slot in place of the application's `access`, of which nothing holds here then. It stays "
        "with the slot in a swap: production keeps its own",
    )
    private_endpoint: EndpointNames | None = Field(
        default=None, description="Names of the slot's private endpoint, where it already exists; otherwise derived"
    )


class Retry(Description):
    """How an orchestration repeats a failed activity."""

    attempts: v.Count
    first_interval: v.Duration
    backoff: Annotated[float, Field(strict=True, ge=1, le=10)] = 1.0


class Orchestration(Description):
    """What operators need to know about one kind of workflow."""

    purpose: v.Words
    starters: list[v.FunctionName] = Field(
        default=[],
        description="Functions that begin an instance, by their names in the code: what is held, and begun again",
    )
    instance_id: v.Words = Field(description="How a business key becomes an instance id, like claim-{claimId}")
    expected: v.Duration = Field(description="How long one instance usually takes")
    stuck_after: v.Duration = Field(description="The longest it may take; older ones are looked at")
    waits_for: list[v.Words] = Field(default=[], description="External events it waits for")
    events: dict[v.Words, Event] = Field(
        default={}, description="Who sends an event that stands under waits_for, and the names in its payload"
    )
    timers: dict[v.Words, v.Duration] = Field(default={}, description="Durable timers it sets, by name")
    deadlines: dict[v.Words, v.Words] = Field(
        default={}, description="The timer that ends the wait for an event: the event's name to the timer's"
    )
    fan_out: v.Count = Field(default=1, description="Activities it runs in parallel, at most")
    retry: Retry | None = None
    idempotency_key: v.Words | None = Field(default=None, description="What partners recognise a repeated call by")
    compensates: list[v.Words] = Field(default=[], description="What it undoes when a later step fails")
    compensated_by: dict[v.Words, v.CodeName] = Field(
        default={},
        description="The activity or orchestration that undoes what stands under compensates, by its name in the code",
    )

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.stuck_after < self.expected:
            raise refuse("stuck_after is shorter than the expected time", f"{v.in_words(self.expected)} or more")
        return self

    @model_validator(mode="after")
    def _names_are_known(self) -> Self:
        for event in self.events:
            if event not in self.waits_for:
                raise refuse(f"events names {shown(event)}", "an event that stands under waits_for")
        for what in self.compensated_by:
            if what not in self.compensates:
                raise refuse(f"compensated_by names {shown(what)}", "what stands under compensates")
        return self

    @model_validator(mode="after")
    def _deadlines_are_known(self) -> Self:
        for event, timer in self.deadlines.items():
            if event not in self.waits_for:
                raise refuse(f"deadlines names the event {shown(event)}", "an event that stands under waits_for")
            if timer not in self.timers:
                raise refuse(f"deadlines names the timer {shown(timer)}", "a timer that stands under timers")
        return self


class AppNameOverrides(Description):
    """Names of what already exists, where they are not the derived ones."""

    function_app: v.SiteName | None = None
    host_id: v.HostId | None = Field(
        default=None,
        description="The id that production's host keeps locks, timers and what blob triggers have done under: its "
        "AzureFunctionsWebHost__hostid, else the site's name in lower case, its first 32 letters. That of a slot stands with "
        "the slot; Flex Consumption makes its own",
    )
    plan: v.PlanName | None = None
    identity: v.IdentityName | None = None
    storage_account: v.StorageAccountName | None = None
    scheduler: v.SchedulerName | None = None
    sql_server: v.SqlServerName | None = None
    key_vault: v.KeyVaultName | None = None
    subnet: v.NetworkPartName | None = Field(
        default=None, description="Own network: the subnet that the plan is integrated with"
    )
    private_endpoints: dict[ServiceKey, EndpointNames] = Field(
        default={}, description="By what they lead to; that of a slot's site stands with the slot"
    )


class EnvironmentNameOverrides(Description):
    """Names of what already exists, where they are not the derived ones."""

    resource_group: v.ResourceGroupName | None = None
    workspace: v.WorkspaceName | None = None
    application_insights: v.InsightsName | None = None
    virtual_network: v.VirtualNetworkName | None = Field(default=None, description="Own network")
    private_endpoint_subnet: v.NetworkPartName | None = Field(
        default=None, description="Own network: the subnet of the private endpoints"
    )
    zone_links: dict[AskedZone, v.NetworkPartName] = Field(
        default={}, description="Links between private zones and the network, by what the zone is for"
    )
    private_link_scope: v.InsightsName | None = Field(default=None, description="Own scope for telemetry")
    telemetry_endpoint: EndpointNames | None = Field(default=None, description="The private endpoint of that scope")


class App(Description):
    """One application: a function app with its plan, store, vault, identity and slots."""

    purpose: v.Words
    owner: Owner | None = Field(default=None, description="Where it is not the environment's owner")
    runtime: Runtime
    plan: HostingPlan
    task_hub: TaskHubSpec
    access: Access = Field(default=Access(), description="Who may call its starters and status endpoints")
    store: Store = Store()
    vault: Vault = Vault()
    versioning: Versioning | None = None
    concurrency: Concurrency = Concurrency()
    host_json: v.HostJsonPath | None = Field(
        default=None, description="The application's own host.json, to be held against what is described here"
    )
    package: v.BlobName | None = Field(
        default=None, description="The package blob production runs; derived when not given"
    )
    network: AppNetwork | None = Field(
        default=None,
        description="How it stands in the environment's network; without it, it is reached from everywhere",
    )
    slots: dict[v.SlotName, Slot] = Field(default={})
    settings: dict[v.SettingName, v.SettingValue] = Field(
        default={}, description="Plain settings. A secret belongs under secrets"
    )
    secrets: dict[v.SettingName, v.SecretName] = Field(
        default={}, description="Setting name to the name of its secret in the vault"
    )
    orchestrations: dict[v.Words, Orchestration] = Field(default={})
    partners: dict[v.Line, Partner] = Field(
        default={}, description="Those whose services its activities call, by the name that people know"
    )
    names: AppNameOverrides = AppNameOverrides()

    @field_validator("plan")
    @classmethod
    def _has_a_worker(cls, plan: HostingPlan, info: ValidationInfo) -> HostingPlan:
        runtime: Runtime | None = info.data.get("runtime")
        if runtime and plan.system == "windows" and runtime.on_windows is None:
            instead = "os: linux" if "linux" in plan.facts.os else "FC1, or an EP or Dedicated plan"
            raise refuse(f"{runtime.language} on Windows, where it has no worker", instead, "languages")
        return plan

    @field_validator("package")
    @classmethod
    def _takes_a_package(cls, package: str | None, info: ValidationInfo) -> str | None:
        plan: HostingPlan | None = info.data.get("plan")
        if package and plan and plan.facts.hosting == "flex":
            wrong = f"a package on {plan.sku}, where each deployment replaces the one package"
            raise refuse(wrong, "it not to be set", "flex")
        return package

    @field_validator("slots")
    @classmethod
    def _fit_the_plan(cls, slots: dict[str, Slot], info: ValidationInfo) -> dict[str, Slot]:
        plan: HostingPlan | None = info.data.get("plan")
        if plan and slots and plan.facts.slots == 1:
            instead = "none: site_updates: rolling with versioning, a second application, or an EP or Dedicated plan"
            raise refuse(f"slots on {plan.sku}, which has none", instead, "plans")
        if plan and len(slots) >= plan.facts.slots:
            wrong = f"{len(slots)} slots on {plan.sku}"
            roomier = catalogue.roomier(plan.facts, len(slots))
            instead = f"at most {plan.facts.slots - 1} beside production, or {roomier or 'a second application'}"
            raise refuse(wrong, instead, "plans")
        if len({slot.hub_binding for slot in slots.values()}) > 1:
            raise refuse(
                "slots of both hub bindings, while a site has one list of sticky settings",
                "one for all of them",
                "sticky",
            )
        return slots

    @field_validator("orchestrations")
    @classmethod
    def _starters_start(cls, orchestrations: dict[str, Orchestration]) -> dict[str, Orchestration]:
        for name, one in orchestrations.items():
            for starter in one.starters:
                if starter in orchestrations:
                    wrong = f"the starter {shown(starter)} of {shown(name)} is an orchestration, which is never held"
                    raise refuse(wrong, "the function that begins it: of an HTTP request, a queue, a timer")
        return orchestrations

    @property
    def redundancy(self) -> str:
        """How the store is copied: as said, else over zones where the plan is."""
        return self.store.redundancy or ("ZRS" if self.plan.zone_redundant else "LRS")

    @property
    def hub_is_public(self) -> bool:
        """Whether its scheduler or database is reached from outside private endpoints: as said, else where there are none."""
        holder = self.task_hub.scheduler or self.task_hub.database
        said = holder is not None and "public_network_access" in holder.model_fields_set
        return holder.public_network_access if holder is not None and said else self.network is None

    @property
    def watches_triggers(self) -> bool:
        """Whether the runtime itself sees to scaling: as said, and on Elastic Premium wherever the hub is private."""
        return self.plan.scale_monitoring or (self.network is not None and self.plan.facts.hosting == "elastic")

    @property
    def hubs_travel(self) -> bool:
        """Whether a swap takes each hub along with its code (`hub_binding: code`)."""
        return any(slot.hub_binding == "code" for slot in self.slots.values())

    @property
    def longest_orchestration(self) -> timedelta | None:
        """The longest any declared orchestration may run; None when none is declared."""
        return max((one.stuck_after for one in self.orchestrations.values()), default=None)

    def access_of(self, slot: str | None) -> SlotAccess:
        """Who may call a slot (None is production): by its own access, else by the application's."""
        own = self.slots[slot].access if slot else None
        return self.access if own is None else own

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
    tags: dict[v.TagName, v.TagValue] = Field(default={})
    telemetry: Telemetry
    alerts: Alerts = Alerts()
    workbooks: StrictBool | None = Field(
        default=None,
        description="Whether each application has a workbook in Application Insights; when not said, in staging and production",
    )
    operators: Operators = Operators()
    budget: Budget | None = None
    network: Network | None = Field(
        default=None, description="The virtual network of its applications, made here or a given one"
    )
    runbook_url: v.WebAddress | None = Field(
        default=None, description="Where the folder of the runbooks is read; alerts link to their pages below it"
    )
    apps: dict[v.AppName, App] = Field(min_length=1)
    names: EnvironmentNameOverrides = EnvironmentNameOverrides()

    @property
    def protects_hubs(self) -> bool:
        """Whether what holds a hub is protected from deletion: everywhere but in development."""
        return self.tier != "development"

    def locks_store(self, app: str) -> bool:
        """Whether Azure itself refuses to delete what holds an application's hubs: in production, unless said otherwise."""
        wanted = self.apps[app].store.lock
        return self.tier == "production" if wanted is None else wanted

    @property
    def resource_names(self) -> naming.EnvironmentNames:
        """Names of the environment's own resources, overrides applied."""
        derived = naming.environment_names(self.organization, self.name)
        return naming.EnvironmentNames(**{key: getattr(self.names, key) or name for key, name in vars(derived).items()})

    def app_names(self, app: str) -> naming.AppNames:
        """Names of an application's resources, overrides applied."""
        derived = naming.app_names(self.organization, self.name, app)
        given = self.apps[app].names
        return naming.AppNames(**{key: getattr(given, key) or name for key, name in vars(derived).items()})

    def host_id(self, app: str, slot: str | None) -> str:
        """The id under which the host of a slot (None is production) works in the store: the given one, else derived."""
        described = self.apps[app]
        given = described.slots[slot].host_id if slot else described.names.host_id
        return given or naming.host_id(self.name, app, slot)

    def owner_of(self, app: str) -> Owner:
        """Who owns an application: its own owner, else the environment's."""
        return self.apps[app].owner or self.owner

    def told_of(self, app: str | None = None) -> tuple[str, ...]:
        """Whom alerts on an application, or on the environment itself, are mailed to: its owner first."""
        owner = self.owner_of(app) if app else self.owner
        told: dict[str, str] = {}
        for email in (owner.email, *self.alerts.action_group.emails):
            told.setdefault(email.lower(), email)
        return tuple(told.values())

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
