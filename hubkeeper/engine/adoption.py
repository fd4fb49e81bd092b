"""Takes what is in Azure already under the names of a description into its stack. Nothing in Azure is touched.

Every name of a plan is a literal, so the id of every resource is known before there is any: it is put into the state with
nothing else, and the engine's own refresh reads what is there and drops what is not. This needs no import option in the
program, which would refuse whatever is not described to the letter, and asks nobody for ids.
"""

import uuid
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from string import Formatter
from typing import Any

from pulumi import automation

from environments.replacements import forces
from hubkeeper.engine.first_up import told, too_early
from hubkeeper.engine.guard import Step
from hubkeeper.engine.interrupts import ended_like_interrupted, waits_for_the_engine
from hubkeeper.engine.operations import EngineFailed, Output, Refused, last_words
from hubkeeper.engine.session import Session
from hubkeeper.engine.writing_back import insist
from plan import Plan, Resource
from plan.changes import changes

_PROVIDER = "pulumi:providers:azure-native"
_STACK = "pulumi:pulumi:Stack"
_GROUP = "{subscription}/resourceGroups/{resourceGroupName}"
_STORE = _GROUP + "/providers/Microsoft.Storage/storageAccounts/{accountName}"
_SITE = _GROUP + "/providers/Microsoft.Web/sites/{name}"
_PASSWORDS = "/basicPublishingCredentialsPolicies"
_SCHEDULER = _GROUP + "/providers/Microsoft.DurableTask/schedulers/{schedulerName}"
_SQL_SERVER = _GROUP + "/providers/Microsoft.Sql/servers/{serverName}"
_NETWORK = _GROUP + "/providers/Microsoft.Network"
_INSIGHTS = _GROUP + "/providers/Microsoft.Insights"
_ACCESS = "{scope}/providers/Microsoft.Authorization"

