"""A swap of slots, as somebody does it past the engine: what travels goes to the other slot, and nobody tells the engine.

`python -m hubkeeper.local_azure.swap --database FILE --site NAME --slot SLOT` for rehearsals and tests. App settings,
connection strings and the runtime travel; sticky settings, scale, Always On, TLS, CORS and access restrictions stay ("Azure
Functions deployment slots", learn.microsoft.com: which settings are swapped, read 2026-11-22). So does what authentication is asked
for, which the workers are given by their new slot before traffic moves ("Set up staging environments in Azure App Service": what
happens during a swap). Nobody rehearses the setting that makes restrictions travel.
"""

import argparse
import sys
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from .database import Database, DatabaseUnusable, Stored, Transaction

_SITE, _SLOT = "azure-native:web:WebApp", "azure-native:web:WebAppSlot"
_LISTS = {"appSettings": "appSettingNames", "connectionStrings": "connectionStringNames"}
_RUNTIME = ("linuxFxVersion", "netFrameworkVersion", "javaVersion", "powerShellVersion")


class CannotSwap(Exception):
    """There is nothing to swap, or not in this way. The text is one line."""


def swap(database: Path, site: str, slot: str) -> None:
    """Exchanges production with a slot. Raises CannotSwap, DatabaseUnusable."""
    if not database.exists():
        raise CannotSwap(f"{database}: no such database, expected one of a local Azure")
    with Database(database).write() as transaction:
        production = _find(transaction, _SITE, site)
        if production is None:
            raise CannotSwap(f"no site {site!r} in {database}")
        beside = transaction.get(f"{production.id}/slots/{slot}")
        if beside is None or beside.type != _SLOT:
            raise CannotSwap(f"site {site!r} has no slot {slot!r}")
        names = transaction.get(f"{production.id}/config/slotConfigNames")
        sticky = names.inputs if names else {}
        one, other = _config(production), _config(beside)
        _write(transaction, production, _swapped(one, other, sticky))
        _write(transaction, beside, _swapped(other, one, sticky))


def _find(transaction: Transaction, kind: str, name: str) -> Stored | None:
    same = (one for one in transaction.of_type(kind) if str(one.inputs.get("name", "")).lower() == name.lower())
    return next(same, None)


def _config(site: Stored) -> dict[str, Any]:
    config = site.inputs.get("siteConfig")
    return dict(config) if isinstance(config, Mapping) else {}


def _swapped(own: Mapping[str, Any], other: Mapping[str, Any], sticky: Mapping[str, Any]) -> dict[str, Any]:
    config = {key: value for key, value in own.items() if key not in _RUNTIME}
    config |= {key: other[key] for key in _RUNTIME if key in other}
    for key, list_of_sticky in _LISTS.items():
        stay = {str(name).lower() for name in sticky.get(list_of_sticky) or []}
        travels = [item for item in other.get(key) or [] if str(item.get("name")).lower() not in stay]
        stays = [item for item in own.get(key) or [] if str(item.get("name")).lower() in stay]
        if key in own or travels:
            config[key] = sorted([*travels, *stays], key=lambda item: str(item.get("name")))
    return config


def _write(transaction: Transaction, site: Stored, config: dict[str, Any]) -> None:
    # The names that are unique in the world stay with each: a swap moves no host name.
    transaction.change(replace(site, inputs={**site.inputs, "siteConfig": config}))


def main(arguments: list[str] | None = None) -> int:
    """The command."""
    parser = argparse.ArgumentParser(prog="python -m hubkeeper.local_azure.swap", description=__doc__)
    parser.add_argument("--database", type=Path, required=True, metavar="FILE", help="the local Azure's state")
    parser.add_argument("--site", required=True, metavar="NAME", help="name of the function app")
    parser.add_argument("--slot", required=True, metavar="SLOT", help="slot to swap production with")
    options = parser.parse_args(arguments)
    try:
        swap(options.database, options.site, options.slot)
    except (CannotSwap, DatabaseUnusable) as error:
        print(f"local Azure: {error}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
