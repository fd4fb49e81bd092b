"""The catalogue of rules as people read it: one rule explained, all of them listed, and the page in docs/."""

from __future__ import annotations

import difflib
from itertools import groupby

from policies.rule import Level, Rule
from policies.rules import RULES

AREAS = {
    "HK1": "Task hubs",
    "HK2": "Retention and telemetry",
    "HK3": "Identities and secrets",
    "HK4": "Stores, sites and vaults",
    "HK5": "Protection",
    "HK6": "Releases",
}


class UnknownRule(KeyError):
    """No rule has this slug or ref. The first argument is one line for the user."""


def find(name: str) -> Rule:
    """The rule of a slug or a ref, upper and lower case alike. Raises UnknownRule, which names the nearest."""
    names = {name.lower(): rule for rule in RULES for name in (rule.slug, rule.ref)}
    wanted = name.strip().lower()
    if wanted in names:
        return names[wanted]
    near = difflib.get_close_matches(wanted, names, n=1)
    hint = f"; did you mean {names[near[0]].slug}?" if near else ""
    raise UnknownRule(f"no rule {name!r}, expected a slug or a ref like {RULES[0].slug} or {RULES[0].ref}{hint}")


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
        )
    )


def listing() -> str:
    """All rules, one line each, under their areas."""
    wide = max(len(rule.slug) for rule in RULES)
    lines: list[str] = []
    for area, rules in groupby(RULES, key=lambda rule: AREAS[rule.ref[:3]]):
        lines += ["", area] if lines else [area]
        lines += [f"  {rule.ref}  {rule.slug:<{wide}}  {rule.what}" for rule in rules]
    return "\n".join(lines)


def page() -> str:
    """The page docs/rules.md."""
    lines = [
        "# Rules",
        "",
        "<!-- Written by `python -m policies.catalogue`; do not edit. -->",
        "",
        "The same rules run in `hubkeeper check` and, as a policy pack, in the engine. Critical and error stop a change,",
        "warning and note do not. In the pack the levels are set by Pulumi's own `--policy-pack-config`, by the slug.",
    ]
    for area, rules in groupby(RULES, key=lambda rule: AREAS[rule.ref[:3]]):
        lines += ["", f"## {area}"]
        for rule in rules:
            lines += [
                "",
                f"### {rule.ref} {rule.slug}",
                "",
                rule.what,
                "",
                f"- **Level**: {level_words(rule)}",
                f"- **Why**: {rule.why}",
                f"- **Fix**: {rule.fix}",
                f"- **Source**: {rule.source}",
            ]
    return "\n".join(lines) + "\n"


def level_words(rule: Rule) -> str:
    """The levels a rule can have: `error, sometimes critical`, or by tier."""
    if isinstance(rule.level, Level):
        words = rule.level.value
    else:
        words = ", ".join(f"{tier} {level.value}" for tier, level in rule.level.items())
    return f"{words}, sometimes {' or '.join(level.value for level in rule.also)}" if rule.also else words


if __name__ == "__main__":
    from pathlib import Path

    target = Path(__file__).resolve().parent.parent / "docs" / "rules.md"
    target.parent.mkdir(exist_ok=True)
    target.write_text(page(), encoding="utf-8")
