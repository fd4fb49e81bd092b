"""The provider's configuration: the subscription and tenant it works in. Nothing else of it is looked at, or kept."""

import re
from collections.abc import Mapping
from typing import Any

from .refusal import Failure, Refusal
from .types import Account
from .types.made_up import guid
from .wire import Unknown, unwrap

_GUID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
NO_TENANT = "00000000-0000-0000-0000-000000000000"


def failures(config: Mapping[str, Any]) -> list[Failure]:
    """What is wrong with the configuration; unknown values are left for later."""
    found = []
    subscription, tenant = unwrap(config.get("subscriptionId")), unwrap(config.get("tenantId"))
    if not isinstance(subscription, Unknown) and not _is_guid(subscription):
        found.append(
            Failure("InvalidSubscriptionId", "'subscriptionId' of the provider must be a GUID; give it explicitly")
        )
    if not isinstance(tenant, Unknown) and tenant is not None and not _is_guid(tenant):
        found.append(Failure("InvalidTenantId", "'tenantId' of the provider must be a GUID"))
    return found


def account(config: Mapping[str, Any]) -> Account:
    """The subscription and tenant of a configuration."""
    wrong = failures(config)
    if wrong:
        raise Refusal(400, wrong[0].code, wrong[0].sentence)
    return Account(str(unwrap(config["subscriptionId"])), str(unwrap(config.get("tenantId", NO_TENANT))))


def client_config(account: Account) -> dict[str, str]:
    """The answer to getClientConfig: who is logged in."""
    return {
        "subscriptionId": account.subscription_id,
        "tenantId": account.tenant_id,
        "clientId": guid(account.tenant_id, "client"),
        "objectId": guid(account.tenant_id, "object"),
    }


def _is_guid(value: Any) -> bool:
    return isinstance(value, str) and _GUID.fullmatch(value) is not None
