"""Who may call a site: what App Service takes, and what becomes of it when it is taken away."""

from typing import Any

import pytest

from tests.local_azure.driver import Refused
from tests.local_azure.estate import GROUP, Estate

RULE = {"name": "allow-100", "priority": 100, "action": "Allow", "ipAddress": "203.0.113.0/28", "tag": "Default"}


def _config(*rules: dict[str, Any], key: str = "ipSecurityRestrictions") -> dict[str, Any]:
    return {key: list(rules), f"{key}DefaultAction": "Deny"}


def test_a_site_takes_addresses_tags_and_the_header_of_a_front_door(estate: Estate) -> None:
    door = {**RULE, "ipAddress": "AzureFrontDoor.Backend", "tag": "ServiceTag", "headers": {"x-azure-fdid": ["one"]}}
    app = estate.app(estate.plan(), siteConfig=_config(RULE, door, {**RULE, "ipAddress": "2001:db8::/32"}))
    assert [rule["ipAddress"] for rule in app.outputs["siteConfig"]["ipSecurityRestrictions"]] == [
        "203.0.113.0/28",
        "AzureFrontDoor.Backend",
        "2001:db8::/32",
    ]


@pytest.mark.parametrize("key", ["ipSecurityRestrictions", "scmIpSecurityRestrictions"])
@pytest.mark.parametrize(
    ("rule", "says"),
    [
        ({"ipAddress": "203.0.113.7"}, "'203.0.113.7' is not an address block in CIDR notation"),
        ({"ipAddress": "office"}, "'office' is not an address block"),
        ({"ipAddress": None}, "neither an address nor a subnet"),
        ({"ipAddress": ",".join(f"203.0.113.{n}/32" for n in range(9))}, "9 sources in one rule; there can be 8"),
        ({"action": "Permit"}, "the action of a rule is Allow or Deny"),
        ({"headers": {"x-forwarded-proto": ["https"]}}, "the header 'x-forwarded-proto' cannot be filtered by"),
    ],
)
def test_a_rule_that_app_service_does_not_know_is_refused(
    estate: Estate, key: str, rule: dict[str, Any], says: str
) -> None:
    with pytest.raises(Refused, match=says):
        estate.app(estate.plan(), siteConfig=_config({**RULE, **rule}, key=key))


def test_a_site_takes_512_rules_and_no_more(estate: Estate) -> None:
    plan = estate.plan()
    estate.app(plan, siteConfig=_config(*[RULE] * 512))
    with pytest.raises(Refused, match="513 rules; a site takes 512"):
        estate.slot(plan, siteConfig=_config(*[RULE] * 513))


def test_authentication_is_settings_of_a_site_and_of_a_slot_each_by_itself(estate: Estate) -> None:
    plan = estate.plan()
    estate.app(plan)
    where = {"resourceGroupName": GROUP, "name": "func-dev-claims"}
    settings = {"platform": {"enabled": True}, "globalValidation": {"requireAuthentication": True}}
    with pytest.raises(Refused, match="Parent resource 'staging' not found"):
        estate.caller.create("web:WebAppAuthSettingsV2Slot", {**where, "slot": "staging", **settings}, "slot-auth")
    estate.slot(plan)
    slot = estate.caller.create("web:WebAppAuthSettingsV2Slot", {**where, "slot": "staging", **settings}, "slot-auth")
    site = estate.caller.create("web:WebAppAuthSettingsV2", {**where, **settings}, "auth")
    assert site.id.endswith("/sites/func-dev-claims/config/authsettingsV2")
    assert slot.id.endswith("/sites/func-dev-claims/slots/staging/config/authsettingsV2")
    estate.caller.delete(slot)
    estate.caller.delete(site)


def test_settings_of_authentication_that_hold_nothing_are_refused_and_an_unknown_action_too(estate: Estate) -> None:
    where = {"resourceGroupName": GROUP, "name": "func-dev-claims"}
    assert estate.caller.check("web:WebAppAuthSettingsV2", where) == [
        "BadRequest: The parameter properties has an invalid value."
    ]
    (refused,) = estate.caller.check(
        "web:WebAppAuthSettingsV2", {**where, "globalValidation": {"unauthenticatedClientAction": "Return404"}}
    )
    assert "'Return404' of 'globalValidation.unauthenticatedClientAction' is not one of" in refused