#: The id of each type, of its inputs: the page of the type in "Azure resource reference", learn.microsoft.com, read
#: 2026-11-22. Diagnostic settings are not here: their names do not tell which of a store's services they are for.
_IDS = {
    "resources:ResourceGroup": _GROUP,
    "storage:StorageAccount": _STORE,
    "storage:BlobServiceProperties": _STORE + "/blobServices/default",
    "storage:BlobContainer": _STORE + "/blobServices/default/containers/{containerName}",
    "storage:ManagementPolicy": _STORE + "/managementPolicies/default",
    "durabletask:Scheduler": _SCHEDULER,
    "durabletask:TaskHub": _SCHEDULER + "/taskHubs/{taskHubName}",
    "durabletask:RetentionPolicy": _SCHEDULER + "/retentionPolicies/default",
    "sql:Server": _SQL_SERVER,
    "sql:Database": _SQL_SERVER + "/databases/{databaseName}",
    "sql:FirewallRule": _SQL_SERVER + "/firewallRules/{firewallRuleName}",
    "sql:BackupShortTermRetentionPolicy": (
        _SQL_SERVER + "/databases/{databaseName}/backupShortTermRetentionPolicies/{policyName}"
    ),
    "sql:LongTermRetentionPolicy": _SQL_SERVER
    + "/databases/{databaseName}/backupLongTermRetentionPolicies/{policyName}",
    "keyvault:Vault": _GROUP + "/providers/Microsoft.KeyVault/vaults/{vaultName}",
    "network:VirtualNetwork": _NETWORK + "/virtualNetworks/{virtualNetworkName}",
    "network:Subnet": _NETWORK + "/virtualNetworks/{virtualNetworkName}/subnets/{subnetName}",
    "network:PrivateEndpoint": _NETWORK + "/privateEndpoints/{privateEndpointName}",
    "network:PrivateDnsZoneGroup": (
        _NETWORK + "/privateEndpoints/{privateEndpointName}/privateDnsZoneGroups/{privateDnsZoneGroupName}"
    ),
    "privatedns:PrivateZone": _NETWORK + "/privateDnsZones/{privateZoneName}",
    "privatedns:VirtualNetworkLink": (
        _NETWORK + "/privateDnsZones/{privateZoneName}/virtualNetworkLinks/{virtualNetworkLinkName}"
    ),
    # In small letters: so Azure writes the id of an identity, and a site repeats it.
    "managedidentity:UserAssignedIdentity": (
        "{subscription}/resourcegroups/{resourceGroupName}"
        "/providers/Microsoft.ManagedIdentity/userAssignedIdentities/{resourceName}"
    ),
    "authorization:RoleAssignment": _ACCESS + "/roleAssignments/{roleAssignmentName}",
    "authorization:RoleDefinition": _ACCESS + "/roleDefinitions/{roleDefinitionId}",
    "authorization:ManagementLockByScope": _ACCESS + "/locks/{lockName}",
    "operationalinsights:Workspace": _GROUP + "/providers/Microsoft.OperationalInsights/workspaces/{workspaceName}",
    "applicationinsights:Component": _INSIGHTS + "/components/{resourceName}",
    "applicationinsights:Workbook": _INSIGHTS + "/workbooks/{resourceName}",
    "monitor:PrivateLinkScope": _INSIGHTS + "/privateLinkScopes/{scopeName}",
    "monitor:PrivateLinkScopedResource": _INSIGHTS + "/privateLinkScopes/{scopeName}/scopedResources/{name}",
    "monitor:ActionGroup": _INSIGHTS + "/actionGroups/{actionGroupName}",
    "monitor:MetricAlert": _INSIGHTS + "/metricAlerts/{ruleName}",
    "monitor:ScheduledQueryRule": _INSIGHTS + "/scheduledQueryRules/{ruleName}",
    "monitor:AutoscaleSetting": _INSIGHTS + "/autoscaleSettings/{autoscaleSettingName}",
    "web:AppServicePlan": _GROUP + "/providers/Microsoft.Web/serverfarms/{name}",
    "web:WebApp": _SITE,
    "web:WebAppSlot": _SITE + "/slots/{slot}",
    "web:WebAppSlotConfigurationNames": _SITE + "/config/slotConfigNames",
    "web:WebAppAuthSettingsV2": _SITE + "/config/authsettingsV2",
    "web:WebAppAuthSettingsV2Slot": _SITE + "/slots/{slot}/config/authsettingsV2",
    "web:WebAppFtpAllowed": _SITE + _PASSWORDS + "/ftp",
    "web:WebAppScmAllowed": _SITE + _PASSWORDS + "/scm",
    "web:WebAppFtpAllowedSlot": _SITE + "/slots/{slot}" + _PASSWORDS + "/ftp",
    "web:WebAppScmAllowedSlot": _SITE + "/slots/{slot}" + _PASSWORDS + "/scm",
}


@dataclass(frozen=True)
class Adopted:
    """Names of the resources that were there and are now in the stack, and how many the description has beside them.

    `first_up` says what the first `up` does to what runs, and what is to be done before it.
    """

    taken: tuple[str, ...]
    missing: int
    first_up: tuple[str, ...] = ()


@dataclass(frozen=True)
class Found:
    """Where a resource is to be looked for: its id, and the inputs of the plan that the id is made of."""

    id: str
    inputs: dict[str, str]


def places_of(plan: Plan) -> dict[str, Found]:
    """The place in Azure of each resource that can be looked for, by URN."""
    subscription = f"/subscriptions/{_provider_of(plan).inputs['subscriptionId']}"
    places: dict[str, Found] = {}
    for urn, resource in plan.resources.items():
        form = _IDS.get(resource.type.removeprefix("azure-native:"), "")
        names = {key: value for key, value in resource.inputs.items() if isinstance(value, str)}
        # What a role or a lock is on is known by its id, and so by the resource whose id that is.
        on = next((places[one].id for one in resource.property_dependencies.get("scope", ()) if one in places), None)
        known = {key: value for key, value in names.items() if key != "scope"} | ({"scope": on} if on else {})
        wanted = {field for _, field, _, _ in Formatter().parse(form) if field}
        if form and wanted <= {*known, "subscription"}:
            identity = form.format(**known, subscription=subscription)
            steps = identity.split("/")
            places[urn] = Found(identity, {key: value for key, value in known.items() if value in (*steps, on)})
    return places


