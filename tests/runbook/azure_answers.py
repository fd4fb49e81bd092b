"""What Azure answers to the commands of the pages, in shape, with a secret in each place that has held one."""

from typing import Any

SECRET = "PLANTED-SECRET"

_SITE = {
    "name": "site",
    "state": "Running",
    "defaultHostName": "site.example",
    "httpsOnly": True,
    "serverFarmId": "/plans/one",
    "identity": {"type": "UserAssigned", "userAssignedIdentities": {"/id": {"clientId": "c"}}},
    "siteConfig": {
        "linuxFxVersion": "Python|3.12",
        "ftpsState": "Disabled",
        "minTlsVersion": "1.2",
        "appSettings": [{"name": "CARRIER_API_KEY", "value": SECRET}],
        "publishingPassword": SECRET,
    },
}
_ENTITY = {
    "PartitionKey": "claim-1",
    "RowKey": "",
    "Name": "ProcessClaim",
    "Version": "1.4",
    "RuntimeStatus": "Running",
    "CreatedTime": "2026-11-01T00:00:00Z",
    "LastUpdatedTime": "2026-11-02T00:00:00Z",
    "Input": SECRET,
    "Output": SECRET,
    "EventType": "TimerCreated",
    "EventId": 3,
    "FireAt": "2026-11-04T00:00:00Z",
    "_Timestamp": "2026-11-02T00:00:00Z",
    "Reason": SECRET,
    "Details": SECRET,
    "CustomStatus": SECRET,
}
_SETTINGS = [
    {"name": "TASKHUB_NAME", "value": "prodclaims", "slotSetting": True},
    {"name": "CARRIER_API_KEY", "value": SECRET, "slotSetting": False},
    {"name": "APPLICATIONINSIGHTS_CONNECTION_STRING", "value": f"InstrumentationKey={SECRET}", "slotSetting": False},
    {"name": "AzureWebJobsStorage", "value": f"AccountKey={SECRET}", "slotSetting": False},
    {"name": "WEBSITE_RUN_FROM_PACKAGE", "value": f"https://deployed/by-hand.zip?sig={SECRET}", "slotSetting": False},
    {"name": "EMPTY", "value": None, "slotSetting": False},
]

_FUNCTION = {
    "bindings": [
        {"type": "durableClient", "direction": "in", "taskHub": SECRET},
        {"type": "queueTrigger", "direction": "in", "connection": SECRET},
    ],
    "script": SECRET,
}

