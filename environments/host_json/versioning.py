"""Whether a host.json says which version the code is, and leaves no instance of another version behind."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from environments.host_json.contract import Contract, numbers
from environments.host_json.reading import at, holds, place_in
from environments.host_json.shape import Mistake
from environments.matching import shown

_DURABLE = "extensions.durableTask"
_DOTTED = re.compile(r"[0-9]+(\.[0-9]+)*")

Document = Mapping[str, Any]


def mistakes(document: Document, contract: Contract) -> Iterator[Mistake]:
    """What is wrong with the version and with what becomes of others."""
    yield from _versioning(document, contract)
    yield from _strategies(document, contract)


def _versioning(document: Document, contract: Contract) -> Iterator[Mistake]:
    place = f"{_DURABLE}.defaultVersion"
    found = at(document, place)
    described = contract.default_version
    if not found.is_there:
        if described and not holds(document, "defaultVersion"):
            yield place_in(found, place), f"missing, while the description says {described}", f'"{described}"'
    elif isinstance(found.value, str):
        if not _DOTTED.fullmatch(found.value):
            wrong = f"{shown(found.value)} is compared letter by letter, so v10 is older than v9"
            yield found.path, wrong, f'a dotted number like "{described or "1.0"}"'
        elif not described:
            yield found.path, "the description has no versioning", "`versioning: {default_version: …}` in it"
        elif numbers(found.value) < numbers(described):
            wrong = f"{found.value} is older than the {described} of the description"
            yield found.path, wrong, f'"{described}" or newer'


def _strategies(document: Document, contract: Contract) -> Iterator[Mistake]:
    """What becomes of an instance that another version of the code began, where the code that comes meets it.

    "Orchestration versioning", learn.microsoft.com, 2026-05-01; Azure/durabletask 5217032, TaskOrchestrationDispatcher. An
    instance of no version counts as older; Strict compares letter by letter; what is rejected goes back to its queue, again and
    again. Where every hub goes with its code (`hub_binding: code`), none meets another's instances.
    """
    if contract.default_version is None:
        return
    match = at(document, f"{_DURABLE}.versionMatchStrategy")
    word = str(match.value).lower() if match.is_there else ""
    if word == "none":
        yield match.path, "None lets any version work on any instance", '"CurrentOrOlder"'
    elif word == "strict" and not contract.hubs_travel:
        wrong = "Strict leaves instances of every earlier version to nobody, as soon as the next one is deployed"
        yield match.path, wrong, '"CurrentOrOlder"'
    failure = at(document, f"{_DURABLE}.versionFailureStrategy")
    if str(failure.value).lower() == "fail" and not contract.hubs_travel:
        wrong = "Fail ends an instance for good that meets code of an earlier version, as in a swap or on the way back"
        yield failure.path, wrong, '"Reject"'
