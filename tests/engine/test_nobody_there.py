"""Nobody reads any more, or nobody can answer: the engine ends what it has begun, and nothing is agreed to. No engine is needed."""

import sys

import pytest
import typer

from hubkeeper.cli import _agree, _while_somebody_reads
from plan import shortcuts


def test_a_reader_that_goes_away_stops_no_line_that_comes_after(monkeypatch: pytest.MonkeyPatch) -> None:
    tried: list[str] = []

    def gone(text: str) -> None:
        tried.append(text)
        if len(tried) > 1:
            raise BrokenPipeError

    monkeypatch.setattr(typer, "echo", gone)
    line = _while_somebody_reads()
    for text in ("one", "two", "three"):
        line(text)
    assert tried == ["one", "two"]


def test_without_an_input_the_answer_is_no(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    assert _agree(yes=False)("48 to create") is False
    assert capsys.readouterr().err == "nobody to ask: say --yes\n"


def test_a_recording_within_a_run_of_the_engine_is_as_quick_as_elsewhere() -> None:
    assert shortcuts.takes_outputs_later()
    with shortcuts.for_the_engine():
        assert shortcuts.takes_outputs_later()
    assert shortcuts.takes_outputs_later()
