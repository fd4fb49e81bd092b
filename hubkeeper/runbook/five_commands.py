"""The five commands that say what an application is: itself, its settings, its telemetry, its slots, and a restart.

Flags: Azure CLI 2.91.0, read 2026-11-22; `app-insights` comes with the extension application-insights.
"""

import json
from collections.abc import Sequence

from environments import HUB_SETTING, App, EnvironmentNames
from hubkeeper.runbook.commands import Command, Target

_SITE = (
    "{name:name,state:state,host:defaultHostName,httpsOnly:httpsOnly,plan:(appServicePlanId||serverFarmId),"
    "identity:identity.type,"
)
_RUNTIME = {
    "linux": "runtime:siteConfig.linuxFxVersion,",
    "windows": "kind:kind,",
    "flex": "runtime:(properties||@).functionAppConfig.runtime.name,",
}


def show(target: Target, app: App) -> Command:
    """Whether the application is there and runs. Where it says its runtime hangs on plan and system; Flex has no FTP."""
    flex = app.plan.facts.hosting == "flex"
    place = "flex" if flex else app.plan.system
    told = {"linux": f"runtime {app.runtime.linux_fx_version}", "windows": "kind functionapp"}
    runtime = told.get(place, f"runtime {app.runtime.language}") if place != "linux" or app.runtime.version else ""
    ftps = "" if flex else "ftps:siteConfig.ftpsState,"
    return Command(
        title="The application",
        verb="functionapp show",
        arguments=(target.group_words, target.app_words),
        query=f"{_SITE}{_RUNTIME[place]}{ftps}minTls:siteConfig.minTlsVersion}}",
        answers="Is it there, does it run, on which plan, with which identity?",
        healthy=", ".join(
            filter(
                None,
                (
                    "state Running, httpsOnly true, identity UserAssigned",
                    runtime,
                    "" if flex else "ftps Disabled",
                    "minTls 1.2 or higher",
                ),
            )
        ),
        tells=(
            "state Stopped: somebody stopped it; timers and scaling stand still and Pending grows.",
            "host: the name the HTTP API below is called at.",
        ),
    )


def settings(target: Target, hub: str, shown: Sequence[str], sticky: Sequence[str]) -> Command:
    """Names of all settings, values of those that are known to hold no secret.

    None with a question mark: a package deployed by hand may be run from an address with a signature behind it.
    """
    allowed = json.dumps(shown, separators=(",", ":"))
    value = f'(contains(`{allowed}`,name)&&!contains(value||`""`,`"?"`)&&value||`"(not shown)"`)'
    return Command(
        title="Its settings",
        verb="functionapp config appsettings list",
        arguments=(target.group_words, target.app_words),
        query=f"sort_by([].{{name:name,sticky:slotSetting,value:{value}}},&name)",
        output="table",
        answers="Which settings are there, which stay with the slot, which hub is in use?",
        healthy=f"{HUB_SETTING} is {hub}; sticky is True for {', '.join(sticky)} and for nothing else",
        tells=(
            "Values are shown only where they cannot be a secret, and none with a question mark in it: what is behind it may be a "
            "signature. All are fetched, though, and Azure audits that.",
            "A setting named exactly AzureWebJobsStorage must not be there: it would win over the identity settings.",
        ),
    )


def restart(target: Target, visibility: str) -> Command:
    """The only one of the five that changes something."""
    where = f"the slot {target.slot}" if target.slot else "PRODUCTION"
    return Command(
        title="A restart",
        verb="functionapp restart",
        arguments=(target.group_words, target.app_words),
        query="",
        output="none",
        answers=f"Restarts the host of {where}.",
        healthy="no output at all; then look at the application and its counts again",
        confirm=target.phrase,
        changes=(
            "Activities in flight run again from their beginning (at least once, so partners may be called twice); "
            f"what a worker had taken stays invisible for up to {visibility}. Azure asks nothing: the first line here does."
        ),
    )


def insights(target: Target, names: EnvironmentNames, retention_days: int) -> Command:
    """Where telemetry goes. Unprojected, the answer holds the connection string and the instrumentation key."""
    return Command(
        title="Its telemetry",
        verb="monitor app-insights component show",
        arguments=(target.group_words, ("--app", names.application_insights)),
        query="{name:name,appId:appId,workspace:workspaceResourceId,ingestion:ingestionMode,retentionDays:retentionInDays,"
        "samplingPercent:samplingPercentage,keyDisabled:disableLocalAuth}",
        answers="Where does telemetry go, and how long is it kept? All applications and slots here share one component.",
        healthy=f"workspace ends in {names.workspace}, ingestion LogAnalytics, retentionDays {retention_days}",
        tells=(
            "samplingPercent below 100: ingestion drops telemetry too, beside the host; counts are then estimates.",
        ),
    )


def slots(target: Target, expected: Sequence[str]) -> Command:
    """The slots beside production. `webapp` and `functionapp` are the same call here."""
    return Command(
        title="Its slots",
        verb="webapp deployment slot list",
        arguments=(target.group_words, ("--name", target.app)),
        query=""
        "[].{slot:name,state:state,host:defaultHostName,modified:lastModifiedTimeUtc,swappedFrom:slotSwapStatus.sourceSlotName,"
        "swappedAt:slotSwapStatus.timestampUtc}",
        output="table",
        answers="Which slots are there, and when was code swapped last? Production is never in this list.",
        healthy=f"exactly {', '.join(expected)}, Running"
        if expected
        else "no rows: there is no slot beside production",
        tells=(
            "swappedAt close to the beginning of the trouble: read what a swap does to the hub, in Compare slots and swap.",
        ),
    )
