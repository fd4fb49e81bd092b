"""Shortcuts make a recording fast and change nothing in it, nor anything outside it."""

import asyncio
import contextvars
import gc
import inspect
from collections.abc import Callable
from contextlib import nullcontext
from importlib import import_module
from typing import Any

import pulumi
import pytest
from pulumi.runtime import rpc
from pulumi_azure_native import resources, web

from benchmarks.environment import environment
from plan import ProgramError, record, shortcuts
from plan.monitor import RecordingMonitor


def originals() -> list[object]:
    found: list[object] = []
    for shortcut in shortcuts.SHORTCUTS:
        module, _, cls = shortcut.owner.partition(":")
        owner = import_module(module)
        found.append(inspect.getattr_static(getattr(owner, cls) if cls else owner, shortcut.name))
    return found


def test_every_shortcut_still_fits_the_sdk() -> None:
    assert [shortcut.name for shortcut in shortcuts.SHORTCUTS if shortcut.target() is None] == []


def test_a_real_environment_is_the_same_plan_with_and_without() -> None:
    program = environment(75)
    fast, stock = (record(program, project="shop", stack="dev", shortcuts=used) for used in (True, False))
    assert fast == stock
    assert list(fast.resources) == list(stock.resources)
    assert len(fast.resources) == 77


def test_a_program_with_aliases_of_its_own_is_the_same_plan_with_and_without() -> None:
    def program() -> None:
        old = pulumi.CustomResource("a:b:C", "old", {})
        aliases = [pulumi.Alias(name="older"), pulumi.Alias(parent=old), "urn:pulumi:dev::shop::a:b:C::oldest"]
        parent = pulumi.CustomResource("a:b:C", "parent", {"x": old.urn}, pulumi.ResourceOptions(aliases=aliases))
        pulumi.CustomResource(
            "a:b:C", "child", {"x": parent.id}, pulumi.ResourceOptions(parent=parent, aliases=aliases)
        )

    fast, stock = (record(program, project="shop", stack="dev", shortcuts=used) for used in (True, False))
    assert fast == stock


def test_a_resource_made_in_a_late_function_is_recorded() -> None:
    async def later(_: object) -> str:
        await asyncio.sleep(0.01)
        pulumi.CustomResource("a:b:C", "latest", {})
        return "done"

    def late(name: str) -> pulumi.Output[str]:
        pulumi.CustomResource("a:b:C", name, {})
        return pulumi.Output.from_input("x").apply(later)

    def program() -> None:
        pulumi.Output.from_input("late").apply(late)

    for used in (True, False):
        plan = record(program, project="shop", stack="dev", shortcuts=used)
        assert sorted(resource.name for resource in plan.of_type("a:b:C")) == ["late", "latest"]


def test_an_older_or_newer_sdk_is_used_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    def changed(res: object, props: object, custom: bool, more: object = None) -> object:
        return unchanged(res, props, custom)  # type: ignore[arg-type]

    unchanged = rpc.transfer_properties
    expected = record(environment(25), project="shop", stack="dev")
    monkeypatch.setattr(rpc, "transfer_properties", changed)
    monkeypatch.setattr(shortcuts, "SHORTCUTS", (*shortcuts.SHORTCUTS, shortcuts.Shortcut("pulumi.gone", "f", changed)))
    assert record(environment(25), project="shop", stack="dev") == expected
    assert rpc.transfer_properties is changed


def test_the_sdk_is_itself_again_after_a_recording() -> None:
    def fails() -> None:
        assert originals() != before, "inside, shortcuts are in place"
        raise ValueError("on purpose")

    before = originals()
    record(environment(25), project="shop", stack="dev")
    with pytest.raises(ProgramError, match="on purpose"):
        record(fails, project="shop", stack="dev")
    assert originals() == before
    assert gc.isenabled()


def test_a_deployment_beside_a_recording_keeps_its_aliases() -> None:
    alias = pulumi.Alias(type_="azure-native:web/v20241101:WebApp")
    found: list[object] = []

    def program() -> None:
        def collapse() -> object:
            return pulumi.resource.collapse_alias_to_urn(alias, "app", "azure-native:web:WebApp", None)

        found.extend([collapse(), contextvars.Context().run(collapse)])

    record(program, project="shop", stack="dev")
    inside, beside = found
    assert inside == ""
    assert isinstance(beside, pulumi.Output)


