"""Recording a program without engine and cloud: every resource as the engine would get it."""

import contextvars
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Final

import pulumi
import pytest
from pulumi import ComponentResource, CustomResource, Input, Output, ResourceOptions
from pulumi.runtime import settings as sdk_settings
from pulumi_azure_native import Provider, resources, storage, web

from plan import UNKNOWN, Plan, Secret, record

SECRET: Final = "planted-secret-5f2c"
HERE: Final = Path(__file__).resolve().parent


def recorded(program: Callable[[], object], stack: str = "dev", shortcuts: bool = True) -> Plan:
    return record(
        program,
        project="sample",
        stack=stack,
        config={"sample:key": SECRET},
        secret_keys=["sample:key"],
        project_root=HERE,
        shortcuts=shortcuts,
    )


def named(plan: Plan, name: str) -> dict[str, object]:
    return next(resource.inputs for resource in plan.resources.values() if resource.name == name)


class Thing(CustomResource):
    def __init__(self, name: str, opts: ResourceOptions | None = None, **inputs: Input[object]) -> None:
        super().__init__("sample:index:Thing", name, inputs, opts)


class Group(ComponentResource):
    def __init__(self, name: str, depth: int, opts: ResourceOptions | None = None) -> None:
        super().__init__("sample:index:Group", name, {"depth_left": depth}, opts)
        Thing(f"{name}-thing", ResourceOptions(parent=self), size=depth)  # child
        if depth:
            Group(f"{name}-inner", depth - 1, ResourceOptions(parent=self))
        self.register_outputs({"depth": depth})


def site() -> None:
    key = pulumi.Config().require_secret("key")
    group = resources.ResourceGroup("group", resource_group_name="rg", location="westeurope")
    account = storage.StorageAccount(
        "account", account_name="stsample", resource_group_name="rg", kind="StorageV2", sku={"name": "Standard_LRS"}
    )
    plan = web.AppServicePlan("plan", name="plan", resource_group_name=group.name, sku={"name": "EP1", "capacity": 1})
    settings: list[web.NameValuePairArgsDict] = [
        {"name": "FUNCTIONS_EXTENSION_VERSION", "value": "~4"},
        {"name": "TASKHUB_NAME", "value": "samplehub"},
        {"name": "BLOBS", "value": Output.concat(account.primary_endpoints.blob, "packages")},
        {"name": "API_KEY", "value": key},
    ]
    app = web.WebApp(
        "app",
        name="func-sample",
        resource_group_name="rg",
        server_farm_id=plan.id,
        site_config={"app_settings": settings, "always_on": False},
        opts=ResourceOptions(depends_on=[account], ignore_changes=["tags"]),
    )
    pulumi.export("host", app.default_host_name)
    pulumi.export("key", key)
    pulumi.export("numbers", {"whole": 3, "broken": 1.5})


def families() -> None:
    outer = Group("outer", 2, ResourceOptions(protect=True, retain_on_delete=True))
    Thing("bare", ResourceOptions(parent=outer, protect=False))
    Thing("free", ResourceOptions(depends_on=[outer]))  # free


def test_a_setting_that_only_azure_knows_is_unknown_and_its_neighbours_are_not() -> None:
    site_config = named(recorded(site), "app")["siteConfig"]
    assert site_config == {
        "alwaysOn": False,
        "appSettings": [
            {"name": "FUNCTIONS_EXTENSION_VERSION", "value": "~4"},
            {"name": "TASKHUB_NAME", "value": "samplehub"},
            {"name": "BLOBS", "value": UNKNOWN},
            {"name": "API_KEY", "value": Secret(SECRET)},
        ],
    }


def test_a_secret_is_in_no_text_made_from_a_plan() -> None:
    plan = recorded(site)
    assert plan.outputs["key"] == Secret(SECRET)
    assert SECRET not in repr(plan)
    assert SECRET not in str(plan.to_deployment())


def test_exports_and_dependencies_are_those_that_the_engine_gets() -> None:
    plan = recorded(site)
    app = plan.of_type("azure-native:web:WebApp")[0]
    prefix = "urn:pulumi:dev::sample::azure-native:"
    account, farm = f"{prefix}storage:StorageAccount::account", f"{prefix}web:AppServicePlan::plan"
    assert app.dependencies == (account, farm)
    assert app.property_dependencies == {"serverFarmId": (farm,), "siteConfig": (account,)}
    assert app.ignore_changes == ("tags",)
    assert plan.outputs == {"host": UNKNOWN, "key": Secret(SECRET), "numbers": {"whole": 3, "broken": 1.5}}
    assert isinstance(named(plan, "plan")["sku"], dict)
    assert repr(named(plan, "plan")["sku"]) == "{'capacity': 1, 'name': 'EP1'}", "whole numbers stay whole"


