"""The resource types that the local Azure knows, by token. A new type is a declaration in a file of this folder."""

from collections.abc import Mapping

from . import (
    authorization,
    autoscale,
    budget,
    diagnostics,
    durabletask,
    identity,
    insights,
    locks,
    monitor,
    monitor_link,
    network,
    plan,
    private_dns,
    private_link,
    resources,
    site,
    site_settings,
    sql,
    storage,
    vault,
)
from .declaration import Account, ResourceType, Target

_MODULES = (
    resources,
    insights,
    monitor,
    monitor_link,
    diagnostics,
    locks,
    budget,
    identity,
    network,
    private_dns,
    storage,
    durabletask,
    sql,
    vault,
    private_link,
    authorization,
    plan,
    autoscale,
    site,
    site_settings,
)

REGISTRY: Mapping[str, ResourceType] = {kind.token: kind for module in _MODULES for kind in module.TYPES}

__all__ = ["REGISTRY", "Account", "ResourceType", "Target"]