#: By the command's words.
ANSWERS: dict[str, Any] = {
    "account show": {"name": "sub", "id": "i", "tenantId": "t", "user": {"name": "me", "token": SECRET}},
    "functionapp config access-restriction show": {
        "ipSecurityRestrictionsDefaultAction": "Deny",
        "ipSecurityRestrictions": [{"action": "Allow", "ip_address": "203.0.113.0/28", "description": SECRET}],
        "scmIpSecurityRestrictionsUseMain": True,
        "scmIpSecurityRestrictions": [],
    },
    "functionapp config appsettings list": _SETTINGS,
    "functionapp config show": _SITE["siteConfig"] | {"autoSwapSlotName": None, "alwaysOn": False},
    "functionapp plan show": {
        "name": "plan",
        "sku": {"name": "EP1", "capacity": 2},
        "properties": {"zoneRedundant": True},
    },
    "functionapp show": _SITE,
    "identity show": {"principalId": "principal", "clientId": "client", "clientSecretUrl": SECRET},
    "keyvault secret list": [{"name": "carrier-api-key", "attributes": {"enabled": True}, "value": SECRET}],
    "monitor activity-log list": [
        {
            "eventTimestamp": "now",
            "operationName": {"localizedValue": "List keys", "value": "Microsoft.Web/sites/host/listkeys/action"},
            "caller": "me",
            "status": {"value": "ok"},
        }
        | {"claims": {"token": SECRET}, "properties": {"requestbody": SECRET}}
    ],
    "monitor app-insights component show": {
        "name": "appi",
        "appId": "a",
        "workspaceResourceId": "/w",
        "connectionString": f"InstrumentationKey={SECRET}",
        "instrumentationKey": SECRET,
    },
    "monitor log-analytics workspace show": {"customerId": "guid", "sharedKeys": SECRET},
    "monitor metrics list": {
        "value": [
            {
                "name": {"value": "Transactions"},
                "timeseries": [
                    {
                        "metadatavalues": [{"value": "Success"}],
                        "data": [{"total": 3.0, "maximum": 2.0}, {"total": None, "maximum": None}],
                    }
                ],
            }
        ],
        "cost": SECRET,
    },
    "rest": {
        "properties": {"platform": {"enabled": True}, "login": {"tokenStore": {"sasUrl": SECRET}}, "config": _FUNCTION},
        "value": [
            {
                "name": "CARRIER_API_KEY",
                "properties": {
                    "vaultName": "kv",
                    "secretName": "s",
                    "status": "Resolved",
                    "details": SECRET,
                    "config": _FUNCTION,
                },
            }
        ],
    },
    "role assignment list": [
        {"roleDefinitionName": "Reader", "scope": "/s", "condition": None, "principalName": "me", "description": SECRET}
    ],
    "storage account show": {
        "name": "st",
        "sku": {"name": "Standard_ZRS"},
        "statusOfPrimary": "available",
        "allowSharedKeyAccess": False,
        "primaryEndpoints": {"blob": f"https://st/?sig={SECRET}"},
        "keyCreationTime": SECRET,
    },
    "storage container list": [{"name": "prodclaims-leases", "deleted": None, "metadata": {"note": SECRET}}],
    "storage queue list": [{"name": "prodclaims-workitems", "metadata": {"note": SECRET}}],
    "storage table list": [{"name": "prodclaimsHistory", "signature": SECRET}],
    "storage entity query": {"items": [_ENTITY], "nextMarker": {"nextpartitionkey": "claim-2"}},
    "storage message peek": [{"insertionTime": "now", "dequeueCount": 1, "content": SECRET, "popReceipt": SECRET}],
    "webapp deployment slot list": [_SITE | {"name": "staging", "siteConfig": {"connectionStrings": [SECRET]}}],
    "durabletask retention-policy show": {
        "properties": {
            "retentionPolicies": [{"orchestrationState": "Failed", "retentionPeriodInDays": 60}],
            "note": SECRET,
        }
    },
    "durabletask scheduler show": {
        "properties": {
            "endpoint": "https://one.durabletask.io",
            "sku": {"name": "Dedicated", "capacity": 1},
            "ipAllowlist": ["203.0.113.0/28"],
            "provisioningState": "Succeeded",
        },
        "tags": {"note": SECRET},
    },
    "durabletask taskhub show": {
        "properties": {"provisioningState": "Succeeded", "dashboardUrl": "https://dashboard.durabletask.io/one"},
        "tags": {"note": SECRET},
    },
    "functionapp vnet-integration list": [{"name": "one", "vnetResourceId": "/subnets/one", "certBlob": SECRET}],
    "network private-dns link vnet list": [
        {
            "virtualNetwork": {"id": "/virtualNetworks/one"},
            "virtualNetworkLinkState": "Completed",
            "tags": {"note": SECRET},
        }
    ],
    "network private-dns record-set a list": [
        {"name": "one", "aRecords": [{"ipv4Address": "10.0.0.4"}], "metadata": {"note": SECRET}}
    ],
    "network private-endpoint list": [
        {
            "name": "pe-blob-orders-prod",
            "privateLinkServiceConnections": [
                {
                    "groupIds": ["blob"],
                    "privateLinkServiceConnectionState": {"status": "Approved"},
                    "requestMessage": SECRET,
                }
            ],
        }
    ],
    "sql db list-deleted": [
        {"databaseName": "one", "deletionDate": "then", "earliestRestoreDate": "before", "keys": {"note": SECRET}}
    ],
    "sql db ltr-backup list": [
        {
            "id": "/backups/5d1c2f0e;133800000000000000;Hot",
            "backupTime": "2026-10-05T00:00:00Z",
            "backupExpirationTime": "2026-11-02T00:00:00Z",
            "requestedBackupStorageRedundancy": SECRET,
        }
    ],
    "sql db show": {
        "status": "Online",
        "currentServiceObjectiveName": "S1",
        "zoneRedundant": False,
        "collation": "Latin1_General_100_BIN2_UTF8",
        "encryptionProtector": SECRET,
    },
    "sql server firewall-rule list": [{"name": "one", "startIpAddress": "203.0.113.0", "id": SECRET}],
    "sql server show": {
        "state": "Ready",
        "fullyQualifiedDomainName": "one.database.windows.net",
        "administratorLogin": "me",
        "administratorLoginPassword": SECRET,
        "administrators": {"login": "sg-one", "azureAdOnlyAuthentication": True, "sid": SECRET},
    },
}


def answer_to(verb: str, columns: list[str]) -> Any:
    """The answer; for a query to telemetry a row with the asked columns and everything else a row may carry."""
    if verb == "monitor log-analytics query":
        return [dict.fromkeys(columns, "seen") | {"TableName": "t", "Properties": SECRET, "Message": SECRET}]
    return ANSWERS[verb]