def adopt(session: Session, plan: Plan, output: Output, *, agree: Callable[[str], bool]) -> Adopted:
    """Looks for every resource of the plan that the stack does not have. Raises Refused, EngineFailed."""
    before = session.stack.export_stack()
    content: dict[str, Any] = dict(before.deployment or {})
    held: list[dict[str, Any]] = list(content.get("resources") or [])
    known = {str(one["urn"]) for one in held}
    places = {urn: found for urn, found in places_of(plan).items() if urn not in known}
    if not places:
        raise Refused("the stack has everything that the description names; there is nothing to adopt")
    if not agree(
        f"{len(places)} resources of {plan.stack} are looked for in Azure and taken into the stack if they are there."
    ):
        raise Refused("nobody agreed")
    content["resources"] = [*held, *_entries(plan, held, places)]
    with _as_it_was_unless_read(session, before):
        session.stack.import_stack(automation.Deployment(version=before.version, deployment=content))
        with waits_for_the_engine(output.line):
            session.stack.refresh(
                target=list(places), on_output=output.line, color=output.color, suppress_progress=output.quiet
            )
    exported = session.stack.export_stack()
    after = {str(one["urn"]) for one in dict(exported.deployment or {})["resources"]}
    taken = tuple(plan.resources[urn].name for urn in places if urn in after)
    missing = [urn for urn, one in plan.resources.items() if one.custom and one.type != _PROVIDER and urn not in after]
    there = Plan.from_deployment({"version": exported.version, "deployment": exported.deployment})
    return Adopted(taken, len(missing), _first_up(there, plan))


@contextmanager
def _as_it_was_unless_read(session: Session, before: automation.Deployment) -> Iterator[None]:
    """Puts the state back however the reading ends early: else what is not in Azure would be in the stack, by its id alone."""
    with ended_like_interrupted():
        try:
            yield
        except BaseException as error:
            try:
                insist(lambda: session.stack.import_stack(before))
            except automation.CommandError as held:
                raise EngineFailed(
                    f"{last_words(held)}; the stack has entries that were not read: put it back from the backend's own history"
                ) from error
            if isinstance(error, automation.CommandError):
                raise EngineFailed(f"{last_words(error)}; the stack is as it was") from None
            raise


def _first_up(there: Plan, wanted: Plan) -> tuple[str, ...]:
    steps = [
        Step(
            one.op,
            one.urn,
            one.resource.type,
            inputs=one.before.inputs if one.before else None,
            wanted=one.after.inputs,
        )
        for one in changes(there, wanted, forces)
        if one.after is not None
    ]
    return (*told(steps), *too_early(steps))


def _entries(plan: Plan, held: list[dict[str, Any]], places: Mapping[str, Found]) -> list[dict[str, Any]]:
    """What is added to the state: the stack and its provider where they are missing, components, and bare ids."""
    known = {str(one["urn"]) for one in held}
    provider = _provider_of(plan)
    found = next((str(one["id"]) for one in held if one["urn"] == provider.urn), str(uuid.uuid4()))
    entries: list[dict[str, Any]] = []
    for urn, resource in plan.resources.items():
        if urn in known:
            continue
        entry: dict[str, Any] = {
            "urn": urn,
            "type": resource.type,
            "custom": resource.custom,
            "parent": resource.parent,
        }
        if resource.type == _PROVIDER:
            told = dict(resource.inputs)
            entries.append(entry | {"id": found, "inputs": told, "outputs": told})
        elif urn in places:
            # The provider completes the inputs by what it reads, all but those that are in the id and not in the answer
            # (pulumi-azure-native, provider.go, Read, 2026-11).
            place, reference = places[urn], f"{provider.urn}::{found}"
            bare = {"id": place.id, "inputs": place.inputs, "outputs": {}, "protect": resource.protect}
            entries.append(entry | bare | {"provider": reference})
        elif not resource.custom:
            entries.append({key: value for key, value in entry.items() if value})
    return entries


def _provider_of(plan: Plan) -> Resource:
    return next(one for one in plan.resources.values() if one.type == _PROVIDER)
