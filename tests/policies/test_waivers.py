"""Waivers: whom they cover, until when, and what is said of those that are wrong."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from environments import Environment
from policies.finding import Finding
from policies.rule import Level
from policies.waiver_file import Waiver
from policies.waivers import FILE, HORIZON, Waivers, covers, upkeep, waivers_of
from tests.policies.sound import DESCRIBED
from tests.policies.world import TODAY

GOOD = """\
waivers:
  - rule: history-declared
    target: prod/claims/*
    reason: The purge job is being built
    owner: claims-platform
    expires: "2027-02-01"
"""
ESTATE = [Environment.model_validate(DESCRIBED)]
FOUND = Finding("history-declared", "HK201", Level.ERROR, "prod", "claims", None, None, "no history", "say it")


def written(folder: Path, text: str) -> Waivers:
    file = folder / FILE
    file.parent.mkdir(exist_ok=True)
    file.write_text(text)
    return waivers_of(folder)


def said(waivers: Waivers) -> list[str]:
    return [str(problem) for problem in waivers.problems]


def upkeep_of(waivers: Waivers, today: date = TODAY, *, judged: bool = True) -> list[tuple[str, str]]:
    return [(one.rule, one.level.value) for one in upkeep(waivers, today, lambda waiver: judged, ESTATE)]


def test_the_shipped_file_holds_none_and_nothing_is_wrong_with_it(project_root: Path) -> None:
    assert (project_root / FILE).is_file()
    assert waivers_of(project_root) == Waivers([], [])


def test_a_project_without_the_file_has_none(tmp_path: Path) -> None:
    assert waivers_of(tmp_path) == Waivers()


def test_a_waiver_is_read_by_slug_or_ref_with_its_line(tmp_path: Path) -> None:
    (waiver,) = written(tmp_path, GOOD.replace("history-declared", "hk201")).listed
    assert (waiver.rule.slug, waiver.target, waiver.line) == ("history-declared", "prod/claims/*", 2)
    assert waiver.told() == {
        "reason": "The purge job is being built",
        "owner": "claims-platform",
        "expires": "2027-02-01",
        "category": "waiver",
    }


@pytest.mark.parametrize(
    ("target", "environment", "app", "slot", "covered"),
    [
        ("prod/claims/*", "prod", "claims", None, True),
        ("prod/claims/*", "prod", "claims", "staging", True),
        ("prod/claims/production", "prod", "claims", None, True),
        ("prod/claims/production", "prod", "claims", "staging", False),
        ("prod/claims", "prod", "claims", "staging", True),
        ("prod", "prod", "claims", "staging", True),
        ("prod", "prod", None, None, True),
        ("prod/*", "prod", None, None, False),
        ("*/claims", "test", "claims", None, True),
        ("pr?d/claims", "prod", "claims", None, True),
        ("prod/claim", "prod", "claims", None, False),
        ("prod/claims", "prod2", "claims", None, False),
        ("*", "prod", "freight", None, True),
    ],
)
def test_a_target_covers_what_it_names_and_what_is_below(
    target: str, environment: str, app: str | None, slot: str | None, covered: bool
) -> None:
    assert covers(target, replace(FOUND, environment=environment, app=app, slot=slot)) is covered


@pytest.mark.parametrize(
    ("today", "waived"),
    [
        (TODAY, True),
        (date(2027, 2, 1), True),
        (date(2027, 2, 2), False),
        (date(2027, 2, 1) - HORIZON, True),
        (date(2027, 2, 1) - HORIZON - timedelta(days=1), False),
    ],
)
def test_it_counts_to_the_end_of_its_last_day_and_not_beyond_the_horizon(
    tmp_path: Path, today: date, waived: bool
) -> None:
    marked = written(tmp_path, GOOD).mark(FOUND, today)
    assert (marked.waived is not None) is waived
    assert marked.stops is not waived


def test_a_waiver_of_one_rule_covers_no_other(tmp_path: Path) -> None:
    assert written(tmp_path, GOOD).mark(replace(FOUND, rule="hub-explicit"), TODAY).waived is None


@pytest.mark.parametrize(
    ("today", "used", "expected"),
    [
        (TODAY, True, []),
        (TODAY, False, [("waiver-unused", "warning")]),
        (date(2027, 1, 20), True, [("waiver-expired", "note")]),
        (date(2027, 2, 2), True, [("waiver-expired", "warning")]),
        (date(2027, 2, 2), False, [("waiver-expired", "warning")]),
        (date(2026, 7, 1), True, [("waiver-too-long", "error")]),
    ],
)
def test_what_is_wrong_with_a_waiver_is_a_finding_of_its_own(
    tmp_path: Path, today: date, used: bool, expected: list[tuple[str, str]]
) -> None:
    waivers = written(tmp_path, GOOD)
    if used:
        waivers.mark(FOUND, today)
    assert upkeep_of(waivers, today) == expected


def test_a_waiver_is_not_called_unused_where_not_everything_was_looked_at(tmp_path: Path) -> None:
    assert upkeep_of(written(tmp_path, GOOD), judged=False) == []


def test_the_waiver_of_a_change_that_is_through_is_only_a_note(tmp_path: Path) -> None:
    waivers = written(tmp_path, GOOD.replace("history-declared", "hub-left-behind"))
    assert upkeep_of(waivers) == [("waiver-unused", "note")]


