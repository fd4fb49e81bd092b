"""What no single value shows: settings that are derived or given twice, tags that are derived or too many."""

from collections.abc import Iterable, Iterator

from environments.alert_rules import alert_rules
from environments.backends import Contradiction, backend_contradictions
from environments.catalogue import cited, refused_settings
from environments.existing_names import existing_name_contradictions
from environments.lifecycle import lifecycle_contradictions
from environments.model import Environment, Owner
from environments.network_contradictions import network_contradictions
from environments.problems import Path, Problem, dotted
from environments.settings import derived_names
from environments.settings_contradictions import settings_contradictions
from environments.slot_access import slot_access_contradictions
from environments.store_copies import OVER_ZONES
from environments.yaml_lines import Lines

#: "Use tags to organize your Azure resources", learn.microsoft.com, read 2026-11-22. Names of tags ignore case.
MOST_TAGS = 50
#: Characters of an e-mail address in an action group: "Azure Monitor service limits", read 2026-11-22.
LONGEST_RECEIVER = 64


def contradictions_of(environment: Environment, lines: Lines) -> list[Problem]:
    """Every place of a valid description that says what another place, or Hubkeeper itself, says already."""
    found = [
        *_tags(environment),
        *backend_contradictions(environment),
        *network_contradictions(environment),
        *_receivers(environment),
        *(
            one
            for app in environment.apps
            for of in (
                _settings,
                settings_contradictions,
                _updates,
                _store,
                existing_name_contradictions,
                lifecycle_contradictions,
                slot_access_contradictions,
            )
            for one in of(environment, app)
        ),
    ]
    return [
        Problem(lines.file, lines.of(path), dotted(path), wrong, expected, *map(cited, filter(None, source)))
        for path, wrong, expected, *source in found
    ]


def _receivers(environment: Environment) -> Iterator[Contradiction]:
    """Alerts are mailed to owners, and an action group takes no longer address than this."""
    told = {rule.app for rule in alert_rules(environment)}
    owners: list[tuple[Path, Owner]] = [(("owner",), environment.owner)] if told else []
    owners += [
        (("apps", app, "owner"), one.owner) for app, one in environment.apps.items() if one.owner and app in told
    ]
    for path, owner in owners:
        if len(owner.email) > LONGEST_RECEIVER:
            wrong = f"alerts are mailed to it, and it has {len(owner.email)} characters"
            yield (
                (*path, "email"),
                wrong,
                f"at most {LONGEST_RECEIVER} (or `alerts: {{enabled: false}}`)",
                "action-groups",
            )


def _settings(environment: Environment, app: str) -> Iterator[Contradiction]:
    """Azure takes the names of settings without regard to case, and one setting once."""
    described = environment.apps[app]
    refused = refused_settings(described.plan.facts.hosting)
    derived = {name.lower() for name in derived_names(environment, app)}
    seen: dict[str, str] = {}
    for group, names in (("settings", described.settings), ("secrets", described.secrets)):
        for name in names:
            path: Path = ("apps", app, group, name)
            if name.lower() in derived:
                yield path, "the setting is derived from the description", "it not to be set here"
            elif no := refused.get(name.upper()):
                yield path, f"not on {described.plan.sku}: {no.because}", no.instead, no.source
            elif name.lower() in seen:
                yield path, f"the setting is there already, as {seen[name.lower()]}", "it once"
            else:
                seen[name.lower()] = f"{group}.{name}"


def _updates(environment: Environment, app: str) -> Iterator[Contradiction]:
    """Rolling updates run old and new code side by side on one hub (flex-consumption-site-updates, 2025-12-04)."""
    described = environment.apps[app]
    if described.plan.site_updates == "rolling" and described.versioning is None:
        wrong = "rolling without versioning: new code replays what old code began while both run"
        yield ("apps", app, "plan", "site_updates"), wrong, "versioning beside it, or recreate", "flex-updates"


def _store(environment: Environment, app: str) -> Iterator[Contradiction]:
    """Workers in three zones are of no use while what they work on is in one."""
    described = environment.apps[app]
    if described.plan.zone_redundant and described.store.redundancy not in (None, *OVER_ZONES):
        wrong = f"{described.store.redundancy} under a zone-redundant plan, which asks for a store over zones"
        yield ("apps", app, "store", "redundancy"), wrong, "ZRS, GZRS or RAGZRS, or it left out (ZRS)", "zones"


def _tags(environment: Environment) -> Iterator[Contradiction]:
    derived = _derived_tags(environment)
    seen: set[str] = set()
    for name in environment.tags:
        if name.lower() in derived:
            yield ("tags", name), "the tag is derived from the description", "it not to be set here"
        elif name.lower() in seen:
            yield ("tags", name), "the tag is there already, in other letters", "it once"
        seen.add(name.lower())
    most = MOST_TAGS - len(derived)
    if len(environment.tags) > most:
        yield (
            ("tags",),
            f"{len(environment.tags)} tags",
            f"at most {most} beside the {len(derived)} derived ones",
            "tags",
        )


def _derived_tags(environment: Environment) -> frozenset[str]:
    bare = environment.model_copy(update={"tags": {}})
    tags: Iterable[str] = bare.tags_of(next(iter(environment.apps)))
    return frozenset(tag.lower() for tag in tags)
