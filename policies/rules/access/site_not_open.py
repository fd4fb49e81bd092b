"""Not everybody can knock at the starters and the status endpoints."""

from collections.abc import Iterator

from policies.doors import asks_for_token, described_at, is_private, is_restricted
from policies.reading import UNKNOWN_WORDS
from policies.registered import sites
from policies.rule import Level, Rule, Scope, Violation
from policies.subjects import PlanSubject

_AS_DECLARED = (
    "Nothing, as long as the reason under `open_to_everyone` holds. Afterwards say who may call: "
    "`access: {allowed_addresses: […]}`, `access: {authentication: {client_id: …}}`, or `network: {public: false}`."
)


def check(subject: PlanSubject) -> Iterator[Violation]:
    """One violation for each site and slot that nothing stands before. Declared open on purpose it is a note."""
    for site in sites(subject.plan, subject.described):
        who, resource = site.whose, site.resource
        guards = (asks_for_token(subject.plan, resource), is_restricted(resource), is_private(resource))
        if True in guards:
            continue
        app = subject.described.apps.get(who.app) if subject.described and who.app else None
        path = described_at(subject.described, who)
        if None in guards:
            wrong = f"whether everybody may call it {UNKNOWN_WORDS}"
            yield Violation(wrong, who, resource.urn, path)
        elif app and who.slot in app.all_slots and app.access_of(who.slot).open_to_everyone:
            wrong = "everybody may call it, as declared: keys in the code are all that is asked for"
            yield Violation(wrong, who, resource.urn, (*(path or ()), "open_to_everyone"), Level.NOTE, _AS_DECLARED)
        else:
            wrong = "everybody may call it: it asks for no token and lets every address in"
            yield Violation(wrong, who, resource.urn, path)


RULE = Rule(
    slug="site-not-open",
    ref="HK320",
    level={"production": Level.ERROR, "staging": Level.WARNING},
    also=(Level.NOTE,),
    scope=Scope.PLAN,
    what="In staging and production a site asks for a token, lets in listed addresses only, or has a private network alone.",
    why=(
        "A starter begins work for whoever finds it, and the status endpoints read, end and purge every instance for whoever "
        "has one link of them: the key in it is the same for all. A key is no name, and it lies in logs and browsers."
    ),
    fix=(
        "Say who may call: `access: {allowed_addresses: […]}`, `access: {authentication: {client_id: …}}`, or "
        "`network: {public: false}`. Where it must be open, `access: {open_to_everyone: <why>}`."
    ),
    source="HTTP APIs in Durable Functions, 2026; Azure App Service access restrictions, 2024-02-13",
    check=check,
)
