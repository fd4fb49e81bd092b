"""The language worker that a site starts is the one its stack is made for."""

from collections.abc import Iterator
from typing import Any

from environments.catalogue import linux_stacks, runtimes
from plan import UNKNOWN
from policies.reading import MAKE_LITERAL, UNKNOWN_WORDS, at
from policies.registered import SITES, is_flex, is_function_app, settings_of
from policies.rule import Level, Rule, Scope, Violation
from policies.subjects import ResourceSubject

WORKER, STACK = "FUNCTIONS_WORKER_RUNTIME", "siteConfig.linuxFxVersion"


def check(subject: ResourceSubject) -> Iterator[Violation]:
    """On Linux; a stack that the catalogue does not know is said as well."""
    kind = at(subject.resource.inputs, "kind")
    linux = kind is UNKNOWN or "linux" in str(kind)
    if linux and is_function_app(subject.resource) and not is_flex(subject.resource):
        worker, stack = settings_of(subject.resource).get(WORKER), at(subject.resource.inputs, STACK)
        for name, value in ((WORKER, worker), (STACK, stack)):
            if value is UNKNOWN:
                yield Violation(f"{name} {UNKNOWN_WORDS}, expected a literal", fix=MAKE_LITERAL)
        if UNKNOWN not in (worker, stack) and (wrong := _wrong(worker, stack)):
            yield Violation(wrong)


def _wrong(worker: Any, stack: Any) -> str | None:
    if worker not in linux_stacks():
        return f"{WORKER} is missing or no language worker, expected one of {', '.join(linux_stacks())}"
    if not linux_stacks()[worker]:  # a custom handler brings its own
        return None
    name, _, version = str(stack).partition("|")
    if name.lower() != linux_stacks()[worker].lower() or version not in runtimes()[worker]:
        return (
            f"{STACK} is {stack if isinstance(stack, str) else 'not set'}, expected {linux_stacks()[worker]}|<version>"
        )
    return None


RULE = Rule(
    slug="worker-fits-stack",
    ref="HK606",
    level=Level.ERROR,
    scope=Scope.RESOURCE,
    types=SITES,
    what="FUNCTIONS_WORKER_RUNTIME and linuxFxVersion name the same language, in a version that exists.",
    why=(
        "Azure takes any text for both. With the wrong one the host starts, loads no function, and the hub's messages "
        "wait; nothing in the deployment says so."
    ),
    fix='Set `runtime: {language: …, version: "…"}` in the description; both are derived from it.',
    source="App settings reference (FUNCTIONS_WORKER_RUNTIME); Azure/Azure-Functions issue #2666, 2026-08-13",
    check=check,
)
