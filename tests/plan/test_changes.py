"""What becomes of each resource from one plan to the next, told without an engine."""

from typing import Any

from plan import UNKNOWN, Plan, Resource, Secret, SourceLine
from plan.changes import Change, changes

STORE, SITE, ROLE = "azure:store", "azure:site", "azure:role"


def forces(token: str, path: str) -> bool:
    return path in {STORE: ("name", "location"), SITE: ("name",), ROLE: ("scope",)}[token]


def resource(token: str, name: str, depends: dict[str, str] | None = None, /, **inputs: Any) -> Resource:
    sources: dict[str, tuple[str, ...]] = {key: (urn_of(on),) for key, on in (depends or {}).items()}
    return Resource(urn_of(name), token, name, inputs=inputs, property_dependencies=sources)


def urn_of(name: str) -> str:
    return f"urn:pulumi:dev::shop::azure::{name}"


def plan(*resources: Resource) -> Plan:
    return Plan("shop", "dev", {one.urn: one for one in resources})


def told(before: Plan, after: Plan) -> dict[str, tuple[str, tuple[str, ...]]]:
    return {one.resource.name: (one.op, one.paths) for one in changes(before, after, forces) if one.op != "same"}


def one_change(before: Resource, after: Resource) -> Change:
    (change,) = changes(plan(before), plan(after), forces)
    return change


def test_the_same_plan_changes_nothing() -> None:
    both = plan(resource(STORE, "store", name="st", tags={"a": 1}, sizes=[1, 2]))
    assert told(both, both) == {}


def test_what_is_new_is_made_and_what_is_gone_is_deleted_last_first() -> None:
    before = plan(resource(STORE, "old", name="a"), resource(SITE, "older", name="b"))
    steps = [(one.op, one.resource.name) for one in changes(before, plan(resource(STORE, "new", name="c")), forces)]
    assert steps == [("create", "new"), ("delete", "older"), ("delete", "old")]


def test_a_change_names_the_innermost_places_and_only_some_force_a_replacement() -> None:
    before = resource(STORE, "store", name="st", location="here", tags={"a": 1, "b": 2}, list=[1, 2])
    tags = one_change(before, resource(STORE, "store", name="st", location="here", tags={"a": 1, "b": 3}, list=[1]))
    place = one_change(
        before, resource(STORE, "store", name="st", location="there", tags={"a": 1, "b": 2}, list=[1, 2])
    )
    assert (tags.op, tags.paths, tags.forced) == ("update", ("list[1]", "tags.b"), ())
    assert (place.op, place.paths, place.forced) == ("replace", ("location",), ("location",))


def test_true_is_not_one_and_nothing_is_the_same_as_not_there() -> None:
    before = resource(STORE, "store", name="st", on=True, gone=None)
    assert one_change(before, resource(STORE, "store", name="st", on=1)).paths == ("on",)
    assert one_change(before, resource(STORE, "store", name="st", on=True)).op == "same"


def test_an_unknown_is_the_same_as_long_as_what_it_comes_from_stays() -> None:
    def estate(location: str, scope: Any) -> Plan:
        return plan(
            resource(STORE, "store", name="st", location=location),
            resource(SITE, "site", {"store": "store"}, name="func", store=scope),
        )

    assert told(estate("here", "st-id"), estate("here", UNKNOWN)) == {}
    assert told(estate("here", UNKNOWN), estate("here", UNKNOWN)) == {}
    assert told(estate("here", "st-id"), estate("there", UNKNOWN)) == {
        "store": ("replace", ("location",)),
        "site": ("update", ()),
    }


def test_what_is_bound_to_a_replaced_one_goes_with_it() -> None:
    def estate(location: str) -> Plan:
        return plan(
            resource(STORE, "store", name="st", location=location),
            resource(ROLE, "role", {"scope": "store"}, scope="st-id"),
            resource(SITE, "site", {"setting": "role"}, name="func", setting="x"),
        )

    assert told(estate("here"), estate("there")) == {"store": ("replace", ("location",)), "role": ("replace", ())}


def test_a_secret_that_changes_is_told_by_its_place_and_one_that_was_not_kept_is_not() -> None:
    before = resource(SITE, "site", name="func", key=Secret("old"))
    assert one_change(before, resource(SITE, "site", name="func", key=Secret("new"))).paths == ("key",)
    assert one_change(before, resource(SITE, "site", name="func", key=Secret())).op == "same"


def test_ignored_changes_are_none() -> None:
    before = resource(SITE, "site", name="func", tags={"a": 1})
    after = resource(SITE, "site", name="func", tags={"a": 2})
    after.ignore_changes = ("tags",)
    assert one_change(before, after).op == "same"


def test_what_is_ignored_hides_nothing_beside_it() -> None:
    before = resource(SITE, "site", name="func", properties={"createMode": "recover", "size": 1})
    after = resource(SITE, "site", name="func", properties={"createMode": "default", "size": 2})
    after.ignore_changes = ("properties.createMode",)
    assert one_change(before, after).paths == ("properties.size",)


def test_a_value_that_now_comes_from_elsewhere_may_differ_unless_the_resource_was_adopted() -> None:
    """What a program made says by which line; what was adopted says neither line nor where its values come from."""
    before = resource(SITE, "site", name="func")
    wanted = resource(SITE, "site", {"name": "store"}, name=UNKNOWN)

    def site(old: Resource) -> str:
        store = resource(STORE, "store", name="st")
        return changes(plan(store, old), plan(store, wanted), forces)[1].op

    assert site(before) == "same"
    before.source = SourceLine("main.py", 3)
    assert site(before) == "replace"
