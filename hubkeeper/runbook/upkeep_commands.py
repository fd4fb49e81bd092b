"""Commands of upkeep: who may read what, keys and secrets, and what of a lost store can come back.

Flags: Azure CLI 2.91.0, read 2026-11-22. Soft delete covers blobs and containers and neither tables nor queues: "Soft delete for
containers" and "Disaster recovery planning and failover", learn.microsoft.com, 2026.
"""

from environments import Environment, TaskHub
from hubkeeper.runbook import azure_ids
from hubkeeper.runbook.commands import Bash, Command, Target


def who_may(target: Target, scope: str, what: str, healthy: str) -> Command:
    """Everybody with a role on a resource, inherited ones too."""
    return Command(
        title=f"Who may do what on the {what}",
        verb="role assignment list",
        arguments=(
            ("--subscription", target.subscription, "--scope", scope),
            ("--include-inherited", "--fill-role-definition-name", "true"),
        ),
        query="sort_by([].{role:roleDefinitionName,who:principalName,kind:principalType,at:scope},&role)",
        output="table",
        answers=f"Who has a role on the {what}, here or from above?",
        healthy=healthy,
        tells=("who is empty: a deleted account, or one of another tenant. Have the assignment removed.",),
    )


def store_state(environment: Environment, target: Target, app: str) -> Command:
    """What the store is and what it lets in."""
    redundancy = environment.apps[app].redundancy
    keys = str(environment.apps[app].store.shared_keys).lower()
    return Command(
        title="The store",
        verb="storage account show",
        arguments=(target.group_words, ("--name", environment.app_names(app).storage_account)),
        query="{name:name,copies:sku.name,kind:kind,primary:statusOfPrimary,secondary:statusOfSecondary,"
        "sharedKey:allowSharedKeyAccess,publicBlobs:allowBlobPublicAccess,minTls:minimumTlsVersion,made:creationTime}",
        answers="Is the store there, is it the one that was made then, and is a key of no use?",
        healthy=f"copies Standard_{redundancy}, primary available, sharedKey {keys}, publicBlobs false, minTls TLS1_2; "
        "made never changes",
        tells=(
            "ResourceNotFound: the store is gone, and every hub in it.",
            "made later than you remember: somebody made it anew, and the hubs in it began empty.",
            "sharedKey true: somebody turned keys on. They read everything, without a name in any log.",
        ),
    )


def hub_tables(target: Target, hub: TaskHub) -> Command:
    """Which tables the store has."""
    return _names(
        target, hub, "storage table list", "table", f"{hub.name}History, {hub.name}Instances and {hub.name}Partitions"
    )


def hub_queues(target: Target, hub: TaskHub, partitions: int) -> Command:
    """Which queues the store has."""
    wanted = f"{hub.key}-workitems and {hub.key}-control-00 to {hub.key}-control-{partitions - 1:02}"
    return _names(target, hub, "storage queue list", "queue", wanted)


def _names(target: Target, hub: TaskHub, verb: str, what: str, wanted: str) -> Command:
    return Command(
        title=f"{what.capitalize()}s of the store",
        verb=verb,
        arguments=(("--subscription", target.subscription, "--account-name", hub.store, "--auth-mode", "login"),),
        query=f"[].{{{what}:name}}",
        output="table",
        answers=f"Are the {what}s of the hub {hub.name} there?",
        healthy=f"{wanted} are among them",
        tells=(
            "one is missing: it cannot be restored. The host makes an empty one when it starts; what was in it is lost.",
        ),
    )


def deleted_containers(target: Target, store: str, hub: TaskHub) -> Command:
    """Containers of the store, with those that were deleted and can come back."""
    hosts = f", {hub.key}-leases and {hub.key}-applease, and {hub.key}-largemessages where payloads were large"
    hosts = hosts if hub.backend == "azure-storage" else ""
    return Command(
        title="Containers, deleted ones too",
        verb="storage container list",
        arguments=(
            ("--subscription", target.subscription, "--account-name", store, "--auth-mode", "login"),
            ("--include-deleted", "true"),
        ),
        query="[].{container:name,deleted:deleted,version:version,daysLeft:properties.remainingRetentionDays}",
        output="table",
        answers="Are the containers there, and what of them can come back?",
        healthy=f"packages{hosts}; deleted is empty on each",
    )


