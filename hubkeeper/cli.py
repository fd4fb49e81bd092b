"""The command line: `hubkeeper check | plan | preview | up | destroy | adopt | runbook | host-json | explain | schema`.

Exit codes: 0 well · 1 findings, refused, failed or drift · 2 bad input. Heavy imports wait until a command needs them.
"""

import gc
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, NoReturn, TextIO

import typer

from environments import DescriptionError, Environment, Estate, UnknownEnvironment, load_estate
from hubkeeper.project import Project, ProjectNotFound, find_project
from plan import ProgramError

if TYPE_CHECKING:
    from hubkeeper.engine.operations import Output
    from hubkeeper.engine.session import Session
    from plan import Plan

app = typer.Typer(
    help="Provisions, governs and hands over Azure Durable Functions. One description of each environment, three readers.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

ProjectOption = Annotated[
    Path | None, typer.Option("--project", metavar="DIR", help="The project; default: the nearest folder upwards.")
]
EnvironmentArgument = Annotated[
    str, typer.Argument(metavar="ENV", help="Name of an environment: a file in environments/.")
]
EnvironmentsArgument = Annotated[
    list[str] | None, typer.Argument(metavar="ENV", help="Only these environments; default: all.")
]
LocalOption = Annotated[
    bool, typer.Option("--local", help="On the local Azure; without it, your own login and backend.")
]
AbandonOption = Annotated[
    list[str] | None, typer.Option(metavar="NAME", help="A hub that may be left behind: it is drained.")
]
YesOption = Annotated[bool, typer.Option("--yes", help="Do not ask.")]


def _tell_version(wanted: bool) -> None:
    if wanted:
        from hubkeeper.versions import own_version

        typer.echo(f"hubkeeper {own_version()}")
        raise typer.Exit


@app.callback()
def _itself(
    version: Annotated[
        bool, typer.Option("--version", callback=_tell_version, is_eager=True, help="Show the version and exit.")
    ] = False,
) -> None: ...


def main() -> None:
    """Runs the command; no traceback reaches the user unless HUBKEEPER_TRACEBACK is set."""
    sys.stdout, sys.stderr = sys.stdout or _nowhere(), sys.stderr or _nowhere()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):  # a terminal of another alphabet shows what it can
            stream.reconfigure(errors="backslashreplace")
    try:
        app()
    except (DescriptionError, UnknownEnvironment, ProjectNotFound, ProgramError) as error:
        _stop(2, *str(error).splitlines())
    except KeyboardInterrupt:
        _stop(1, "stopped; an interrupted up can simply be run again")
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    except OSError as error:
        _stop(1, f"{error.filename or 'the system'}: {error.strerror or error}")
    except Exception as error:
        if os.environ.get("HUBKEEPER_TRACEBACK"):
            raise
        _stop(1, f"this is a mistake of Hubkeeper's own ({type(error).__name__}); HUBKEEPER_TRACEBACK=1 shows where")
    finally:
        gc.freeze()  # else Python searches all that is imported for garbage before it ends: a third of a small check


def _nowhere() -> TextIO:
    """For a stream that was closed before the command began; Python has None there."""
    return Path(os.devnull).open("w", encoding="utf-8")