def test_a_urn_names_the_whole_chain_of_components_but_not_the_stack() -> None:
    plan = recorded(families)
    group = "sample:index:Group"
    assert f"urn:pulumi:dev::sample::{group}${group}$sample:index:Thing::outer-inner-thing" in plan.resources
    innermost = plan.resources[f"urn:pulumi:dev::sample::{group}${group}${group}::outer-inner-inner"]
    assert [parent.name for parent in plan.ancestors(innermost)] == ["outer-inner", "outer", "sample-dev"]


def test_protection_comes_from_the_parent_until_somebody_says_otherwise() -> None:
    plan = recorded(families)
    protection = {resource.name: (resource.protect, resource.retain_on_delete) for resource in plan.resources.values()}
    assert protection["outer-inner-inner-thing"] == (True, True)
    assert protection["bare"] == (False, True)
    assert protection["free"] == (False, False)


def test_each_resource_comes_after_what_it_needs() -> None:
    for plan in (recorded(families), recorded(site)):
        seen: set[str] = {""}
        for resource in plan.resources.values():
            assert {resource.parent, *resource.dependencies} <= seen
            seen.add(resource.urn)


def test_a_resource_knows_the_line_that_asks_for_it() -> None:
    lines = Path(__file__).read_text(encoding="utf-8").splitlines()
    for shortcuts in (True, False):
        plan = recorded(families, shortcuts=shortcuts)
        found = {resource.name: resource.source for resource in plan.resources.values()}
        for name, mark in (("outer-inner-thing", "# child"), ("free", "# free")):
            source = found[name]
            assert source is not None
            assert source.file == "test_recording.py"
            assert lines[source.line - 1].endswith(mark)
        assert found["sample-dev"] is None


def test_an_explicit_provider_is_referred_to_by_its_urn() -> None:
    def program() -> None:
        provider = Provider("azure", subscription_id="00000000-0000-0000-0000-000000000001")
        resources.ResourceGroup("group", resource_group_name="rg", opts=ResourceOptions(provider=provider))

    plan = recorded(program)
    provider = plan.of_type("pulumi:providers:azure-native")[0]
    assert provider.inputs["subscriptionId"] == "00000000-0000-0000-0000-000000000001"
    assert provider.inputs["version"]
    assert plan.of_type("azure-native:resources:ResourceGroup")[0].provider.startswith(f"{provider.urn}::")


def test_a_type_is_found_whatever_api_version_the_program_asks_for() -> None:
    def program() -> None:
        for number, token in enumerate(
            (
                "azure-native:web:WebApp",
                "azure-native:web/v20241101:WebApp",
                "azure-native_web_v20241101:web/v20241101:WebApp",
            )
        ):
            CustomResource(token, f"app{number}", {})

    plan = recorded(program)
    assert [app.name for app in plan.of_type("azure-native:web:WebApp")] == ["app0", "app1", "app2"]
    assert "urn:pulumi:dev::sample::azure-native:web/v20241101:WebApp::app1" in plan.resources


def test_without_a_project_folder_lines_are_those_of_any_file_that_is_not_installed() -> None:
    plan = record(families, project="sample", stack="dev")
    sources = [resource.source for resource in plan.resources.values() if resource.parent]
    assert {source.file for source in sources if source} == {Path(__file__).as_posix()}


def test_a_program_may_be_a_coroutine() -> None:
    async def program() -> None:
        Thing("late")

    assert "urn:pulumi:dev::sample::sample:index:Thing::late" in recorded(program).resources


def test_programs_recorded_one_after_another_and_side_by_side_know_nothing_of_each_other() -> None:
    def program() -> None:
        Thing(f"of-{pulumi.get_stack()}", key=pulumi.Config().require("key"))
        pulumi.export("stack", pulumi.get_stack())

    def outside() -> tuple[object, ...]:
        return (
            sdk_settings.ROOT.get(),
            sdk_settings.get_monitor(),
            sdk_settings.get_project(),
            sdk_settings.is_dry_run(),
        )

    before = [outside(), contextvars.Context().run(outside)]
    with ThreadPoolExecutor(3) as threads:
        plans = [recorded(program, "one"), *threads.map(partial(recorded, program), ["two", "three", "four"])]
    assert [plan.outputs for plan in plans] == [{"stack": stack} for stack in ("one", "two", "three", "four")]
    assert all(len(plan.resources) == 2 for plan in plans)
    assert [outside(), contextvars.Context().run(outside)] == before


@pytest.mark.parametrize("statement", ["import plan", "import plan; plan.Plan('p', 's').to_deployment()"])
def test_reading_a_plan_does_not_load_the_pulumi_sdk(statement: str, project_root: Path) -> None:
    check = f"{statement}; import sys; assert not {{'pulumi', 'grpc', 'google'}} & sys.modules.keys()"
    subprocess.run([sys.executable, "-c", check], cwd=project_root, check=True)
