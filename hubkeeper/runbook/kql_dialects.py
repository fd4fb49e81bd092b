"""The two dialects of a query: tables and columns as a Log Analytics workspace names them, and as Application Insights does.

Queries are written for the workspace. Asked within the component (Application Insights, Logs), rows have the classic names.
Source: "Workspace-based resource changes", learn.microsoft.com, 2026.
"""

import re

_TABLES = {
    "AppTraces": "traces",
    "AppRequests": "requests",
    "AppDependencies": "dependencies",
    "AppExceptions": "exceptions",
    "AppMetrics": "customMetrics",
    "AppPerformanceCounters": "performanceCounters",
}
_COLUMNS = {
    "TimeGenerated": "timestamp",
    "Properties": "customDimensions",
    "Message": "message",
    "SeverityLevel": "severityLevel",
    "OperationId": "operation_Id",
    "OperationName": "operation_Name",
    "AppRoleName": "cloud_RoleName",
    "AppRoleInstance": "cloud_RoleInstance",
    "DurationMs": "duration",
    "Success": "success",
    "ResultCode": "resultCode",
    "Target": "target",
    "Name": "name",
    "ItemCount": "itemCount",
}
#: Tables that only the workspace has.
_ONLY_THERE = re.compile(r"\b(?:Usage|_LogOperation)\b")
# A string is left as it is: what stands in it is a value. Verbatim strings (@"…") take a backslash as itself.
_TOKEN = re.compile(r'@"[^"]*"|"(?:[^"\\]|\\.)*"|[A-Za-z_][A-Za-z0-9_]*')


def classic(query: str) -> str | None:
    """The query in the classic names; None where it asks a table that only the workspace has."""
    if _ONLY_THERE.search(query):
        return None
    names = _TABLES | _COLUMNS
    return _TOKEN.sub(lambda token: names.get(token[0], token[0]), query)