@app.command(short_help="Holds the estate against the rules.")
def check(
    environments: EnvironmentsArgument = None,
    format: Annotated[
        Literal["text", "json", "sarif", "junit", "github", "markdown"],
        typer.Option("--format", help="How findings are written."),
    ] = "text",
    output: Annotated[
        Path | None,
        typer.Option("--output", metavar="FILE", help="Write there (folders are made), not to standard output."),
    ] = None,
    cache: Annotated[
        bool, typer.Option("--cache/--no-cache", help="Reuse plans whose sources have not changed.")
    ] = True,
    today: Annotated[
        datetime | None, typer.Option("--today", formats=["%Y-%m-%d"], help="Check as of this day.")
    ] = None,
    base: Annotated[
        str | None, typer.Option("--base", metavar="REV", help="Judge what changes since this revision, too.")
    ] = None,
    state: Annotated[
        Path | None, typer.Option("--state", metavar="FILE", help="The same against `pulumi stack export`.")
    ] = None,
    baseline: Annotated[
        Path | None,
        typer.Option(
            "--baseline", metavar="FILE", help="What is known and fails no more; default: policies/baseline.json."
        ),
    ] = None,
    write_baseline: Annotated[
        Path | None,
        typer.Option("--write-baseline", metavar="FILE", help="Record what is found; one that exists only shrinks."),
    ] = None,
    baseline_may_grow: Annotated[
        bool, typer.Option("--baseline-may-grow", help="Let --write-baseline add to one that exists.")
    ] = False,
    project: ProjectOption = None,
) -> None:
    """Holds the estate against the rules: no engine, no cloud, no credential. The whole estate is always read."""
    from hubkeeper import check as checking
    from hubkeeper import report

    if base == "":
        _stop(2, "--base is empty, expected a revision like origin/main (in a pipeline: a variable that is not set)")
    if baseline_may_grow and not write_baseline:
        _stop(2, "--baseline-may-grow without --write-baseline, expected `hubkeeper check --write-baseline FILE`")
    where = _project(project)
    day = today.date() if today else datetime.now(tz=UTC).date()
    try:
        if write_baseline:
            done = checking.write_baseline(
                where.root, environments or None, day, write_baseline, may_grow=baseline_may_grow
            )
            _note(f"{write_baseline}: {done}")
        against = checking.Against(base, state, write_baseline or baseline)
        result = checking.check(where.root, environments or None, day, cache=cache, against=against)
    except checking.BadInput as error:
        _stop(2, *str(error).splitlines())
    text = report.render(result, format, color=output is None and _is_colored(), root=where.root)
    _write(text, output)
    raise typer.Exit(1 if result.fails else 0)


@app.command(short_help="Prints every resource an environment wants.")
def plan(environment: EnvironmentArgument, project: ProjectOption = None) -> None:
    """Prints the plan: every resource the environment wants, in Pulumi's own deployment format. Secrets are hidden."""
    import json

    from hubkeeper.literal_secrets import without_literal_secrets
    from hubkeeper.recording import record_environment

    where, estate = _estate(project)
    recorded = without_literal_secrets(record_environment(where, estate[environment].name))
    typer.echo(json.dumps(recorded.to_deployment(), indent=2))


@app.command(short_help="Shows what `up` would do.")
def preview(
    environment: EnvironmentArgument,
    local: LocalOption = False,
    abandon_hub: AbandonOption = None,
    project: ProjectOption = None,
) -> None:
    """Shows what `up` would do, with the rules run in the engine, and what becomes of what runs."""
    with _engine(environment, project, local) as (session, described, output):
        from hubkeeper.engine import operations

        operations.preview(session, described, output, frozenset(abandon_hub or ()), _wanted(session, described))


@app.command(short_help="Brings an environment up.")
def up(
    environment: EnvironmentArgument,
    local: LocalOption = False,
    yes: YesOption = False,
    abandon_hub: AbandonOption = None,
    recover_vault: Annotated[
        list[str] | None, typer.Option(metavar="NAME", help="A soft-deleted vault to bring back.")
    ] = None,
    delete_stores_of: Annotated[
        str | None,
        typer.Option(metavar="APP", help="An application that is described no more: what held its hubs goes, too."),
    ] = None,
    drained: Annotated[
        list[Path] | None,
        typer.Option(
            metavar="FILE", help="With --delete-stores-of: the answer that nothing is unfinished on a hub of it."
        ),
    ] = None,
    project: ProjectOption = None,
) -> None:
    """Brings an environment up: previews, refuses what would lose a hub, asks, and provisions."""
    if drained and not delete_stores_of:
        _stop(
            2, "--drained without --delete-stores-of, expected `hubkeeper up ENV --delete-stores-of APP --drained FILE`"
        )
    with _engine(environment, project, local) as (session, described, output):
        from hubkeeper.engine import operations, summary
        from hubkeeper.engine.retiring import Retirement

        watcher = operations.up(
            session,
            described,
            output,
            agree=_agree(yes),
            abandon=frozenset(abandon_hub or ()),
            recover=frozenset(recover_vault or ()),
            wanted=_wanted(session, described),
            retirement=Retirement(delete_stores_of, tuple(drained or ())) if delete_stores_of else None,
        )
        typer.echo(summary.of_up(described, watcher, local=local))


@app.command(short_help="Takes an environment down.")
def destroy(
    environment: EnvironmentArgument, local: LocalOption = False, yes: YesOption = False, project: ProjectOption = None
) -> None:
    """Takes an environment down. Refused whole while anything that holds a hub is protected."""
    with _engine(environment, project, local) as (session, described, output):
        from hubkeeper.engine import operations, summary

        gone = operations.destroy(session, described, output, agree=_agree(yes))
        typer.echo(summary.of_destroy(described, gone, local=local))


