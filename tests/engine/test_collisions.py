"""Two slots on one task hub: the rules stop the engine before anything is created."""

from typing import Any

import pytest

from tests.engine.workbench import Workbench

pytestmark = pytest.mark.engine


def nothing_was_created(bench: Workbench) -> bool:
    return bench.in_azure() == [] and bench.in_state("prod") == []


def test_one_hub_name_under_prod_and_test_is_refused_by_the_pack_in_the_engine(small: Workbench) -> None:
    for environment in ("prod", "test"):
        small.describe(environment, lambda it: it["apps"]["claims"]["task_hub"].update(name="ClaimsHub"))

    answer = small.run("preview", "prod", "--local")

    assert answer.code == 1
    assert "[mandatory]" in answer.out
    assert "unique-task-hub" in answer.out
    assert small.place_of("prod", "ClaimsHub") in answer.out
    assert small.place_of("test", "ClaimsHub") in answer.out
    assert answer.err.startswith("refused: prod: ")
    assert "unique-task-hub" in answer.err
    assert nothing_was_created(small)


def test_one_hub_name_under_prod_and_its_slot_is_refused_in_the_first_up_where_much_is_still_unknown(
    small: Workbench,
) -> None:
    def share(it: dict[str, Any]) -> None:
        it["apps"]["claims"]["task_hub"].update(name="ClaimsHub")
        it["apps"]["claims"]["slots"]["staging"].update(task_hub="claimshub")

    small.describe("prod", share)

    answer = small.run("up", "prod", "--local", "--yes")

    assert answer.code == 1
    assert "unique-task-hub" in answer.err
    assert "nothing was touched" in answer.err
    assert small.place_of("prod", "ClaimsHub") in answer.out
    assert small.place_of("prod", "claimshub") in answer.out
    assert nothing_was_created(small)
    assert [method for method, _ in small.calls() if method == "Create"] == []


def test_a_broken_description_of_another_environment_is_never_read_as_no_collision(small: Workbench) -> None:
    small.description("test").write_text("tier: [\n")

    answer = small.run("preview", "prod", "--local")

    assert answer.code == 2
    assert answer.err.startswith("environments/test.yaml:")
    assert nothing_was_created(small)