def test_an_engine_is_told_the_same_by_far_fewer_outputs(monkeypatch: pytest.MonkeyPatch) -> None:
    counts: list[int] = []
    requests: list[list[bytes]] = []
    register, track = RecordingMonitor.RegisterResource, pulumi.Output._track

    def told(self: RecordingMonitor, request: Any) -> Any:
        requests[-1].append(request.SerializeToString(deterministic=True))
        return register(self, request)

    def counted(self: pulumi.Output[Any]) -> None:
        counts[-1] += 1
        track(self)

    monkeypatch.setattr(RecordingMonitor, "RegisterResource", told)
    monkeypatch.setattr(pulumi.Output, "_track", counted)
    for used in (nullcontext(), shortcuts.for_the_engine()):
        counts.append(0)
        requests.append([])
        with used:
            record(environment(75), project="shop", stack="dev", shortcuts=False)
    stock, fast = map(sorted, requests)
    assert fast == stock
    assert len(stock) == 77
    assert any(b"azure-native:storage/v20" in request for request in stock)
    assert counts[1] < counts[0] / 3


def failing_registration() -> None:
    first = pulumi.CustomResource("a:b:C", "first", {})
    pulumi.CustomResource("a:b:C", "second", {"x": first.id}, pulumi.ResourceOptions(parent=first))


def failing_output() -> None:
    def fails(_: object) -> str:
        raise ValueError("on purpose")

    pulumi.CustomResource("a:b:C", "first", {})
    pulumi.Output.from_input("x").apply(fails)


def failing_property() -> None:
    pulumi.CustomResource("a:b:C", "first", {"x": object()})


def later_resource() -> None:
    def late(_: object) -> None:
        pulumi.CustomResource("a:b:C", "late", {})

    pulumi.Output.from_input("x").apply(late)


@pytest.mark.parametrize("program", [failing_registration, failing_output, failing_property, later_resource])
def test_a_program_ends_for_the_engine_as_it_does_without_shortcuts(
    program: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    register = RecordingMonitor.RegisterResource

    def answered(self: RecordingMonitor, request: Any) -> Any:
        if request.name == "second":
            raise RuntimeError("the engine said no")
        return register(self, request)

    def ending() -> object:
        try:
            plan = record(program, project="shop", stack="dev", shortcuts=False)
        except ProgramError as error:
            return str(error)
        return [one.name for one in plan.of_type("a:b:C")]

    monkeypatch.setattr(RecordingMonitor, "RegisterResource", answered)
    stock = ending()
    with shortcuts.for_the_engine():
        assert ending() == stock
    assert stock == ["late"] if program is later_resource else isinstance(stock, str)


def test_outputs_arrive_with_the_answer_where_nothing_asks_for_them_later(monkeypatch: pytest.MonkeyPatch) -> None:
    def changed(res: object, *more: Any, **named: Any) -> None:
        unchanged(res, *more, **named)  # type: ignore[arg-type]

    unchanged = rpc.resolve_outputs
    expected = record(environment(25), project="shop", stack="dev")
    monkeypatch.setattr(rpc, "resolve_outputs", changed)
    assert not shortcuts.takes_outputs_later()
    assert record(environment(25), project="shop", stack="dev") == expected


def test_outputs_are_the_same_values_with_and_without() -> None:
    """Each property of each kind of value, read as a program reads it: known, unknown, secret, lifted, missing."""
    read: dict[bool, list[object]] = {True: [], False: []}

    def program() -> None:
        group = resources.ResourceGroup("group", resource_group_name="rg", location="westeurope", tags={"a": "b"})
        secret = pulumi.Output.secret("hidden")
        plan = web.AppServicePlan(
            "plan", resource_group_name=group.name, name="p", sku={"name": "EP1", "capacity": 3}, kind=secret
        )
        site = web.WebApp(
            "site",
            resource_group_name=group.name,
            name="s",
            server_farm_id=plan.id,
            client_cert_mode=web.ClientCertMode.REQUIRED,
            site_config=web.SiteConfigArgs(app_settings=[web.NameValuePairArgs(name="A", value=plan.kind)]),
        )
        for one in (group.tags, plan.sku, plan.kind, plan.name, plan.status, site.site_config, site.client_cert_mode):
            taken.append(one)
        taken.extend((plan.sku.capacity, group.tags["a"], site.site_config.always_on, site.host_names))
        pulumi.export("all", [pulumi.Output.from_input(one).apply(repr) for one in taken])

    for used, values in read.items():
        taken: list[pulumi.Output[object]] = []
        plan = record(program, project="shop", stack="dev", shortcuts=used)
        values.append(plan)
        values.append(plan.outputs)
    assert read[True] == read[False]
