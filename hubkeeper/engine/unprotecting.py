"""Takes protection away for one run, and puts it back however the run ends."""

from collections.abc import Iterator
from contextlib import contextmanager

from pulumi import automation

from hubkeeper.engine.interrupts import ended_like_interrupted
from hubkeeper.engine.look_first import Refused
from hubkeeper.engine.session import Session
from hubkeeper.engine.writing_back import insist


@contextmanager
def unprotected(session: Session, urns: frozenset[str]) -> Iterator[None]:
    """Lets the engine delete these; whatever of them was protected and is still there at the end is so again.

    A request to end is taken as Ctrl-C. Raises Refused where the protection could not be put back.
    """
    resources = (session.stack.export_stack().deployment or {}).get("resources") or []
    were = frozenset(one["urn"] for one in resources if one.get("protect")) & urns
    with ended_like_interrupted():
        try:
            _protect(session, were, wanted=False)
            yield
        except BaseException as error:
            _protect_again(session, were, error)
            raise
        _protect_again(session, were)


def _protect_again(session: Session, urns: frozenset[str], because: BaseException | None = None) -> None:
    try:
        insist(lambda: _protect(session, urns, wanted=True))
    except automation.CommandError as error:
        told = getattr(because, "reasons", [str(because)] if because and str(because) else [])
        command = "pulumi state protect '{}' --yes -s {}, if it is still there"
        by_hand = [command.format(urn, session.stack.name) for urn in sorted(urns)]
        raise Refused(*told, "what holds hubs could not be protected again:", *by_hand) from error


def _protect(session: Session, urns: frozenset[str], *, wanted: bool) -> None:
    exported = session.stack.export_stack()
    content = dict(exported.deployment or {})
    changed = False
    for one in content.get("resources") or []:
        if one.get("urn") in urns and bool(one.get("protect")) is not wanted:
            one["protect"] = wanted
            changed = True
    if changed:
        session.stack.import_stack(automation.Deployment(version=exported.version, deployment=content))
