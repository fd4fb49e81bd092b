"""Parses commands as the Azure CLI does. In: [words of a command without `az`]. Out: for each, what the parser objects to, or "".

Run by the Python that has azure-cli installed, offline. Only the modules whose groups are asked for are loaded, each command once:
loading all of them takes most of a minute. Commands of extensions are not here: see extension_flags.yaml.
"""

import json
import logging
import os
import sys
import tempfile
from importlib import import_module
from itertools import takewhile
from typing import Any, NoReturn

os.environ |= {
    "AZURE_CONFIG_DIR": tempfile.mkdtemp(prefix="az-"),
    "AZURE_CORE_COLLECT_TELEMETRY": "0",
    "AZURE_EXTENSION_DIR": tempfile.mkdtemp(prefix="az-"),
    "AZURE_EXTENSION_USE_DYNAMIC_INSTALL": "no",
}
from azure.cli.core import get_default_cli  # pyrefly: ignore[missing-import]
from azure.cli.core.commands import events  # pyrefly: ignore[missing-import]
from azure.cli.core.parser import AzCliCommandParser  # pyrefly: ignore[missing-import]
from knack.events import EVENT_INVOKER_POST_CMD_TBL_CREATE  # pyrefly: ignore[missing-import]

#: The module of azure-cli that holds the commands which begin like this; the longest beginning counts.
_MODULES = {
    "account": "profile",
    "functionapp": "appservice",
    "identity": "identity",
    "keyvault": "keyvault",
    "login": "profile",
    "monitor": "monitor",
    "network": "network",
    "network private-dns": "privatedns",
    "rest": "util",
    "role": "role",
    "sql": "sql",
    "storage": "storage",
    "webapp": "appservice",
}


class _Refused(Exception):
    """What the parser says of a command."""


def _refuse(parser: object, message: object, *rest: object) -> NoReturn:
    raise _Refused(str(message))


class _Commands:
    """The commands of the modules that are asked for, each made ready as the CLI does it before it parses."""

    def __init__(self, verbs: set[str]) -> None:
        self._cli = cli = get_default_cli()
        self._invocation = cli.invocation_cls(
            cli_ctx=cli, parser_cls=cli.parser_cls, commands_loader_cls=cli.commands_loader_cls, help_cls=cli.help_cls
        )
        cli.invocation, self._loader = self._invocation, self._invocation.commands_loader
        self._known: dict[str, Any] = {}
        for name in sorted({name for verb in verbs if (name := _module_of(verb))}):
            module = import_module(f"azure.cli.command_modules.{name}")
            of_module = (getattr(module, "COMMAND_LOADER_CLS", None) or module.get_command_loader(cli))(cli_ctx=cli)
            self._known |= of_module.load_command_table(None)
            for command in of_module.command_table.values():
                command.command_source = name
            self._loader.command_group_table |= of_module.command_group_table
            self._loader.cmd_to_loader_map |= {verb: [of_module] for verb in of_module.command_table}

    def parser(self, verb: str) -> Any:
        """The parser of one command."""
        if verb not in self._known:
            raise _Refused(f"no such command: {verb}")
        loader = self._loader
        loader.command_table, loader.command_name = {verb: self._known[verb]}, verb
        self._invocation.data["command_string"] = verb
        for of_module in loader.cmd_to_loader_map[verb]:
            of_module.command_table = loader.command_table
        self._cli.raise_event(events.EVENT_INVOKER_PRE_LOAD_ARGUMENTS, commands_loader=loader)
        loader.load_arguments(verb)
        self._cli.raise_event(events.EVENT_INVOKER_POST_LOAD_ARGUMENTS, commands_loader=loader)
        self._cli.raise_event(EVENT_INVOKER_POST_CMD_TBL_CREATE, commands_loader=loader)
        parser = self._cli.parser_cls(cli_ctx=self._cli, prog="az", parents=[self._invocation._global_parser])
        parser.load_command_table(loader)
        return parser


def _module_of(verb: str) -> str | None:
    begins = [begin for begin in _MODULES if f"{verb} ".startswith(f"{begin} ")]
    return _MODULES[max(begins, key=len)] if begins else None


def verb_of(words: list[str]) -> str:
    """The command's own words, before its first flag."""
    return " ".join(takewhile(lambda word: not word.startswith("-"), words))


def main() -> None:
    """Reads standard input, writes standard output."""
    asked: list[list[str]] = json.load(sys.stdin)
    out, sys.stdout = sys.stdout, sys.stderr
    logging.disable(logging.WARNING)  # no subscription of the pages is known here
    commands = _Commands({verb_of(words) for words in asked})
    for name in ("error", "validation_error"):
        setattr(AzCliCommandParser, name, _refuse)
    parsers: dict[str, Any] = {}
    found = []
    for words in asked:
        verb = verb_of(words)
        try:
            parsers[verb] = parsers.get(verb) or commands.parser(verb)
            parsers[verb].parse_args(words)
            found.append("")
        except _Refused as refused:
            found.append(str(refused) or "refused")
        except SystemExit as ended:
            found.append(f"ended with {ended.code}")
    json.dump(found, out)


main()
