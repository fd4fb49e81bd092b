"""A program that cannot be recorded is one line with the program's own file and line."""

from collections.abc import Callable
from pathlib import Path
from typing import Final

import pulumi
import pytest
from pulumi import ComponentResource, CustomResource, Input, Output, ResourceOptions
from pulumi_azure_native import authorization, web

from plan import ProgramError, record

SECRET: Final = "planted-secret-5f2c"
HERE: Final = Path(__file__).resolve().parent
URN: Final = "urn:pulumi:dev::sample::sample:index:Thing::one"


class Thing(CustomResource):
    def __init__(self, name: str, opts: ResourceOptions | None = None, **inputs: Input[object]) -> None:
        super().__init__("sample:index:Thing", name, inputs, opts)


class Group(ComponentResource):
    def __init__(self, name: str, size: int) -> None:
        super().__init__("sample:index:Group", name, {})
        Thing("counted", ResourceOptions(parent=self), size=size + 1)  # in component


def makes_a_mistake() -> None:
    raise KeyError("taskhub")  # mistake


def makes_a_mistake_in_a_component() -> None:
    Group("outer", "two")  # type: ignore[arg-type]


def makes_a_mistake_later() -> None:
    Output.from_input(3).apply(lambda number: number + "4")  # type: ignore[operator]  # later


def registers_twice() -> None:
    Thing("one")
    Thing("one")  # twice


def sends_nonsense() -> None:
    web.WebApp("odd", name="odd", resource_group_name="rg", tags={"a": object()})  # type: ignore[dict-item]  # nonsense


def shows_its_secret() -> None:
    raise ValueError(f"cannot use {pulumi.Config().require('key')}\nas a key")  # shows


def misses_a_setting() -> None:
    pulumi.Config().require("absent")  # absent


def gives_up() -> None:
    raise SystemExit("no subscription given")  # gives up


def asks_the_cloud() -> None:
    pulumi.export("who", authorization.get_client_config().client_id)  # asks


def transforms() -> None:
    Thing("changed", ResourceOptions(transforms=[lambda args: None]))  # transforms


def raises_its_own_error() -> None:
    try:
        makes_a_mistake()
    except KeyError as error:
        raise pulumi.RunError("the hub has no name") from error  # own error


async def waits_and_fails() -> None:
    raise KeyError("later")  # awaited


CASES: dict[Callable[[], object], tuple[str, str]] = {
    makes_a_mistake: ("mistake", "KeyError: 'taskhub'"),
    makes_a_mistake_in_a_component: ("in component", 'TypeError: can only concatenate str (not "int") to str'),
    makes_a_mistake_later: ("later", "TypeError: unsupported operand type(s) for +: 'int' and 'str'"),
    registers_twice: ("twice", f"duplicate resource URN {URN}"),
    sends_nonsense: ("nonsense", "odd: ValueError: "),
    shows_its_secret: ("shows", "ValueError: cannot use [secret] as a key"),
    misses_a_setting: ("absent", "Missing required configuration variable 'sample:absent'"),
    gives_up: ("gives up", "the program ends itself: no subscription given"),
    asks_the_cloud: (
        "asks",
        "the program asks azure-native:authorization:getClientConfig, and a recording has no cloud to ask",
    ),
    transforms: ("transforms", "changed: `transforms` needs the engine and cannot be recorded"),
    raises_its_own_error: ("own error", "the hub has no name"),
    waits_and_fails: ("awaited", "KeyError: 'later'"),
}


@pytest.mark.parametrize("shortcuts", [True, False], ids=["fast", "stock"])
@pytest.mark.parametrize("program", CASES, ids=lambda program: program.__name__)
def test_the_message_names_the_line_of_the_program(program: Callable[[], object], shortcuts: bool) -> None:
    mark, message = CASES[program]
    lines = Path(__file__).read_text(encoding="utf-8").splitlines()
    line = next(number for number, text in enumerate(lines, start=1) if text.endswith(f"# {mark}"))
    with pytest.raises(ProgramError) as caught:
        record(
            program,
            project="sample",
            stack="dev",
            config={"sample:key": SECRET},
            secret_keys=["sample:key"],
            project_root=HERE,
            shortcuts=shortcuts,
        )
    assert str(caught.value).startswith(f"test_failures.py:{line}: {message}")
    assert "\n" not in str(caught.value)
    assert (caught.value.file, caught.value.line) == ("test_failures.py", line)


def test_a_failed_recording_prints_nothing_and_the_next_one_works(capfd: pytest.CaptureFixture[str]) -> None:
    def works() -> None:
        Thing("one")

    for program in CASES:
        with pytest.raises(ProgramError):
            record(program, project="sample", stack="dev", project_root=HERE, config={"sample:key": SECRET})
    assert URN in record(works, project="sample", stack="dev").resources
    assert capfd.readouterr() == ("", "")


def test_an_error_that_the_program_logs_fails_the_recording_as_it_fails_a_deployment() -> None:
    def program() -> None:
        pulumi.log.warn("only a warning")
        pulumi.log.error(f"no quota\nfor {SECRET}")

    with pytest.raises(ProgramError, match=r"^no quota for \[secret\]$"):
        record(program, project="sample", stack="dev", config={"sample:key": SECRET}, secret_keys=["sample:key"])


def test_an_interrupted_recording_is_an_interruption_and_no_mistake() -> None:
    def program() -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        record(program, project="sample", stack="dev")
