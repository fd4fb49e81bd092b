"""The page docs/backends.md: where task hubs can live, and how each forgets what has finished. From the catalogue's data."""

from collections.abc import Iterator

from environments import catalogue

_HEAD = """\
# Backends of task hubs

Written by `python -m environments.backends_page` from environments/catalogue: where task hubs can live. What a backend does not
take is refused when the file is read, with its line, the reason and what works instead. Every plan, language and slot strategy of
[plans.md](plans.md) goes with every backend here, but for what stands under *Not on every plan*; a change of backend is a new,
empty hub, since no history moves.
"""
_OF_DATABASES = """\
- **Serverless** (GP_S) takes what it needs between `minimum_vcores` and the cores in its name. It never pauses here, and
  `auto_pause: true` is refused: a worker asks the database all the time, so it would pause only while nobody works on it,
  and then refuse the first login (40613) for about a minute while timers and events wait.
- **Hyperscale** (HS) grows by itself and is not taken back. A database made in it stays there; one that was converted by
  another `sku` goes back to General Purpose within 45 days; Basic is not converted at all. Zones and the copies of backups
  (those of `store: {redundancy: …}`) are said when it is made. Zones want ZRS, GZRS or RAGZRS, and one standby, which is
  made and paid for with them. `check --base` and `check --state` find what Azure would refuse of one that is there
  ([database-convertible](rules/database-convertible.md)).
- **A purge reaches into no backup.** What it deleted can be found for `backup_days` more. `long_term_backups: {weeks, months,
  years, week_of_year}` keeps full backups for up to 520 weeks, 120 months or 10 years; there are none when nothing is said.
  Each is kept as was said when it was taken, stays when its database or server is deleted, and holds what was purged since.
  `history_days` says how long the hub has an instance, and not how long it is kept."""
_PURGES = {True: "by itself", False: "never by itself: `purged_by` says who does"}
_FROM = {"creation": "the day an instance was created", "completion": "the day an instance finished"}
_COVERS = {"hub": "each purge, one hub", "scheduler": "one policy, all hubs of the scheduler"}


def page() -> str:
    """The whole page."""
    return "\n".join((_HEAD, *_backends(), "", *_skus(), "", *_databases(), "", *_not_on(), "", *_refused(), ""))


def _backends() -> Iterator[str]:
    yield "| `backend` | | purges | `history_days` count from | and hold for |"
    yield "|---|---|---|---|---|"
    for slug, one in catalogue.backends().items():
        yield f"| `{slug}` | {one.title} | {_PURGES[one.purges_by_itself]} | {_FROM[one.counts_from]} | {_COVERS[one.covers]} |"


def _skus() -> Iterator[str]:
    yield "## Schedulers"
    yield ""
    yield "| `sku` | schedulers and hubs in a region of a subscription | `capacity` | spread over zones | `history_days` |"
    yield "|---|---|---|---|---|"
    for name, sku in catalogue.scheduler_skus().items():
        capacity = f"1 to {sku.most_capacity}" if sku.most_capacity else "none: paid by the action"
        zones = f"with {sku.zonal_capacity}" if sku.zonal_capacity else "never"
        yield f"| {name} | {sku.schedulers} and {sku.hubs} | {capacity} | {zones} | 1 to {sku.history_days} |"


def _databases() -> Iterator[str]:
    yield "## Databases"
    yield ""
    yield "One server for each application, and in it a database for the hub of each slot ([why](decisions/0018-own-database.md))."
    yield "Nobody logs in by password. The database user is made by hand, once for each database: the runbook's procedure"
    yield "*Prepare the database users* has the statements filled in."
    yield ""
    yield "| `sku` | tier | `zone_redundant` | `minimum_vcores` | `backup_days` |"
    yield "|---|---|---|---|---|"
    for name, sku in catalogue.database_skus().items():
        kept = f"{sku.minimum_vcores[0]:g} to {sku.minimum_vcores[-1]:g}" if sku.minimum_vcores else "not taken"
        yield f"| {name} | {sku.tier} | {'can be' if sku.zonal else 'never'} | {kept} | 1 to {sku.backup_days} |"
    yield ""
    yield _OF_DATABASES


def _not_on() -> Iterator[str]:
    yield "## Not on every plan"
    yield ""
    titles = catalogue.hosting_kinds()
    for backend, of in catalogue.refused_hostings().items():
        for kind, refusal in of.items():
            yield f"- **{backend}** on {titles[kind].title}: {refusal.because}. Instead: {refusal.instead}."
    yield "- **mssql** on Elastic Premium wants `plan: {scale_monitoring: true}`: there the runtime looks into the database itself."


def _refused() -> Iterator[str]:
    yield "## Not taken"
    yield ""
    for name, because in catalogue.refused_backends().items():
        yield f"- **{name}**: {because}. Instead: {' or '.join(f'`{slug}`' for slug in catalogue.backends())}."


if __name__ == "__main__":
    from pathlib import Path

    target = Path(__file__).resolve().parent.parent / "docs" / "backends.md"
    target.write_text(page(), encoding="utf-8")
