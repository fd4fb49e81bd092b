"""Which mistakes our rules and Checkov find in the same resources, and what each says of a sound estate.

Records prod, writes it as an ARM template, seeds one mistake at a time into both, and runs both.
Run: python benchmarks/rules_compared.py [--checkov PATH] [--write]
"""

import argparse
import json
import subprocess
import sys
import tempfile
from collections import Counter, defaultdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks.arm_templates import write_templates  # noqa: E402
from benchmarks.check_against_peers import installed_checkov  # noqa: E402
from benchmarks.seeded_mistakes import MISTAKES  # noqa: E402
from environments import Environment, load_estate  # noqa: E402
from hubkeeper.project import find_project  # noqa: E402
from hubkeeper.recording import record_environment  # noqa: E402
from plan import Plan  # noqa: E402
from policies.evaluate import locator, rules_of, run  # noqa: E402
from policies.registered import registered_hubs, whose  # noqa: E402
from policies.rule import Scope, Whose  # noqa: E402
from policies.subjects import HubsSubject, PlacedHub, PlanSubject, ResourceSubject, Subject  # noqa: E402

#: What Checkov asks for and this estate does not have, and why that is no mistake here; field knowledge of 2026-11.
REMARKS = {
    "CKV_AZURE_13": "callers are services; who may start what is the code's matter",
    "CKV_AZURE_17": "client certificates, as above",
    "CKV_AZURE_35": "right, where the network is closed; this estate has public endpoints and no keys",
    "CKV_AZURE_36": "right, as above",
    "CKV_AZURE_63": "logs of the Windows web server; telemetry goes to Application Insights",
    "CKV_AZURE_65": "as CKV_AZURE_63",
    "CKV_AZURE_66": "as CKV_AZURE_63",
    "CKV_AZURE_80": "the .NET version of an application in Python or Node",
    "CKV_AZURE_88": "wants Azure Files, which needs the shared key that is off",
    "CKV_AZURE_109": "right, where the network is closed",
    "CKV_AZURE_189": "right, where the network is closed; reads the property in a place where ARM has none",
    "CKV_AZURE_206": "wants another region; asks ZRS for what replays work twice",
    "CKV_AZURE_212": "asks for instances on sites that the platform scales, at a property of the site",
    "CKV_AZURE_213": "a health check evicts hosts that replay for minutes; advice, not a mistake",
    "CKV_AZURE_222": "right, where the network is closed",
}


def main() -> None:
    """Runs both and writes the page."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--checkov", type=Path, help="where Checkov is, if not where the benchmarks put it")
    parser.add_argument("--write", action="store_true", help="write docs/rules-compared.md instead of printing it")
    asked = parser.parse_args()
    checkov = asked.checkov or installed_checkov()
    project = find_project(ROOT)
    environment = load_estate(project.descriptions)["prod"]
    sound = record_environment(project, "prod")
    plans = {"sound": sound, **{f"m{n:02}": one.in_copy(sound) for n, one in enumerate(MISTAKES)}}
    theirs, version = _checkov(checkov, plans)
    before = _ours(sound, environment)
    rows = []
    for number, mistake in enumerate(MISTAKES):
        key = f"m{number:02}"
        ours = sorted({rule for rule, _ in _ours(plans[key], environment) - before})
        found = sorted({check for check, _ in theirs[key] - theirs["sound"]})
        if mistake.checkov_anyway:
            found = [f"{mistake.checkov_anyway} (on the sound estate too)"]
        rows.append((mistake.what, ours, found, mistake.psrule, mistake.prowler))
    text = _page(rows, theirs["sound"], len(before), len(sound.resources), version)
    if asked.write:
        (ROOT / "docs" / "rules-compared.md").write_text(text, encoding="utf-8")
    else:
        print(text)


def _ours(plan: Plan, environment: Environment) -> set[tuple[str, str]]:
    subjects: list[tuple[Scope, Subject]] = [
        (Scope.RESOURCE, ResourceSubject(one, whose(plan, one, environment))) for one in plan.resources.values()
    ]
    hubs, undecided = registered_hubs(plan, environment)
    placed = tuple(PlacedHub(hub, site, hub.whose) for hub, site in hubs)
    subjects.append((Scope.HUBS, HubsSubject(placed, undecided, only=plan.stack)))
    subjects.append((Scope.PLAN, PlanSubject(plan, Whose(environment.name, environment.tier), environment)))
    found = set()
    for scope, subject in subjects:
        for rule in rules_of([scope]):
            found |= {(one.ref, f"{one.resource}{one.message}") for one in run(rule, subject, locator(None))}
    return found


def _checkov(checkov: Path, plans: dict[str, Plan]) -> tuple[dict[str, set[tuple[str, str]]], str]:
    with tempfile.TemporaryDirectory() as folder:
        for name, plan in plans.items():
            plan.stack, stack = name, plan.stack
            write_templates([plan], Path(folder))
            plan.stack = stack
        command = [checkov, "--framework", "arm", "--skip-download", "--compact", "--quiet", "-o", "json", "-d", folder]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    told: dict[str, Any] = json.loads(done.stdout)
    found: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for one in told["results"]["failed_checks"]:
        found[Path(one["file_path"]).stem].add((one["check_id"], one["resource"]))
    return found, told["summary"]["checkov_version"]


def _page(rows: list[Any], sound: set[tuple[str, str]], ours: int, count: int, version: str) -> str:
    lines = [
        "# Our rules beside others",
        "",
        "<!-- Written by `python benchmarks/rules_compared.py --write`; do not edit. -->",
        "",
        f"The {count} resources of `prod`, recorded on {datetime.now(tz=UTC).date()}, and the same as an ARM template; one mistake",
        f"seeded at a time into both. Hubkeeper and Checkov {version} (`--framework arm`) were run: a cell names what was found",
        "beyond the sound estate. PSRule and Prowler were not run: their columns name the rule that would speak, as read in",
        "their sources (PSRule.Rules.Azure rule sets up to 2025_06, Prowler of 2026-08-21); Prowler looks at what is deployed,",
        "never at a pull request, and at no slot.",
        "",
        "## Mistakes",
        "",
        "| Mistake | Hubkeeper | Checkov | PSRule | Prowler |",
        "| --- | --- | --- | --- | --- |",
    ]
    for what, own, others, psrule, prowler in rows:
        cells = (what, ", ".join(own) or "missed", ", ".join(others) or "missed", psrule or "—", prowler or "—")
        lines.append(f"| {' | '.join(cells)} |")
    total = len(rows)
    by_us, by_checkov = sum(bool(row[1]) for row in rows), sum(bool(row[2]) for row in rows)
    read = [sum(bool(row[place]) for row in rows) for place in (3, 4)]
    lines += [
        f"| **Of {total}** | **{by_us}** | **{by_checkov}** | {read[0]} | {read[1]} |",
        "",
        "The list is ours, so it leans to what we look for; what Checkov knows and we do not is the table below.",
        "",
        "## The sound estate",
        "",
        f"Hubkeeper finds {ours}. Checkov fails {len(sound)} checks:",
        "",
        "| Check | Resources | What it is here |",
        "| --- | --- | --- |",
    ]
    for check, number in sorted(
        Counter(check for check, _ in sound).items(), key=lambda one: int(one[0].split("_")[-1])
    ):
        lines.append(f"| {check} | {number} | {REMARKS.get(check, 'to be judged')} |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()
