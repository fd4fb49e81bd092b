"""Read-only commands on what the application stands on: plan, vault, identity, what was changed.

Flags: Azure CLI 2.91.0, read 2026-11-22.
"""

from environments import App, AppNames
from hubkeeper.runbook.commands import Bash, Command, Target


def plan(target: Target, names: AppNames, app: App) -> Command:
    """How many workers there are. Some versions of the CLI answer with Azure's nested body, some with a flat one."""
    zones = str(app.plan.zone_redundant).lower()
    # Flex Consumption and Consumption have no workers of the plan's own.
    counted = app.plan.facts.hosting in ("elastic", "dedicated")
    workers = f"workers {app.plan.minimum_instances} or more, " if counted else ""
    return Command(
        title="The plan",
        verb="functionapp plan show",
        arguments=(target.group_words, ("--name", names.plan)),
        query="{name:name,sku:sku.name,workers:sku.capacity,maxBurst:(properties||@).maximumElasticWorkerCount,"
        "zoneRedundant:(properties||@).zoneRedundant,state:(properties||@).status}",
        answers="Are there workers, and how many may there be?",
        healthy=f"sku {app.plan.sku}, {workers}zoneRedundant {zones}",
    )


def vault_references(target: Target, site_id: str) -> Command:
    """Whether the secrets that settings refer to can be read."""
    slot = f"/slots/{target.slot}" if target.slot else ""
    return Command(
        title="Secrets that settings refer to",
        verb="rest",
        arguments=(
            ("--subscription", target.subscription, "--method", "get"),
            (
                "--url",
                f"https://management.azure.com{site_id}{slot}/config/configreferences/appsettings?api-version=2024-04-01",
            ),
        ),
        query="value[].{setting:name,vault:properties.vaultName,secret:properties.secretName,status:properties.status}",
        output="table",
        answers="Can the application read its secrets? (names and status, no values)",
        healthy="status Resolved on every row",
        tells=(
            "SecretNotFound: nobody filled the vault yet, or the secret expired or was deleted.",
            "AccessToKeyVaultDenied: the identity lost its role on the vault, or the vault's network refuses.",
        ),
    )


def secret_names(target: Target, vault: str) -> Command:
    """Which secrets the vault holds. Values are never part of this answer."""
    return Command(
        title="What the vault holds",
        verb="keyvault secret list",
        arguments=(("--subscription", target.subscription, "--vault-name", vault),),
        query="[].{secret:name,enabled:attributes.enabled,expires:attributes.expires,changed:attributes.updated}",
        output="table",
        answers="Which secrets are there, and does one expire?",
        healthy="the secrets of the table above, enabled True, none expired",
    )


def roles(target: Target, names: AppNames, scope: str, wanted: str) -> Command:
    """What the identity may do on a resource."""
    identity = (
        f"az identity show --subscription {target.subscription} --resource-group {target.group} --name {names.identity}"
        " --only-show-errors --query principalId --output tsv"
    )
    return Command(
        title="What the identity may do",
        verb="role assignment list",
        arguments=(
            ("--subscription", target.subscription, "--include-inherited", "--fill-principal-name", "false"),
            ("--scope", scope),
            ("--assignee-object-id", Bash(f'"$({identity})"')),
        ),
        query="[].{role:roleDefinitionName,scope:scope,condition:condition}",
        output="table",
        answers="Does the application's identity have its roles on the store?",
        healthy=wanted,
        tells=("a role is missing: the host cannot start or work. Bring it back with `hubkeeper up`, not by hand.",),
    )


def changes(target: Target, resource: str, what: str) -> Command:
    """What people and pipelines did to a resource."""
    return Command(
        title=f"Changes to the {what}",
        verb="monitor activity-log list",
        arguments=(
            ("--subscription", target.subscription, "--resource-id", resource),
            ("--offset", "7d", "--max-events", "100"),
        ),
        query="[].{when:eventTimestamp,what:operationName.localizedValue,who:caller,status:status.value}",
        output="table",
        answers=f"Who did what to the {what}, in the last seven days?",
        healthy="only what was announced",
        tells=("A restart, a changed setting, a swap and a rotated key all restart the host.",),
    )