@app.command(short_help="Takes what is in Azure already into the stack.")
def adopt(
    environment: EnvironmentArgument, local: LocalOption = False, yes: YesOption = False, project: ProjectOption = None
) -> None:
    """Takes what is in Azure already under the description's names into the stack. Nothing in Azure is touched."""
    where, estate = _estate(project)
    from hubkeeper.recording import record_environment

    plan = record_environment(where, estate[environment].name)
    with _engine(environment, project, local) as (session, _, output):
        from hubkeeper.engine import adoption

        adopted = adoption.adopt(session, plan, output, agree=_agree(yes))
        typer.echo(f"{len(adopted.taken)} resources of {environment} are in the stack now: {', '.join(adopted.taken)}")
        typer.echo(
            f"{adopted.missing} are still to be made or written; `hubkeeper preview {environment}` shows what is done"
        )
        for line in adopted.first_up:
            typer.echo(f"first up: {line}")


@app.command(short_help="Writes the runbook of each environment.")
def runbook(
    environments: EnvironmentsArgument = None,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="DIR", help="Where the pages go; default: runbooks/.")
    ] = None,
    check: Annotated[bool, typer.Option("--check", help="Write nothing; say which pages are stale.")] = False,
    state: Annotated[
        Path | None,
        typer.Option("--state", metavar="FILE", help="With --check: against `pulumi stack export` of an environment."),
    ] = None,
    site: Annotated[
        bool, typer.Option("--site", help="As a site to read offline; default folder: .hubkeeper/site/.")
    ] = False,
    project: ProjectOption = None,
) -> None:
    """Writes the runbook of each environment, for those who operate it."""
    from hubkeeper import runbook as pages

    where, estate = _estate(project)
    folder = out or where.root / "runbooks"
    names = [estate[name].name for name in dict.fromkeys(environments)] if environments else list(estate.environments)
    whole = not environments  # then a page of an environment that is gone is stale, too
    try:
        if state and not check:
            _stop(2, "--state without --check, expected `hubkeeper runbook --check --state FILE`")
        if site and check:
            _stop(2, "--site with --check, expected one of them")
        of_estate = pages.WholeRunbook(estate, names, folder, where.root, whole)
        if site:
            from hubkeeper.runbook.site import site as site_of
            from hubkeeper.runbook.site import write_site

            folder = out or where.root / ".hubkeeper" / "site"
            rendered = pages.render(estate, names, project=where.root)
            changed = write_site(site_of(rendered, where.root), folder)
            typer.echo(f"{len(rendered)} pages in {_shown(folder / 'index.html')}, {len(changed)} files changed")
            return
        if check:
            count, drift = of_estate.drift()
            rendered = pages.render(estate, names, project=where.root) if state else {}
            untrue = pages.against_state(state, where, estate, rendered) if state else []
            for one in (*drift, *untrue):
                _note(str(one))
            told = f", {len(untrue)} things they say are not what is deployed" if state else ""
            typer.echo(f"{count} pages, {len(drift)} differ from the description{told}")
            raise typer.Exit(1 if drift or untrue else 0)
        count, changed = of_estate.write()
    except pages.RunbookError as error:
        _stop(2, str(error))
    typer.echo(f"{count} pages in {_shown(folder)}, {len(changed)} of them changed")


@app.command("host-json", short_help="Writes the host.json of an application.")
def host_json(
    application: Annotated[str, typer.Argument(metavar="APP", help="Name of an application of the description.")],
    check: Annotated[
        Path | None, typer.Option("--check", metavar="FILE", help="Write nothing; say what is wrong with this one.")
    ] = None,
    project: ProjectOption = None,
) -> None:
    """Writes the host.json of an application: one for all its environments and slots."""
    from environments import host_json as files

    _, estate = _estate(project)
    try:
        contract = files.contract_of(estate, application)
        if check is None:
            typer.echo(files.written(contract), nl=False)
            return
        file = files.load(check, str(check))
        problems, cautions = files.problems_of(file, contract), files.cautions_of(file, contract)
    except (files.UnknownApp, files.Unreadable) as error:
        _stop(2, str(error))
    for one in (*problems, *cautions):
        _note(str(one))
    told = f", {len(cautions)} to consider" if cautions else ""
    typer.echo(f"{check}: {len(problems) or 'nothing'} to mend{told}")
    raise typer.Exit(1 if problems else 0)


