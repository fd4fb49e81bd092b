"""Commands of a release: what two slots are made of, which versions run, the swap.

Flags: Azure CLI 2.91.0, read 2026-11-22. What a swap does to sticky settings:
"Set up staging environments in Azure App Service", 2026.
"""

from environments import TaskHub
from hubkeeper.runbook.commands import Bash, Command, Target
from hubkeeper.runbook.quoting import shell_lines
from hubkeeper.runbook.store_commands import NO_ENTITIES, OPEN


def configuration(target: Target, runtime: str, where: str) -> Command:
    """What a slot's host is set to, beside its settings."""
    return Command(
        title=f"Configuration of {where}",
        verb="functionapp config show",
        arguments=(target.group_words, target.app_words),
        query="{runtime:linuxFxVersion,autoSwap:autoSwapSlotName,alwaysOn:alwaysOn,ftps:ftpsState,minTls:minTlsVersion,"
        "healthCheck:healthCheckPath,runtimeScale:functionsRuntimeScaleMonitoringEnabled}",
        answers=f"How is {where} set up?",
        healthy=f"{f'runtime {runtime}, ' if runtime else ''}autoSwap null, and the same answer for every slot",
        tells=(
            "autoSwap is not null: a deployment swaps by itself, past every check of this page. Have it turned off first.",
        ),
    )


def by_version(target: Target, hub: TaskHub, version: str | None) -> Command:
    """How many unfinished instances have which version."""
    newest = (
        f"newest:length(items[?Version=='{version}']),other:length(items[?Version && Version!='{version}']),"
        if version
        else ""
    )
    return Command(
        title=f"Versions in flight on {hub.name}",
        verb="storage entity query",
        arguments=(
            ("--subscription", target.subscription, "--account-name", hub.store, "--auth-mode", "login"),
            ("--table-name", f"{hub.name}Instances", "--filter", f"{NO_ENTITIES} and {OPEN}"),
            ("--select", "PartitionKey", "RuntimeStatus", "Version"),
        ),
        query="{"
        + newest
        + "none:length(items[?!Version]),oldest:min(items[?Version].Version),more:nextMarker.nextpartitionkey}",
        answers=f"Which versions do the unfinished instances on {hub.name} have?",
        healthy=f"all of them newest ({version}), other 0, none 0, more null"
        if version
        else "none is all of them: no version is declared",
        tells=(
            "other or none is not 0: instances of older code. The new code must still know their branch.",
            "oldest compares as text: 1.10 counts as older than 1.9.",
        ),
    )


def oldest_open(target: Target, hub: TaskHub) -> Command:
    """Unfinished instances in the order the store gives them, with what says how old they are."""
    return Command(
        title=f"What is open on {hub.name}",
        verb="storage entity query",
        arguments=(
            ("--subscription", target.subscription, "--account-name", hub.store, "--auth-mode", "login"),
            ("--table-name", f"{hub.name}Instances", "--filter", f"{NO_ENTITIES} and {OPEN}"),
            ("--select", "PartitionKey", "Name", "Version", "RuntimeStatus", "CreatedTime", "LastUpdatedTime"),
        ),
        query="sort_by(items,&CreatedTime)[:20].{instance:PartitionKey,name:Name,version:Version,status:RuntimeStatus,"
        "created:CreatedTime,lastStep:LastUpdatedTime}",
        output="table",
        answers=f"Which unfinished instances on {hub.name} are the oldest?",
        healthy="nothing older than the orchestrations of the application may get",
    )


def swap(target: Target) -> Command:
    """Exchanges the code of a slot and production."""
    return Command(
        title=f"Swap {target.slot} with production",
        verb="functionapp deployment slot swap",
        arguments=(target.group_words, (*target.app_words, "--target-slot", "production", "--action", "swap")),
        query="",
        output="none",
        answers=f"Exchanges the code of {target.slot} and production. Settings that are sticky stay where they are.",
        healthy="no output, after one to five minutes; then the application answers, and Its slots names the time",
        confirm=f"swap {target.phrase}",
        changes="Both hosts restart: activities in flight run again. From now on the other code works on each hub.",
    )


def reset(target: Target) -> Command:
    """Takes back a swap that was begun with a preview and not finished."""
    return Command(
        title="Take back a swap that was only previewed",
        verb="functionapp deployment slot swap",
        arguments=(target.group_words, (*target.app_words, "--action", "reset")),
        query="",
        output="none",
        answers=f"Gives {target.slot} its own settings back, its own hub among them.",
        healthy="no output; then Its settings shows the slot's own hub again",
        confirm=f"reset {target.phrase}",
        changes="The slot's host restarts. Only after a swap with --action preview that nobody finished.",
    )


def stop_or_start(target: Target, verb: str) -> Command:
    """Stops the host of a slot, or starts it."""
    stops = verb == "stop"
    return Command(
        title=f"{verb.capitalize()} the host",
        verb=f"functionapp {verb}",
        arguments=(target.group_words, target.app_words),
        query="",
        output="none",
        answers=f"{'Stops' if stops else 'Starts'} {target.phrase}.",
        healthy=f"no output; then the application says state {'Stopped' if stops else 'Running'}",
        confirm=f"{verb} {target.phrase}",
        changes="Nothing is worked on any more: timers, events and callers wait, and Pending grows."
        if stops
        else "What waited goes on at once: timers that came due meanwhile fire, all together.",
    )


def created_since(target: Target, hub: TaskHub) -> Command:
    """Whether anybody still starts instances."""
    since = f"{NO_ENTITIES} and CreatedTime gt datetime'"
    moment = "\"$(date -u -d '15 minutes ago' +%Y-%m-%dT%H:%M:%SZ)\""
    return Command(
        title=f"Started lately on {hub.name}",
        verb="storage entity query",
        arguments=(
            ("--subscription", target.subscription, "--account-name", hub.store, "--auth-mode", "login"),
            ("--table-name", f"{hub.name}Instances", "--filter", Bash(f'{shell_lines(since)}{moment}"\'"')),
            ("--select", "PartitionKey", "Name", "CreatedTime"),
        ),
        query="{started:length(items),names:items[].Name,more:nextMarker.nextpartitionkey}",
        answers=f"Was an instance started on {hub.name} in the last 15 minutes?",
        healthy="started 0 when the starters are stopped",
        tells=("more than 0: somebody still starts instances. Find the caller before you go on.",),
    )
