"""The functions of a slot by their trigger, and the switch of the one that starts instances.

`az functionapp function` knows no slot, so the resource manager is asked: WebApps List Functions and Get Function, and the same
with a slot (api-version 2024-04-01, as the rest of these pages); "Disable functions", learn.microsoft.com, 2026.
"""

from hubkeeper.runbook.commands import Bash, Command, Target
from hubkeeper.runbook.instance_commands import Act
from hubkeeper.runbook.quoting import Quoted, shell

_STARTER = "${STARTER:?set STARTER first}"
_VERSION = "?api-version=2024-04-01"
_TRIGGER = "config.bindings[?ends_with(type,'Trigger')].type|[0]"
#: Where one of these is turned off, instances that wait for it fail or stand still.
_WORK = ("orchestrationTrigger", "activityTrigger", "entityTrigger")


def functions(target: Target, site_id: str) -> Command:
    """What the code of a slot offers, and what calls it."""
    where = target.slot or "production"
    return Command(
        title=f"Functions of {where}",
        verb="rest",
        arguments=(
            ("--subscription", target.subscription, "--method", "get"),
            ("--url", f"https://management.azure.com{_site(target, site_id)}/functions{_VERSION}"),
        ),
        query=f"value[].{{function:properties.name||name,trigger:properties.{_TRIGGER},disabled:properties.isDisabled}}",
        output="table",
        answers=f"Which functions does the code of {where} have, what calls each, and is one disabled?",
        healthy="every orchestrationTrigger, activityTrigger and entityTrigger of the code, disabled False on every row",
        tells=(
            "What starts instances has another trigger: httpTrigger, queueTrigger, timerTrigger and the like.",
            "An orchestrator that is missing here cannot go on with its instances.",
            "A name with a slash in it: the function is what stands behind the slash.",
        ),
    )


def hold(target: Target, site_id: str, system: str) -> Act:
    """Turns a function off, but none that running instances need. `system` is the plan's: it says how the setting is written."""
    looked_up = Command(
        title="",
        verb="rest",
        arguments=(
            ("--subscription", target.subscription, "--method", "get"),
            (
                "--url",
                Bash(
                    f'{shell(f"https://management.azure.com{_site(target, site_id)}/functions/")}"{_STARTER}"{shell(_VERSION)}'
                ),
            ),
        ),
        query=f"properties.{_TRIGGER}",
        output="tsv",
        answers="",
        healthy="",
    )
    refused = f"'' | {' | '.join(_WORK).lower()}) echo \"not held: the trigger of $STARTER is ${{trigger:-not known}}\"; false ;;"
    lines = (
        f"trigger=$({looked_up.script}) \\",
        '  && case "${trigger,,}" in',
        f"    {refused}",
        "  esac \\",
        f"  && {_switched(target, system, 'hold', 'set', '--settings', '=true')}",
    )
    return Act(
        f"Hold what starts instances in {target.slot or 'production'}",
        "\n".join(lines),
        f"Turns the function STARTER of {target.phrase} off, after a look whether there is one and what calls it.",
        f"no output behind the prompt; then Functions of {target.slot or 'production'} says disabled True behind it",
        (
            "not held: it is no starter: an orchestrator, an activity or an entity, or its trigger is not known.",
            "NotFound: there is no such function. Nothing was changed.",
        ),
        changes="A changed setting restarts the host: activities in flight run again. Callers of an HTTP function are refused "
        "meanwhile, messages of a queue wait. It is a change by hand: whoever brings the environment up takes it away.",
    )


def let_go(target: Target, system: str) -> Act:
    """Turns it on again."""
    return Act(
        f"Let go what starts instances in {target.slot or 'production'}",
        f': "{_STARTER}" \\\n  && {_switched(target, system, "let go", "delete", "--setting-names", "")}',
        f"Turns the function STARTER of {target.phrase} on again.",
        f"no output behind the prompt; then Functions of {target.slot or 'production'} says disabled False behind it",
        changes="A changed setting restarts the host. What waited in a queue comes in at once.",
    )


def _switched(target: Target, system: str, phrase: str, verb: str, flag: str, value: str) -> str:
    """Bash that asks, with the function's name in the phrase, and changes its setting.

    Linux takes no full stop in a name: there the host reads underscores (azure-webjobs-sdk, FunctionIndexer.IsDisabled).
    """
    name = "AzureWebJobs.$STARTER.Disabled" if system == "windows" else "AzureWebJobs_${STARTER}_Disabled"
    asked = f"{phrase} {target.phrase} $STARTER"
    command = Command(
        title="",
        verb=f"functionapp config appsettings {verb}",
        arguments=(
            target.group_words,
            target.app_words,
            (flag, Quoted(f'"{name}{value}"')),
        ),
        query="",
        output="none",
        answers="",
        healthy="",
    )
    return f'read -r -p "Type {asked} to go on: " answer && [ "$answer" = "{asked}" ] \\\n  && {command.script}'


def _site(target: Target, site_id: str) -> str:
    return f"{site_id}/slots/{target.slot}" if target.slot else site_id
