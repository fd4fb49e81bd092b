"""The `az` commands that pages may hold, with the flags each takes.

Core commands: read from the parser of azure-cli 2.91.0 on 2026-11-22, which also parsed every command of the shipped pages.
Extensions: `log-analytics`, aaz/latest/monitor/log_analytics/_query.py, and `application-insights`, _params.py, both in
Azure/azure-cli-extensions, read on 2026-11-22.
"""

#: Every command takes these.
GLOBAL = {"--subscription", "--only-show-errors", "--output", "--query"}

#: Commands that only read.
READING: dict[str, set[str]] = {
    "account get-access-token": {"--resource"},
    "account show": set(),
    "functionapp config access-restriction show": {"--resource-group", "--name", "--slot"},
    "durabletask retention-policy show": {"--resource-group", "--scheduler-name"},
    "durabletask scheduler show": {"--resource-group", "--name"},
    "durabletask taskhub show": {"--resource-group", "--scheduler-name", "--name"},
    "functionapp config appsettings list": {"--resource-group", "--name", "--slot"},
    "functionapp config show": {"--resource-group", "--name", "--slot"},
    "functionapp keys list": {"--resource-group", "--name", "--slot"},
    "functionapp plan show": {"--resource-group", "--name"},
    "functionapp show": {"--resource-group", "--name", "--slot"},
    "identity show": {"--resource-group", "--name"},
    "keyvault secret list": {"--vault-name"},
    "monitor activity-log list": {"--resource-id", "--offset", "--max-events"},
    "monitor app-insights component show": {"--resource-group", "--app"},
    "monitor log-analytics query": {"--workspace", "--analytics-query", "--timespan"},
    "monitor log-analytics workspace show": {"--resource-group", "--workspace-name"},
    "monitor metrics list": {"--resource", "--metrics", "--aggregation", "--interval", "--offset", "--filter", "--top"},
    "rest": {"--method", "--url"},
    "role assignment list": {
        "--assignee-object-id",
        "--scope",
        "--include-inherited",
        "--fill-principal-name",
        "--fill-role-definition-name",
    },
    "sql db list-deleted": {"--resource-group", "--server"},
    "sql db ltr-backup list": {"--location", "--server", "--database", "--database-state"},
    "sql db show": {"--resource-group", "--server", "--name"},
    "sql server firewall-rule list": {"--resource-group", "--server"},
    "sql server show": {"--resource-group", "--name", "--expand-ad-admin"},
    "storage account show": {"--resource-group", "--name"},
    "storage container list": {"--account-name", "--auth-mode", "--include-deleted"},
    "storage entity query": {"--account-name", "--table-name", "--auth-mode", "--filter", "--select", "--num-results"},
    "storage queue list": {"--account-name", "--auth-mode"},
    "storage table list": {"--account-name", "--auth-mode"},
    "storage message peek": {"--account-name", "--queue-name", "--auth-mode", "--num-messages"},
    "webapp deployment slot list": {"--resource-group", "--name"},
}

#: Commands that only read, on pages of an application in a private network; the shipped estate has none.
READING_IN_A_NETWORK: dict[str, set[str]] = {
    "functionapp vnet-integration list": {"--resource-group", "--name", "--slot"},
    "network private-dns link vnet list": {"--resource-group", "--zone-name"},
    "network private-dns record-set a list": {"--resource-group", "--zone-name"},
    "network private-endpoint list": {"--resource-group"},
}

#: Those that answer with a key or a token: into a variable, never onto the screen.
ANSWERS_A_SECRET: set[str] = {"account get-access-token", "functionapp keys list"}

#: Commands that change what the shell is signed in to. They answer with nothing that is printed.
SIGNING_IN: dict[str, set[str]] = {"login": {"--tenant"}, "account set": set()}

#: Commands that change what runs or is kept. They answer with nothing that is printed.
CHANGING: dict[str, set[str]] = {
    "functionapp config appsettings delete": {"--resource-group", "--name", "--slot", "--setting-names"},
    "functionapp config appsettings set": {"--resource-group", "--name", "--slot", "--settings"},
    "functionapp deployment slot swap": {"--resource-group", "--name", "--slot", "--target-slot", "--action"},
    "functionapp keys set": {"--resource-group", "--name", "--slot", "--key-type", "--key-name"},
    "functionapp restart": {"--resource-group", "--name", "--slot"},
    "functionapp start": {"--resource-group", "--name", "--slot"},
    "functionapp stop": {"--resource-group", "--name", "--slot"},
    "keyvault secret set": {"--vault-name", "--name", "--file"},
    "sql db rename": {"--resource-group", "--server", "--name", "--new-name"},
    "sql db restore": {"--resource-group", "--server", "--name", "--dest-name", "--time"},
    "sql server ad-admin create": {"--resource-group", "--server", "--display-name", "--object-id"},
    "storage container restore": {"--account-name", "--auth-mode", "--name", "--deleted-version"},
}
#: Those that no application of the shipped estate has: a store without a copy in another region cannot fail over.
SELDOM: dict[str, set[str]] = {"storage account failover": {"--resource-group", "--name", "--yes"}}


def verb_of(call: tuple[str, ...]) -> str:
    """The command's own words, before its first flag."""
    flags = [n for n, word in enumerate(call) if word.startswith("--")]
    return " ".join(call[: flags[0]])


def flags_of(call: tuple[str, ...]) -> dict[str, str]:
    """Flags with the first word behind each."""
    return {
        word: next(iter(call[n + 1 : n + 2]), "")
        for n, word in enumerate(call)
        if word.startswith("--") and (n == 0 or call[n - 1] not in ("--query", "--analytics-query", "--filter"))
    }