def restore_container(target: Target, store: str) -> Command:
    """Brings a deleted container back under its name."""
    return Command(
        title="Restore a container",
        verb="storage container restore",
        arguments=(
            ("--subscription", target.subscription, "--account-name", store, "--auth-mode", "login"),
            ("--name", Bash('"${CONTAINER:?set CONTAINER first}"')),
            ("--deleted-version", Bash('"${CONTAINER_VERSION:?set CONTAINER_VERSION first}"')),
        ),
        query="",
        output="none",
        answers="Brings back a container with all that was in it.",
        healthy="no output; then Containers shows it as not deleted",
        confirm=f"restore in {store}",
        changes="Only while no container of that name exists: a host that made a new one meanwhile must be stopped "
        "and the new one be empty.",
    )


def fail_over(target: Target, store: str) -> Command:
    """Makes the copy in the other region the store."""
    return Command(
        title="Fail over to the other region",
        verb="storage account failover",
        arguments=((*target.group_words, "--name", store, "--yes"),),
        query="",
        output="none",
        answers="Makes the copy in the paired region the store, about an hour.",
        healthy="no output; then The store says primary available",
        confirm=f"fail over {store}",
        changes="What was not copied yet is lost, and tables and queues were not copied at one moment: instances may "
        "repeat or miss a step.",
    )


def rotate_key(target: Target) -> Command:
    """A new key of the durable extension. Without a value Azure makes one up, so none is typed anywhere."""
    return Command(
        title=f"A new durable key for {target.phrase}",
        verb="functionapp keys set",
        arguments=(
            target.group_words,
            (*target.app_words, "--key-type", "systemKeys", "--key-name", "durabletask_extension"),
        ),
        query="",
        output="none",
        answers="Replaces the key that the HTTP API of the durable extension is called with.",
        healthy="no output; then a look at any instance with the new key answers",
        confirm=f"rotate {target.phrase}",
        changes="Every link that was ever handed out (statusQueryGetUri, sendEventPostUri) stops working: partners "
        "that hold one must ask again.",
    )


def set_secret(target: Target, vault: str) -> Command:
    """A new version of a secret, from a file: on a command line it would stand in the list of processes."""
    return Command(
        title="A new version of a secret",
        verb="keyvault secret set",
        arguments=(
            ("--subscription", target.subscription, "--vault-name", vault),
            (
                "--name",
                Bash('"${SECRET_NAME:?set SECRET_NAME first}"'),
                "--file",
                Bash('"${SECRET_FILE:?set SECRET_FILE first}"'),
            ),
        ),
        query="",
        output="none",
        answers="Puts the content of a file into the vault as the newest version of a secret.",
        healthy="no output; then What the vault holds shows a new changed",
        confirm=f"secret in {vault}",
        changes="The application reads it within a day, or at once when its host restarts. The older version stays "
        "readable until it is disabled.",
    )


def key_use(target: Target, environment: Environment, app: str) -> Command:
    """Who fetched keys of the application, which open every instance."""
    return Command(
        title="Who fetched keys",
        verb="monitor activity-log list",
        arguments=(
            ("--subscription", target.subscription, "--resource-id", azure_ids.site_id(environment, app)),
            ("--offset", "89d", "--max-events", "1000"),
        ),
        query=""
        "[?contains(operationName.value,'list')].{when:eventTimestamp,what:operationName.value,who:caller,status:status.value}",
        output="table",
        answers="Who fetched keys or settings of the application in the last 89 days (Azure keeps 90)?",
        healthy="people of the owner's team, on days with an incident or a release",
        tells=("a name or a day that nobody can explain: rotate the key and tell the owner.",),
    )