@app.command(short_help="Explains a rule, or lists all.")
def explain(
    rule: Annotated[str | None, typer.Argument(metavar="[RULE]", help="Slug or ref; default: all.")] = None,
) -> None:
    """Explains a rule: what it holds, why, and how to mend it. Without one, lists them all."""
    from policies import catalogue

    if rule is None:
        typer.echo(catalogue.listing())
        return
    try:
        typer.echo(catalogue.explain(rule))
    except KeyError as error:
        _stop(2, str(error.args[0]))


@app.command(short_help="Writes the schema that editors check descriptions with.")
def schema(
    check: Annotated[bool, typer.Option("--check", help="Write nothing; say whether the file is stale.")] = False,
    project: ProjectOption = None,
) -> None:
    """Writes environments/environment.schema.json, which editors check descriptions with."""
    from hubkeeper.schema_file import is_current, write_schema

    where = _project(project)
    if check:
        if not is_current(where):
            _stop(
                1,
                "environments/environment.schema.json:1: not the model's schema, expected the output of `hubkeeper schema`",
            )
        return
    write_schema(where)


def _project(named: Path | None) -> Project:
    return find_project(Path.cwd(), named)


def _estate(named: Path | None) -> tuple[Project, Estate]:
    where = _project(named)
    return where, load_estate(where.descriptions, relative_to=where.root)


def _wanted(session: "Session", environment: Environment) -> "Plan | None":
    """The plan, to tell what becomes of what runs; None where the program fails, which the engine tells.

    Within the session, so that the program of a local run sees no login here either.
    """
    from hubkeeper.recording import record_environment

    try:
        return record_environment(session.project, environment.name)
    except ProgramError:
        return None


@contextmanager
def _engine(environment: str, named: Path | None, local: bool) -> Iterator[tuple["Session", Environment, "Output"]]:
    """An open stack and its description. What stops the engine becomes lines on standard error and exit code 1."""
    where, estate = _estate(named)
    described = estate[environment]

    from pulumi.automation import CommandError

    from hubkeeper.engine import operations
    from hubkeeper.engine.healing import InUse
    from hubkeeper.engine.local_azure_process import LocalAzureFailed
    from hubkeeper.engine.pulumi_cli import PulumiCliMissing
    from hubkeeper.engine.session import NoStack, open_local, open_real

    output = operations.Output(
        _while_somebody_reads(), "always" if _is_colored() else "never", quiet=bool(os.environ.get("CI"))
    )
    opened = open_local(where, environment, _note) if local else open_real(where, environment, _note)
    try:
        with opened as session:
            yield session, described, output
    except operations.Refused as refused:
        _stop(1, *(f"refused: {environment}: {reason}" for reason in refused.reasons))
    except operations.EngineFailed as failed:
        _stop(1, f"failed: {environment}: {failed}", *(["it can simply be run again"] if failed.begun else []))
    except CommandError as error:
        _stop(1, f"failed: {environment}: {operations.last_words(error)}")
    except KeyboardInterrupt:
        _stop(1, "stopped; it can simply be run again")
    except (PulumiCliMissing, LocalAzureFailed, InUse, NoStack) as error:
        _stop(1, str(error))


def _while_somebody_reads() -> Callable[[str], None]:
    """Shows the engine's lines until the reader goes away; an engine that cannot write any more would stand still."""
    gone = False

    def line(text: str) -> None:
        nonlocal gone
        if not gone:
            try:
                typer.echo(text)
            except OSError:
                gone = True

    return line


def _agree(yes: bool) -> Callable[[str], bool]:
    """Asks a person; where nobody can answer, the answer is no."""

    def ask(what: str) -> bool:
        typer.echo(what)
        if yes:
            return True
        if sys.stdin is None or not sys.stdin.isatty():
            typer.echo("nobody to ask: say --yes", err=True)
            return False
        return typer.confirm("Go on?")

    return ask


def _is_colored() -> bool:
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and not os.environ.get("CI")


def _note(line: str) -> None:
    typer.echo(line, err=True)


def _write(text: str, file: Path | None) -> None:
    if file is None:
        typer.echo(text.rstrip("\n"))
        return
    from hubkeeper.whole_files import write_whole

    try:
        write_whole(file, text)
    except OSError as error:
        _stop(2, f"--output {file}: cannot be written ({error.strerror}), expected a file in a folder of yours")


def _shown(path: Path) -> str:
    try:
        return str(path.resolve().relative_to(Path.cwd()))
    except ValueError:
        return str(path)


def _stop(code: int, *lines: str) -> NoReturn:
    for line in lines:
        typer.echo(line, err=True)
    sys.exit(code)


if __name__ == "__main__":
    main()