def test_a_finding_about_a_waiver_names_its_line_and_its_owner(tmp_path: Path) -> None:
    (finding,) = upkeep(written(tmp_path, GOOD), TODAY, lambda waiver: True, ESTATE)
    assert (finding.file, finding.line) == (FILE, 2)
    assert finding.message == "the waiver of history-declared for prod/claims/* covers nothing (owner: claims-platform)"


BAD: list[tuple[str, str, list[str]]] = [
    ("    reason: The purge job is being built\n", "", ["2: waivers[0].reason: missing, expected why"]),
    ("    owner: claims-platform\n", "", ["2: waivers[0].owner: missing, expected who sees to it"]),
    (
        '    expires: "2027-02-01"\n',
        "",
        ['2: waivers[0].expires: missing, expected a day in quotes, like "2027-05-01"'],
    ),
    ('"2027-02-01"', "2027-02-01", ["6: waivers[0].expires: a date without quotes, expected it in quotes"]),
    ('"2027-02-01"', '"2027-02-30"', ["6: waivers[0].expires: '2027-02-30' is no day, expected a day in quotes"]),
    ('"2027-02-01"', '"soon"', ["6: waivers[0].expires: 'soon' is no day"]),
    (
        "history-declared",
        "history-decared",
        ["2: waivers[0].rule: no rule 'history-decared', expected a slug or a ref", "did you mean history-declared?"],
    ),
    ("history-declared", "waiver-unused", ["2: waivers[0].rule: waiver-unused is about waivers and baselines"]),
    ("prod/claims/*", "prod/claims/a/b", ["3: waivers[0].target: 'prod/claims/a/b' is not valid, expected whom"]),
    ("prod/claims/*", '""', ["3: waivers[0].target: '' is not valid"]),
    ("    reason", "    raeson", ["4: waivers[0].raeson: unknown key, expected reason?"]),
    ("    owner: claims-platform", "    owner: [a]", ["5: waivers[0].owner: a list stands here, expected who"]),
    ("    owner: claims-platform", "    owner: a\n    category: never", ["'never' is not known, expected waiver or"]),
    ("waivers:", "waiver:", ["1: waiver: unknown key, expected waivers", "1: waivers: missing, expected a list"]),
    (GOOD, "waivers:\n", ["1: waivers: nothing stands here, expected a list, [] when there are none"]),
    (GOOD, "waivers: [x]\n", ["1: waivers[0]: a text stands here, expected a mapping with rule"]),
    (GOOD, "", ["1: the file is empty, expected a mapping: waivers"]),
    (GOOD, "waivers: [\n", [": not YAML"]),
]


@pytest.mark.parametrize(("old", "new", "expected"), BAD, ids=lambda one: str(one)[:40])
def test_a_malformed_waiver_is_told_with_its_line_and_what_was_expected_and_then_none_counts(
    tmp_path: Path, old: str, new: str, expected: list[str]
) -> None:
    assert old in GOOD
    waivers = written(tmp_path, GOOD.replace(old, new))
    text = "\n".join(said(waivers))
    for words in expected:
        assert words in text
    assert all(line.startswith(f"{FILE}:") for line in said(waivers))
    assert waivers.listed == []


def test_all_mistakes_are_told_at_once(tmp_path: Path) -> None:
    text = GOOD.replace("history-declared", "nonsense") + GOOD.replace("waivers:\n", "").replace(
        "    owner", "    onwer"
    )
    places = [line.split(": ")[0] for line in said(written(tmp_path, text))]
    assert places == [f"{FILE}:2", f"{FILE}:7", f"{FILE}:10"]


def test_of_two_waivers_the_one_in_force_counts(tmp_path: Path) -> None:
    old = GOOD.replace("2027-02-01", "2026-01-01")
    waivers = written(tmp_path, old + GOOD.replace("waivers:\n", ""))
    assert waivers.mark(FOUND, TODAY).waived == waivers.listed[1].told()
    assert isinstance(waivers.listed[0], Waiver)
    assert upkeep_of(waivers) == [("waiver-expired", "warning")]


@pytest.mark.parametrize(
    ("target", "hint"),
    [
        ("prod/claim/*", "prod/claim/*, did you mean prod/claims"),
        ("prod/claims/stagin", "prod/claims/stagin, did you mean prod/claims/staging?"),
        ("pord", "pord, did you mean prod?"),
        ("q*/x", "q*/x (owner"),
    ],
)
def test_a_target_that_is_nobody_of_the_estate_is_told_with_the_nearest(target: str, hint: str, tmp_path: Path) -> None:
    waivers = written(tmp_path, GOOD.replace("prod/claims/*", target))
    (finding,) = upkeep(waivers, TODAY, lambda waiver: False, ESTATE)
    assert (finding.rule, finding.level, finding.line) == ("waiver-unused", Level.WARNING, 2)
    assert f"the estate has no {hint}" in finding.message


@pytest.mark.parametrize("target", ["prod", "*/claims", "prod/claims/production", "prod/*/stag*"])
def test_a_target_that_is_somebody_is_not_called_nobody(target: str, tmp_path: Path) -> None:
    waivers = written(tmp_path, GOOD.replace("prod/claims/*", target))
    assert upkeep_of(waivers, judged=False) == []


def test_a_date_without_quotes_hides_no_other_mistake(tmp_path: Path) -> None:
    text = GOOD.replace('"2027-02-01"', "2027-02-01").replace("history-declared", "histry-declared")
    told = said(written(tmp_path, text.replace("    owner: claims-platform\n", "")))
    assert [line.split(": ")[1] for line in told] == ["waivers[0].owner", "waivers[0].rule", "waivers[0].expires"]
