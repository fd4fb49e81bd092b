"""The catalogue of rules as people read it: one rule explained, all of them listed, and the pages in docs/."""

from __future__ import annotations

import difflib
import re
from itertools import groupby
from pathlib import Path

from policies.rule import Level, Rule, Scope
from policies.rules.everything import CATALOGUE

AREAS = {
    "HK1": "Task hubs",
    "HK2": "Retention and telemetry",
    "HK3": "Identities, secrets and access",
    "HK4": "Stores, sites, vaults and plans",
    "HK5": "Protection",
    "HK6": "Releases",
    "HK7": "Operability",
    "HK8": "What a change does",
    "HK9": "Waivers and the baseline",
}
#: Begin of the refs of rules on waivers and baselines, which no waiver covers.
UPKEEP = "HK9"
WRITTEN = "<!-- Written by `python -m policies.catalogue`; do not edit. -->"
#: What a rule looks at, in words.
SEEN = {
    Scope.HUBS: "Looks at all task hubs of all environments together.",
    Scope.ENVIRONMENT: "Looks at the description of an environment.",
    Scope.APP: "Looks at the description of an application.",
    Scope.RESOURCE: "Looks at each resource as it is registered.",
    Scope.PLAN: "Looks at all resources of an environment together.",
    Scope.CHANGE: "Looks at what was and what will be.",
}


class UnknownRule(KeyError):
    """No rule has this slug or ref. The first argument is one line for the user."""


def find(name: str) -> Rule:
    """The rule of a slug or a ref, upper and lower case alike. Raises UnknownRule, which names the nearest."""
    names = {name.lower(): rule for rule in CATALOGUE for name in (rule.slug, rule.ref)}
    wanted = name.strip().lower()
    if wanted in names:
        return names[wanted]
    # The number of another rule is no nearer than that of any.
    near = [] if re.fullmatch("hk[0-9]*", wanted) else difflib.get_close_matches(wanted, names, n=1)
    hint = f"; did you mean {names[near[0]].slug}?" if near else ""
    raise UnknownRule(
        f"no rule {name!r}, expected a slug or a ref like {CATALOGUE[0].slug} or {CATALOGUE[0].ref}{hint}"
    )


def explain(name: str) -> str:
    """Everything about one rule, as text. Raises UnknownRule."""
    rule = find(name)
    return "\n".join(
        (
            f"{rule.ref} {rule.slug} ({level_words(rule)})",
            "",
            rule.what,
            "",
            f"Why     {rule.why}",
            f"Fix     {rule.fix}",
            f"Source  {rule.source}",
            *(f"Takes   {one.name} (default {one.default}): {one.about}" for one in rule.parameters),
        )
    )


def listing() -> str:
    """All rules, one line each, under their areas."""
    wide = max(len(rule.slug) for rule in CATALOGUE)
    lines: list[str] = []
    for area, rules in groupby(CATALOGUE, key=lambda rule: AREAS[rule.ref[:3]]):
        lines += ["", area] if lines else [area]
        lines += [f"  {rule.ref}  {rule.slug:<{wide}}  {rule.what}" for rule in rules]
    return "\n".join(lines)


def page() -> str:
    """The page docs/rules.md: every rule, with a link to its own page."""
    lines = [
        "# Rules",
        "",
        WRITTEN,
        "",
        "The same rules run in `hubkeeper check` and, as a policy pack, in the engine; those of HK8 and HK9 in `check` alone,",
        "HK8 where it is told what was before (`--base`, `--state`). Critical and error stop a change,",
        "warning and note do not. In the pack the levels are set by Pulumi's own `--policy-pack-config`, by the slug.",
        "Some take parameters: [policy-pack.md](policy-pack.md) tells how.",
    ]
    for area, rules in groupby(CATALOGUE, key=lambda rule: AREAS[rule.ref[:3]]):
        lines += ["", f"## {area}", "", "| Ref | Rule | Level | What must hold |", "| --- | --- | --- | --- |"]
        for rule in rules:
            link = f"[{rule.slug}](rules/{rule.slug}.md)"
            lines.append(f"| {rule.ref} | {link} | {level_words(rule)} | {_in_cell(rule.what)} |")
    return "\n".join(lines) + "\n"


def page_of(rule: Rule) -> str:
    """The page docs/rules/<slug>.md."""
    lines = [
        f"# {rule.ref} {rule.slug}",
        "",
        WRITTEN,
        "",
        rule.what,
        "",
        f"**Level**: {level_words(rule)}. {SEEN[rule.scope]}",
        "",
    ]
    for title, text in (("Why", rule.why), ("Fix", rule.fix), ("Source", rule.source)):
        lines += [f"## {title}", "", text, ""]
    if rule.parameters:
        lines += ["## Parameters", "", "| Name | Default | From | To | What it is |", "| --- | --- | --- | --- | --- |"]
        for one in rule.parameters:
            lines.append(f"| {one.name} | {one.default} | {one.minimum} | {one.maximum} | {one.about} |")
        lines.append("")
    lines.append(f"[All rules](../rules.md) · `hubkeeper explain {rule.slug}`")
    return "\n".join(lines) + "\n"


def pages() -> dict[str, str]:
    """Every page that is written from the rules, by its path under docs/."""
    return {"rules.md": page(), **{f"rules/{rule.slug}.md": page_of(rule) for rule in CATALOGUE}}


def write(docs: Path) -> None:
    """Writes the pages, and takes away those of rules that are no more."""
    (docs / "rules").mkdir(parents=True, exist_ok=True)
    for stray in {path.relative_to(docs).as_posix() for path in (docs / "rules").glob("*.md")} - pages().keys():
        (docs / stray).unlink()
    for name, text in pages().items():
        (docs / name).write_text(text, encoding="utf-8")


def _in_cell(text: str) -> str:
    return text.replace("|", "\\|")


def level_words(rule: Rule) -> str:
    """The levels a rule can have: `error, sometimes critical`, or by tier."""
    if isinstance(rule.level, Level):
        words = rule.level.value
    else:
        words = ", ".join(f"{tier} {level.value}" for tier, level in rule.level.items())
    return f"{words}, sometimes {' or '.join(level.value for level in rule.also)}" if rule.also else words


if __name__ == "__main__":
    write(Path(__file__).resolve().parent.parent / "docs")
