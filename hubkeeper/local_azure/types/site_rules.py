"""Settings and site properties that a plan or a store refuses. Sentences name settings, never their values."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from ..database import Transaction
from ..refusal import Refusal
from ..wire import unwrap
from .declaration import Target
from .flex import refuse_function_app_config
from .site_doors import refuse_doors
from .skus import Sku

_FLEX = "FlexConsumption"
# flex-consumption deprecated properties (learn.microsoft.com functions-app-settings and flex-consumption-plan, 2025): a
# deprecated property of siteConfig is a hard error of the resource manager, extended code 51021.
_NOT_ON_FLEX = frozenset(
    (
        "ftpsState", "use32BitWorkerProcess", "isReserved", "isXenon", "windowsFxVersion", "linuxFxVersion",
        "javaVersion", "powerShellVersion", "netFrameworkVersion", "preWarmedInstanceCount", "functionAppScaleLimit",
    )
)  # fmt: skip
# The SDK sends `isXenon: false` with every site, and programs that use it do bring up Flex sites: only true is refused.
_NOT_ON_FLEX_SITE = frozenset(("containerSize", "dailyMemoryTimeQuota", "isXenon"))
# FUNCTIONS_WORKER_RUNTIME: vscode-azurefunctions issue 4142. The others: not supported, says functions-app-settings.
_SETTINGS_NOT_ON_FLEX = re.compile(
    r"FUNCTIONS_WORKER_RUNTIME|WEBSITE_RUN_FROM_PACKAGE|WEBSITE_CONTENT\w+", re.IGNORECASE
)
# The bounds of SiteConfig: Azure REST specs, Microsoft.Web 2025-03-01.
_MOST = {"minimumElasticInstanceCount": 20, "preWarmedInstanceCount": 10}
_CONTENT_SHARE = "WEBSITE_CONTENTAZUREFILECONNECTIONSTRING"
_SKIP_VALIDATION = "WEBSITE_SKIP_CONTENTSHARE_VALIDATION"


def refuse_settings(transaction: Transaction, target: Target, sku: Sku | None, linux: bool) -> None:
    """Raises Refusal for the first thing that the plan, or the storage account of the content share, does not take."""
    config = unwrap(target.inputs.get("siteConfig"))
    config = config if isinstance(config, Mapping) else {}
    settings = dict(_settings(config))
    refuse_doors(config)
    for key, most in _MOST.items():
        count = unwrap(config.get(key))
        if isinstance(count, int | float) and not 0 <= count <= most:
            raise Refusal(400, "BadRequest", f"The parameter {key} has an invalid value. Must be between 0 and {most}.")
    if sku and not sku.always_on and unwrap(config.get("alwaysOn")) is True:
        raise Refusal(
            409, "Conflict", "There was a conflict. AlwaysOn cannot be set for this site as the plan does not allow it."
        )
    if sku and sku.tier == _FLEX:
        _refuse_on_flex(target, config, settings)
    elif unwrap(config.get("linuxFxVersion")) and not linux:
        raise Refusal(400, "BadRequest", "The parameter LinuxFxVersion has an invalid value.")
    _refuse_content_share(transaction, settings)


def _settings(config: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    listed = unwrap(config.get("appSettings"))
    for setting in listed if isinstance(listed, list) else []:
        pair = unwrap(setting)
        if isinstance(pair, Mapping):
            yield str(unwrap(pair.get("name", ""))), unwrap(pair.get("value"))


def _refuse_on_flex(target: Target, config: Mapping[str, Any], settings: Mapping[str, Any]) -> None:
    refused = [f"siteConfig.{key}" for key in config if key in _NOT_ON_FLEX] + [
        key for key in target.inputs if key in _NOT_ON_FLEX_SITE and unwrap(target.inputs[key])
    ]
    if refused:
        raise Refusal(400, "BadRequest", f"{', '.join(refused)}: not valid for Flex Consumption sites (51021).")
    names = [name for name in settings if _SETTINGS_NOT_ON_FLEX.fullmatch(name)]
    if names:
        raise Refusal(
            400,
            "BadRequest",
            f"The application setting(s) {', '.join(names)} are not valid for Flex Consumption sites.",
        )
    if not target.text("slot"):
        refuse_function_app_config(target.inputs)


def _refuse_content_share(transaction: Transaction, settings: Mapping[str, Any]) -> None:
    # Azure Files knows no identity: the share is made with the key (storage-considerations, learn.microsoft.com, 2026).
    connection = settings.get(_CONTENT_SHARE)
    if not isinstance(connection, str) or settings.get(_SKIP_VALIDATION) == "1":
        return
    account_name = re.search(r"(?:^|;)AccountName=([a-z0-9]{3,24})(?:;|$)", connection, re.IGNORECASE)
    account = transaction.holder_of("storageAccounts", account_name.group(1)) if account_name else None
    if account and account.inputs.get("allowSharedKeyAccess") is False:
        raise Refusal(
            400,
            "BadRequest",
            "Creation of storage file share failed with: 'The remote server returned an error: (403) Forbidden.'. "
            "Please check if the storage account is accessible.",
        )
