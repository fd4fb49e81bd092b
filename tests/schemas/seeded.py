"""Mistakes that people make in resources, each with what is said of it."""

import copy
import dataclasses
from collections.abc import Callable
from typing import Any

from plan import Resource
from tests.matrix.cells import Cell
from tests.schemas.bodies import NOT_LOOKED_UP

IN_NETWORK = Cell("EP1", "linux", "python", "azure-storage", "slot", "private")
ON_FLEX = Cell("FC1", "linux", "python", "durable-task-scheduler")
IN_DATABASE = Cell("S1", "windows", "node", "mssql", "code", "public")

Change = Callable[[dict[str, Any]], object]


def broken(resource: Resource, change: Change) -> Resource:
    """The resource with other inputs."""
    inputs = copy.deepcopy(resource.inputs)
    change(inputs)
    return dataclasses.replace(resource, inputs=inputs)


def setting(**values: Any) -> Change:
    return lambda inputs: inputs.update(values)


SEEDED: list[tuple[Cell, str, Change, str]] = [
    (
        IN_NETWORK,
        "storage:StorageAccount",
        setting(allowBlobPublicAcess=False),
        f"allowBlobPublicAcess: {NOT_LOOKED_UP}",
    ),
    (IN_NETWORK, "storage:StorageAccount", setting(creationTime="2026-01-01"), "creationTime: only Azure sets it"),
    (
        IN_NETWORK,
        "storage:StorageAccount",
        setting(accountName="stOrders"),
        "name: 'stOrders' does not match ^[a-z0-9]+$",
    ),
    (IN_NETWORK, "storage:StorageAccount", setting(accountName="st"), "name: 'st' is outside 3 to 24"),
    (IN_NETWORK, "storage:StorageAccount", lambda it: it.pop("kind"), "kind: missing"),
    (IN_NETWORK, "storage:StorageAccount", setting(sku={"name": "ZRS"}), "sku.name: 'ZRS' is none of Standard_LRS, "),
    (
        IN_NETWORK,
        "storage:BlobServiceProperties",
        setting(deleteRetentionPolicy={"enabled": True, "days": 366}),
        "deleteRetentionPolicy.days: 366 is outside 1 to 365",
    ),
    (
        IN_NETWORK,
        "web:WebApp",
        lambda it: it["siteConfig"].update(preWarmedInstanceCount=11),
        "siteConfig.preWarmedInstanceCount: 11 is outside 0 to 10",
    ),
    (
        IN_NETWORK,
        "web:WebApp",
        lambda it: it["siteConfig"].update(alwaysOn="true"),
        "siteConfig.alwaysOn: str where a boolean",
    ),
    (
        IN_NETWORK,
        "web:WebApp",
        lambda it: it["siteConfig"]["appSettings"][0].update(sticky=True),
        f"siteConfig.appSettings[0].sticky: {NOT_LOOKED_UP}",
    ),
    (IN_NETWORK, "web:WebApp", setting(siteConfig=[]), "siteConfig: list where an object belongs"),
    (IN_NETWORK, "web:WebApp", setting(identity={"type": "UserAssigend"}), "identity.type: 'UserAssigend' is none of"),
    (
        IN_NETWORK,
        "web:WebAppSlotConfigurationNames",
        setting(appSettingNames="TASKHUB_NAME"),
        "appSettingNames: str where a list",
    ),
    (
        IN_NETWORK,
        "network:PrivateEndpoint",
        lambda it: it["privateLinkServiceConnections"][0].update(groupId="blob"),
        f"privateLinkServiceConnections[0].groupId: {NOT_LOOKED_UP}",
    ),
    (
        IN_NETWORK,
        "monitor:ScheduledQueryRule",
        lambda it: it["criteria"]["allOf"][0].update(operator="gt"),
        "criteria.allOf[0].operator: 'gt' is none of Equals, GreaterThan",
    ),
    (
        IN_NETWORK,
        "monitor:MetricAlert",
        lambda it: it["criteria"].update(odataType="Microsoft.Azure.Monitor.MetricCriteria"),
        "criteria.odataType: 'Microsoft.Azure.Monitor.MetricCriteria' is none of",
    ),
    (
        IN_NETWORK,
        "keyvault:Vault",
        lambda it: it["properties"].pop("tenantId"),
        "properties.tenantId: missing",
    ),
    (IN_NETWORK, "keyvault:Vault", setting(location=3), "location: int where a string belongs"),
    (IN_NETWORK, "authorization:RoleAssignment", lambda it: it.pop("principalId"), "principalId: missing"),
    (
        IN_NETWORK,
        "authorization:RoleAssignment",
        setting(principalType="Robot"),
        "principalType: 'Robot' is none of User",
    ),
    (IN_NETWORK, "applicationinsights:Component", lambda it: it.pop("applicationType"), "applicationType: missing"),
    (
        ON_FLEX,
        "web:WebApp",
        lambda it: it["functionAppConfig"]["scaleAndConcurrency"].update(instanceMemory=2048),
        f"functionAppConfig.scaleAndConcurrency.instanceMemory: {NOT_LOOKED_UP}",
    ),
    (
        ON_FLEX,
        "web:WebApp",
        lambda it: it["functionAppConfig"].update(siteUpdateStrategy={"type": "BlueGreen"}),
        "functionAppConfig.siteUpdateStrategy.type: 'BlueGreen' is none of Recreate, RollingUpdate",
    ),
    (
        ON_FLEX,
        "durabletask:Scheduler",
        lambda it: it["properties"].pop("ipAllowlist"),
        "properties.ipAllowlist: missing",
    ),
    (
        ON_FLEX,
        "durabletask:Scheduler",
        lambda it: it["properties"].update(endpoint="https://example.com"),
        "properties.endpoint: only Azure sets it",
    ),
    (ON_FLEX, "durabletask:TaskHub", setting(taskHubName="a_hub"), "name: 'a_hub' does not match ^[a-zA-Z0-9-]{3,64}$"),
    (IN_DATABASE, "sql:Server", setting(minimalTlsVersion="1.4"), "minimalTlsVersion: '1.4' is none of"),
    (IN_DATABASE, "sql:Database", setting(sku={"tier": "Standard"}), "sku.name: missing"),
]
