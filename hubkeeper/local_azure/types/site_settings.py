"""Singletons of a site: which settings stay with a slot, the basic publishing credentials, and who is asked for a token."""

from collections.abc import Mapping
from typing import Any

from ..refusal import Failure
from ..wire import reveal
from .declaration import NameRule, ResourceType

_SITE_ID = "/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Microsoft.Web/sites/{name}"
_SLOT_ID = _SITE_ID + "/slots/{slot}"
_SINGLETON = "pulumi-azure-native provider/pkg/openapi/defaults/defaultResourcesState.go, read 2026-11-22"
_API_VERSION = "2025-05-01"
_NAME = NameRule("name", r".+", "the name of the site")


def _publishing_policy(token: str, parent_id: str, policy: str) -> ResourceType:
    slot = "/slots" if "{slot}" in parent_id else ""
    return ResourceType(
        token=token,
        arm_type=f"Microsoft.Web/sites{slot}/basicPublishingCredentialsPolicies",
        api_version=_API_VERSION,
        id_form=f"{parent_id}/basicPublishingCredentialsPolicies/{policy}",
        source=_SINGLETON,
        name_rule=_NAME,
        located=False,
        singleton=True,
        defaults={"allow": True},
    )


def _check_authentication(inputs: Mapping[str, Any]) -> list[Failure]:
    """Settings with nothing in them are refused (400, these words: pulumi-azure-native issue 4330).

    That Azure refuses more is not known; authentication that lets everybody in is taken.
    """
    settings = ("platform", "globalValidation", "identityProviders", "login", "httpSettings")
    if not any(reveal(inputs.get(name)) for name in settings):
        return [Failure("BadRequest", "The parameter properties has an invalid value.")]
    return []


def _authentication(token: str, parent_id: str) -> ResourceType:
    return ResourceType(
        token=token,
        arm_type=f"Microsoft.Web/sites{'/slots' if '{slot}' in parent_id else ''}/config",
        api_version="2021-02-01",
        id_form=f"{parent_id}/config/authsettingsV2",
        source="deleting puts it back to disabled: pulumi-azure-native pull request 4373, 2025-10-23",
        name_rule=_NAME,
        located=False,
        singleton=True,
        defaults={"platform": {"enabled": False}},
        check=_check_authentication,
    )


SLOT_CONFIGURATION_NAMES = ResourceType(
    token="azure-native:web:WebAppSlotConfigurationNames",
    arm_type="Microsoft.Web/sites/config",
    api_version=_API_VERSION,
    id_form=_SITE_ID + "/config/slotConfigNames",
    source=_SINGLETON,
    name_rule=_NAME,
    output_name="{name}",  # Azure answers with the site's name here (example of the REST specification)
    located=False,
    singleton=True,
    defaults={"appSettingNames": []},
)

TYPES = (
    SLOT_CONFIGURATION_NAMES,
    _authentication("azure-native:web:WebAppAuthSettingsV2", _SITE_ID),
    _authentication("azure-native:web:WebAppAuthSettingsV2Slot", _SLOT_ID),
    _publishing_policy("azure-native:web:WebAppFtpAllowed", _SITE_ID, "ftp"),
    _publishing_policy("azure-native:web:WebAppScmAllowed", _SITE_ID, "scm"),
    _publishing_policy("azure-native:web:WebAppFtpAllowedSlot", _SLOT_ID, "ftp"),
    _publishing_policy("azure-native:web:WebAppScmAllowedSlot", _SLOT_ID, "scm"),
)
