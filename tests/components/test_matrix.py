"""The matrix on Azure Storage, and what cannot be; the other backends are in files of their own, for the sake of time."""

import pytest

from environments import catalogue
from tests.components.conftest import plan_of
from tests.matrix import cells as matrix
from tests.matrix.cells import CELLS, REASONS, REFUSED, Cell, environment_of, facts_of, reasons_against, refusals
from tests.matrix.judging import hold


@pytest.mark.parametrize("cell", [cell for cell in CELLS if cell.backend == "azure-storage"], ids=str)
def test_a_combination_that_can_be_is_recorded_as_azure_wants_it_and_no_rule_is_against_it(cell: Cell) -> None:
    hold(cell)


@pytest.mark.parametrize("reason", REASONS)
def test_what_cannot_be_is_refused_with_its_line_its_reason_and_what_works_instead(reason: str) -> None:
    alone = [cell for cell in REFUSED if reasons_against(cell) == [reason]]
    assert alone
    for cell in alone:
        problems = refusals(cell)
        assert problems, f"{cell} is not refused"
        for problem in problems:
            assert problem.line > 1
            assert REASONS[reason].says in problem.wrong
            assert problem.expected


def test_what_cannot_be_for_more_than_one_reason_is_refused_for_these_and_no_other() -> None:
    for cell in REFUSED:
        known = [REASONS[reason].says for reason in reasons_against(cell)]
        told = [problem.wrong for problem in refusals(cell)]
        assert told, f"{cell} is not refused"
        assert [one for one in told if not any(says in one for says in known)] == [], cell


def test_the_matrix_has_everything_that_there_is() -> None:
    assert {cell.language for cell in CELLS} == catalogue.runtimes().keys()
    assert {cell.backend for cell in CELLS} == catalogue.backends().keys()
    assert {catalogue.plans()[cell.sku].hosting for cell in CELLS} == catalogue.hosting_kinds().keys()
    assert {sku for skus in matrix.SAME_FACTS.values() for sku in skus} == catalogue.plans().keys()


@pytest.mark.parametrize("sku", matrix.SAME_FACTS)
def test_a_sku_stands_for_those_that_differ_in_nothing_but_size(sku: str) -> None:
    for other in matrix.SAME_FACTS[sku]:
        assert facts_of(other) == facts_of(sku)


@pytest.mark.parametrize(
    ("cell", "told"),
    [
        (Cell("EP1", "linux", "python"), ("linuxFxVersion", "Python|3.13")),
        (Cell("EP1", "windows", "dotnet-isolated"), ("netFrameworkVersion", "v10.0")),
        (Cell("Y1", "windows", "java"), ("javaVersion", "21")),
        (Cell("S1", "windows", "powershell"), ("powerShellVersion", "7.6")),
    ],
    ids=str,
)
def test_a_site_is_told_its_language_where_its_system_looks(cell: Cell, told: tuple[str, str]) -> None:
    [site] = plan_of(environment_of(cell)).of_type("azure-native:web:WebApp")
    versions = {"linuxFxVersion", "netFrameworkVersion", "javaVersion", "powerShellVersion"}
    assert {key: site.inputs["siteConfig"][key] for key in versions & site.inputs["siteConfig"].keys()} == dict([told])


def test_a_custom_handler_has_no_version_on_linux_and_the_one_that_flex_wants_there() -> None:
    [site] = plan_of(environment_of(Cell("P1v3", "linux", "custom"))).of_type("azure-native:web:WebApp")
    assert "linuxFxVersion" not in site.inputs["siteConfig"]
    [flex] = plan_of(environment_of(Cell("FC1", "linux", "custom"))).of_type("azure-native:web:WebApp")
    assert flex.inputs["functionAppConfig"]["runtime"] == {"name": "custom", "version": "1.0"}
