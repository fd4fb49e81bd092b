"""Templates are the project's own: a team changes them, and is told by file and line what it got wrong."""

import shutil
from pathlib import Path

import pytest

from environments import Estate
from hubkeeper.runbook import RunbookError, render

_PAGE = "templates/application/retention.md.jinja"


@pytest.fixture
def project(project_root: Path, tmp_path: Path) -> Path:
    """A project with templates of its own to change."""
    shutil.copytree(project_root / "templates", tmp_path / "templates")
    return tmp_path


def _append(project: Path, text: str) -> int:
    """Adds a line to a template, and says which line it became."""
    file = project / _PAGE
    file.write_text(file.read_text() + text + "\n")
    return len(file.read_text().splitlines())


def _error(estate: Estate, project: Path) -> str:
    with pytest.raises(RunbookError) as caught:
        render(estate, ["prod"], project=project)
    assert "\n" not in str(caught.value)
    return str(caught.value)


def test_the_same_description_and_templates_give_the_same_pages_anywhere(
    estate: Estate, project: Path, pages: dict[str, str]
) -> None:
    assert render(estate, list(estate.environments), project=project) == pages


def test_a_changed_template_changes_the_pages_it_makes_and_no_others(
    estate: Estate, project: Path, pages: dict[str, str]
) -> None:
    _append(project, "Ask the records office first.")
    changed = render(estate, list(estate.environments), project=project)
    assert "records office" in changed["prod/claims.md"]
    assert {path for path in pages if pages[path] != changed[path]} == {
        p for p in pages if p.count("/") == 1 and "index" not in p and "hand_over" not in p
    }


def test_a_changed_application_changes_its_page_and_not_its_neighbours(
    estate: Estate, project_root: Path, pages: dict[str, str]
) -> None:
    prod = estate["prod"]
    claims = prod.apps["claims"].model_copy(update={"purpose": "Something else"})
    other = prod.model_copy(update={"apps": {**prod.apps, "claims": claims}})
    changed = render(Estate({"prod": other}, estate.lines), ["prod"], project=project_root)
    assert changed["prod/freight.md"] == pages["prod/freight.md"]
    assert changed["prod/claims.md"].splitlines()[-1] != pages["prod/claims.md"].splitlines()[-1]


def test_a_value_that_is_missing_names_the_template_and_the_line(estate: Estate, project: Path) -> None:
    line = _append(project, "{{ app.nickname | text }}")
    assert _error(estate, project).startswith(f"{_PAGE}:{line}: ")
    assert "nickname" in _error(estate, project)


def test_a_value_printed_without_saying_where_it_stands_is_refused(estate: Estate, project: Path) -> None:
    line = _append(project, "{{ owner.team }}")
    assert _error(estate, project).startswith(
        f"{_PAGE}:{line}: a value is printed as it is, expected one of the filters text"
    )


def test_broken_syntax_names_the_template_and_the_line(estate: Estate, project: Path) -> None:
    line = _append(project, "{% if app %}{% endfor %}")
    assert _error(estate, project).startswith(f"{_PAGE}:{line}: ")


def test_an_unknown_include_is_named(estate: Estate, project: Path) -> None:
    _append(project, '{% include "application/pricing.md.jinja" %}')
    assert "application/pricing.md.jinja" in _error(estate, project)


def test_a_query_without_its_header_is_refused(estate: Estate, project: Path) -> None:
    (project / "templates/queries/retries.kql").write_text("// answers: what?\nAppTraces | take 1\n")
    assert _error(estate, project).startswith(
        "templates/queries/retries.kql:1: the header has no healthy, looks back, columns"
    )


def test_a_project_without_templates_is_told_so(estate: Estate, tmp_path: Path) -> None:
    assert "expected the templates of the runbook" in _error(estate, tmp_path)


_OWN = "runbook-templates"


def _own(project: Path, path: str, text: str) -> None:
    file = project / _OWN / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text)


def test_a_team_replaces_one_block_of_a_page_and_keeps_the_rest(
    estate: Estate, project: Path, pages: dict[str, str]
) -> None:
    name = "procedures/restart-safely.md.jinja"
    _own(project, name, f'{{% extends "shipped/{name}" %}}{{% block takes %}}An hour, with our gate{{% endblock %}}\n')
    changed = render(estate, list(estate.environments), project=project)
    page = changed["prod/claims/restart-safely.md"]
    assert "| Takes | An hour, with our gate |" in page
    assert "az functionapp restart" in page
    assert {path for path in pages if pages[path] != changed[path]} == {
        path for path in pages if path.endswith("/restart-safely.md")
    }


def test_a_team_replaces_a_part_by_its_own_words(estate: Estate, project: Path) -> None:
    _own(project, "environment/do_not.md.jinja", "- Do not call before nine.\n")
    page = render(estate, ["prod"], project=project)["prod/index.md"]
    assert "- Do not call before nine." in page
    assert "func durable" not in page


def test_a_team_adds_pages_of_its_own_and_they_are_listed(estate: Estate, project: Path) -> None:
    _own(project, "own/application/month-end.md.jinja", "# Month end of {{ app_name | text }}\n\nCall accounting.\n")
    _own(project, "own/environment/visitors.md.jinja", "# Visitors in {{ environment.name | text }}\n")
    written = render(estate, ["prod"], project=project)
    assert written["prod/claims/month-end.md"].startswith("# Month end of claims\n")
    assert "[Month end of claims](claims/month-end.md)" in written["prod/claims.md"]
    assert "[Visitors in prod](visitors.md)" in written["prod/index.md"]


@pytest.mark.parametrize(
    ("path", "nearest"),
    [
        ("procedures/restart-safly.md.jinja", "procedures/restart-safely.md.jinja"),
        ("application/restart.md.jinja", "application/"),
        ("queries/retry.kql", "queries/retries.kql"),
    ],
)
def test_an_override_of_a_page_that_does_not_exist_names_the_nearest(
    estate: Estate, project: Path, path: str, nearest: str
) -> None:
    _own(project, path, "# Ours\n")
    assert _error(estate, project).startswith(f"{_OWN}/{path}:1: templates/ has no such page, expected {nearest}")


def test_an_own_page_cannot_take_the_place_of_a_shipped_one(estate: Estate, project: Path) -> None:
    _own(project, "own/application/restart-safely.md.jinja", "# Ours\n")
    assert "expected another name than restart-safely.md" in _error(estate, project)


def test_a_mistake_in_a_team_s_template_names_its_file_and_line(estate: Estate, project: Path) -> None:
    _own(project, "environment/do_not.md.jinja", "- fine\n- {{ owner_of_moon | text }}\n")
    assert _error(estate, project).startswith(f"{_OWN}/environment/do_not.md.jinja:2: ")


def test_a_template_that_takes_itself_in_is_told_how_to_extend(estate: Estate, project: Path) -> None:
    _own(project, "environment/do_not.md.jinja", '{% include "environment/do_not.md.jinja" %}\n')
    assert "takes itself in" in _error(estate, project)


def test_the_example_of_the_guide_works_as_it_is_written(estate: Estate, project: Path, project_root: Path) -> None:
    guide = (project_root / "docs/guides/own-runbook-pages.md").read_text()
    example = guide.partition("```jinja\n")[2].partition("```")[0]
    _own(project, "procedures/restart-safely.md.jinja", example)
    page = render(estate, ["prod"], project=project)["prod/claims/restart-safely.md"]
    assert "| Approval | The change board, by phone: PagerDuty/claims knows the number |" in page
