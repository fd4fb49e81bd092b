"""What the first `up` of an application that ran before Hubkeeper did does to it, and what must be there or gone before.

Such a site is in the state without its settings, which Azure never gives back: what they were is not known, only what they
become. "Storage considerations for Azure Functions" and "App settings reference for Azure Functions", learn.microsoft.com, 2026.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from hubkeeper.engine.guard import Step, plain_type, text_at

STORE_SETTING = "AzureWebJobsStorage__accountName"
_PACKAGE_SETTING = "WEBSITE_RUN_FROM_PACKAGE"
#: What a deployment to Flex Consumption is kept as, which has no such setting.
_ON_FLEX = "released-package.zip"
_SITES = ("azure-native:web:WebApp", "azure-native:web:WebAppSlot")
_STORE = "azure-native:storage:StorageAccount"
_CONTAINER = "azure-native:storage:BlobContainer"
_VAULT = "azure-native:keyvault:Vault"
_REFERENCE = re.compile(r"@Microsoft\.KeyVault\(VaultName=([^;)]+);SecretName=([^;)]+)\)")
_GUIDE = "docs/guides/adopt.md"


@dataclass(frozen=True)
class _Site:
    """A site or slot that runs already and gets its first settings from the description."""

    step: Step

    @property
    def whose(self) -> str:
        """Its name in Azure, and the slot."""
        slot = text_at(self.step.wanted, "slot")
        return f"{slot or 'production'} of {text_at(self.step.wanted, 'name') or self.step.name}"

    @property
    def store(self) -> str:
        """The account that its host will work in, by identity."""
        return _settings(self.step.wanted).get(STORE_SETTING, "").lower()

    @property
    def package(self) -> str:
        """The blob that it will run, by its name in the container."""
        return _settings(self.step.wanted).get(_PACKAGE_SETTING, "").partition(".net/")[2].partition("/")[2] or _ON_FLEX

    @property
    def secrets(self) -> list[tuple[str, str]]:
        """(vault, secret) of every setting that refers to one."""
        found = map(_REFERENCE.fullmatch, _settings(self.step.wanted).values())
        return [(one[1], one[2]) for one in found if one]

    @property
    def loses_own_identity(self) -> bool:
        """Whether it has a system-assigned identity now; it then has the application's own and no other."""
        return "SystemAssigned" in text_at(self.step.inputs, "identity.type")


def too_early(steps: Sequence[Step]) -> list[str]:
    """A line for each reason why a run would stop an application that runs, with what is to be done before."""
    sites = list(_first_settings(steps))
    return [*_keys_first(steps, sites), *_packages_missing(steps, sites), *_secrets_missing(steps, sites)]


def told(steps: Sequence[Step]) -> list[str]:
    """A line for each thing that changes for an application that runs, beside what is changed by name."""
    lines: list[str] = []
    for site in _first_settings(steps):
        if site.store:
            lines.append(
                f"{site.whose} runs {site.package} from {site.store} from then on, and not what was deployed to it: that package "
                f"must be there; settings that are not described go, AzureWebJobsStorage and the content share's too ({_GUIDE})"
            )
        if site.loses_own_identity:
            lines.append(
                f"{site.whose} has its system-assigned identity no more: what that was granted, grant the application's own"
            )
    return lines


def _first_settings(steps: Sequence[Step]) -> Iterator[_Site]:
    """Sites that are updated and of whose settings the state knows none."""
    for step in steps:
        if plain_type(step.type) in _SITES and step.op == "update" and not _has_settings(step.inputs):
            yield _Site(step)


def _keys_first(steps: Sequence[Step], sites: Sequence[_Site]) -> Iterator[str]:
    """A site depends on its roles, and they on the store: so the store is always changed before the sites are."""
    for step in steps:
        if plain_type(step.type) != _STORE or step.op != "update":
            continue
        off = (step.wanted or {}).get("allowSharedKeyAccess") is False
        if not off or (step.inputs or {}).get("allowSharedKeyAccess") is False:
            continue
        account = text_at(step.wanted, "accountName")
        if using := [site.whose for site in sites if site.store == account.lower()]:
            yield (
                f"store {account} would take no key any more before {_listed(using)} can do without: say `store: {{shared_keys: "
                f"true}}` for this `up`, with a waiver of HK401, and take it away for the next ({_GUIDE})"
            )


def _packages_missing(steps: Sequence[Step], sites: Sequence[_Site]) -> Iterator[str]:
    """A container that is made in the same run is empty."""
    for step in steps:
        if plain_type(step.type) != _CONTAINER or step.op != "create":
            continue
        account, container = text_at(step.wanted, "accountName"), text_at(step.wanted, "containerName")
        if using := [site for site in sites if account and site.store == account.lower()]:
            packages = ", ".join(f"{site.package} for {site.whose}" for site in using)
            yield (
                f"container {container} of {account} would be made empty, and what runs would find no package in it: make it and "
                f"upload {packages} first, then `hubkeeper adopt` again ({_GUIDE})"
            )


def _secrets_missing(steps: Sequence[Step], sites: Sequence[_Site]) -> Iterator[str]:
    """So is a vault. What a reference does not find, the application gets as the reference itself."""
    for step in steps:
        if plain_type(step.type) != _VAULT or step.op != "create" or _is_recovered(step):
            continue
        vault = text_at(step.wanted, "vaultName")
        if wanted := sorted({secret for site in sites for of, secret in site.secrets if of.lower() == vault.lower()}):
            yield (
                f"vault {vault} would be made empty, and what runs would find no secret in it: make it and set {', '.join(wanted)} "
                f"first, then `hubkeeper adopt` again ({_GUIDE})"
            )


def _is_recovered(vault: Step) -> bool:
    """Whether a soft-deleted vault is brought back: with its secrets."""
    return text_at(vault.wanted, "properties.createMode").lower() == "recover"


def _has_settings(inputs: Mapping[str, Any] | None) -> bool:
    """Whether there are any, were it only as a secret that is not shown."""
    config = (inputs or {}).get("siteConfig")
    return bool(config.get("appSettings")) if isinstance(config, Mapping) else config is not None


def _listed(names: Sequence[str]) -> str:
    return " and ".join(names)


def _settings(inputs: Mapping[str, Any] | None) -> dict[str, str]:
    config = (inputs or {}).get("siteConfig")
    listed = config.get("appSettings") if isinstance(config, Mapping) else None
    pairs = [one for one in listed if isinstance(one, Mapping)] if isinstance(listed, list) else []
    return {str(one.get("name")): text_at(one, "value") for one in pairs}
