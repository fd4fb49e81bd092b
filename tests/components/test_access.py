"""Who may call, as it is registered for production and every slot."""

from collections.abc import Callable
from typing import Any

import pytest

from environments import Environment, Estate
from environments.access import Access, SlotAccess
from plan import Plan, Resource
from tests.components.test_sites import site_of

AUTH = "azure-native:web:WebAppAuthSettingsV2"
OWN_ID = "2f9c6e81-5a07-4d3b-9e64-c8b1d7f03a52"


def with_access(environment: Environment, access: dict[str, Any], staging: dict[str, Any] | None = None) -> Environment:
    """The environment, with claims called by other rules, and its slot by rules of its own."""
    claims = environment.apps["claims"]
    own = SlotAccess.model_validate(staging) if staging is not None else None
    slots = {name: slot.model_copy(update={"access": own}) for name, slot in claims.slots.items()}
    changed = claims.model_copy(update={"access": Access.model_validate(access), "slots": slots})
    return environment.model_copy(update={"apps": {"claims": changed}})


def doors(site: Resource) -> dict[str, Any]:
    return {key: value for key, value in site.inputs["siteConfig"].items() if "ecurityRestrictions" in key}


def settings_of(plan: Plan, name: str, slot: str | None) -> dict[str, Any] | None:
    """What a site of the plan asks of a caller."""
    token = f"{AUTH}{'Slot' if slot else ''}"
    found = [one for one in plan.of_type(token) if (one.inputs["name"], one.inputs.get("slot")) == (name, slot)]
    return found[0].inputs if found else None


@pytest.mark.parametrize("slot", [None, "staging"])
def test_addresses_that_are_named_get_in_and_all_others_are_denied(
    slot: str | None, estate: Estate, plans: dict[str, Plan]
) -> None:
    site = site_of(plans["prod"], estate, "claims", slot)
    assert doors(site) == {
        "ipSecurityRestrictions": [
            {"name": "allow-100", "priority": 100, "action": "Allow", "ipAddress": "203.0.113.0/28", "tag": "Default"}
        ],
        "ipSecurityRestrictionsDefaultAction": "Deny",
        "scmIpSecurityRestrictionsUseMain": True,
    }


def test_the_own_front_door_gets_in_by_its_id_and_nobody_deploys_over_scm(
    estate: Estate, plans: dict[str, Plan]
) -> None:
    registered = doors(site_of(plans["prod"], estate, "freight", None))
    front_door = estate["prod"].apps["freight"].access.front_door_id
    assert registered["ipSecurityRestrictions"][-1] == {
        "name": "allow-101",
        "priority": 101,
        "action": "Allow",
        "ipAddress": "AzureFrontDoor.Backend",
        "tag": "ServiceTag",
        "headers": {"x-azure-fdid": [front_door]},
    }
    assert registered["scmIpSecurityRestrictions"] == []
    assert registered["scmIpSecurityRestrictionsDefaultAction"] == "Deny"
    assert registered["scmIpSecurityRestrictionsUseMain"] is False


@pytest.mark.parametrize("slot", [None, "staging"])
def test_a_token_of_the_tenant_is_asked_for_at_production_and_slot_alike(
    slot: str | None, estate: Estate, plans: dict[str, Plan]
) -> None:
    environment = estate["prod"]
    access = environment.apps["claims"].access
    assert access.authentication is not None
    settings = settings_of(plans["prod"], environment.app_names("claims").function_app, slot)
    assert settings is not None
    assert settings["platform"]["enabled"] is True
    assert settings["globalValidation"] == {
        "requireAuthentication": True,
        "unauthenticatedClientAction": "Return401",
        "excludedPaths": [],
    }
    assert list(settings["identityProviders"]) == ["azureActiveDirectory"]
    entra = settings["identityProviders"]["azureActiveDirectory"]
    assert entra["registration"] == {
        "clientId": access.authentication.client_id,
        "openIdIssuer": f"https://login.microsoftonline.com/{environment.tenant_id}/v2.0",
    }
    assert entra["validation"]["defaultAuthorizationPolicy"] == {
        "allowedApplications": access.authentication.allowed_clients
    }


def test_where_nothing_is_said_nothing_is_registered_that_would_open_what_is_shut_by_hand(
    estate: Estate, plans: dict[str, Plan]
) -> None:
    for app in estate["dev"].apps:
        assert doors(site_of(plans["dev"], estate, app, None)) == {}
    assert not [one for one in plans["dev"].resources.values() if one.type.startswith(AUTH)]


def test_who_says_that_everybody_may_call_gets_it_written_out(estate: Estate, planned: Callable[..., Plan]) -> None:
    plan = planned(with_access(estate["prod"], {"open_to_everyone": "a form on the web site"}))
    assert doors(site_of(plan, estate, "claims", None)) == {
        "ipSecurityRestrictions": [],
        "ipSecurityRestrictionsDefaultAction": "Allow",
        "scmIpSecurityRestrictionsUseMain": True,
    }


def test_links_that_a_starter_hands_out_work_without_a_token_where_that_is_wanted(
    estate: Estate, planned: Callable[..., Plan]
) -> None:
    token = {"client_id": OWN_ID, "status_endpoints": "key", "excluded_paths": ["/api/health"]}
    plan = planned(with_access(estate["prod"], {"authentication": token}))
    settings = settings_of(plan, estate["prod"].app_names("claims").function_app, "staging")
    assert settings is not None
    assert settings["globalValidation"]["excludedPaths"] == ["/api/health", "/runtime/webhooks/durabletask/*"]
    assert "defaultAuthorizationPolicy" not in settings["identityProviders"]["azureActiveDirectory"]["validation"]
    assert doors(site_of(plan, estate, "claims", None)) == {}, "a token is asked for, whatever the address"


TOKEN = {"authentication": {"client_id": OWN_ID}, "allowed_addresses": ["203.0.113.0/28"], "scm": {}}


def test_a_slot_with_access_of_its_own_takes_nothing_of_the_applications(
    estate: Estate, planned: Callable[..., Plan]
) -> None:
    plan = planned(with_access(estate["prod"], TOKEN, {"allowed_addresses": ["198.51.100.0/27"]}))
    site, slot = (site_of(plan, estate, "claims", name) for name in (None, "staging"))
    assert [rule["ipAddress"] for rule in doors(site)["ipSecurityRestrictions"]] == ["203.0.113.0/28"]
    assert [rule["ipAddress"] for rule in doors(slot)["ipSecurityRestrictions"]] == ["198.51.100.0/27"]
    assert doors(slot)["scmIpSecurityRestrictionsUseMain"] is True
    assert doors(site)["scmIpSecurityRestrictionsUseMain"] is False
    name = estate["prod"].app_names("claims").function_app
    assert settings_of(plan, name, None) is not None
    assert settings_of(plan, name, "staging") is None


def test_a_slot_may_ask_for_another_token_than_production(estate: Estate, planned: Callable[..., Plan]) -> None:
    other = "0b6d9a3e-5c41-4f7e-8d28-7a1c94e3f560"
    plan = planned(with_access(estate["prod"], TOKEN, {"authentication": {"client_id": other}}))
    name = estate["prod"].app_names("claims").function_app
    asked = [settings_of(plan, name, slot) for slot in (None, "staging")]
    ids = [one["identityProviders"]["azureActiveDirectory"]["registration"]["clientId"] for one in asked if one]
    assert ids == [OWN_ID, other]
    assert doors(site_of(plan, estate, "claims", "staging")) == {}
