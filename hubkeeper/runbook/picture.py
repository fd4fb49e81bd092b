"""The picture of an environment as Mermaid: applications, slots, hubs, stores, vaults, telemetry."""

from collections.abc import Iterator

from environments import Environment, task_hubs
from hubkeeper.runbook.quoting import mermaid

#: What holds a hub, by its backend.
_HOLDS = {"azure-storage": "Store", "durable-task-scheduler": "Scheduler"}


def picture(environment: Environment) -> str:
    """A flowchart. Labels are names; nodes have short ids of their own, so no name can be mistaken for syntax."""
    names = environment.resource_names
    lines = ["flowchart LR"]
    for number, app in enumerate(environment.apps):
        lines += _application(environment, number, app)
    lines.append(f'  telemetry["Telemetry<br/>{mermaid(names.application_insights)}<br/>{mermaid(names.workspace)}"]')
    for number, described in enumerate(environment.apps.values()):
        lines += [f"  a{number}s{slot} -.-> telemetry" for slot in range(len(described.all_slots))]
    return "\n".join(lines)


def _application(environment: Environment, number: int, app: str) -> Iterator[str]:
    names = environment.app_names(app)
    hubs = [hub for hub in task_hubs(environment) if hub.app == app]
    yield f'  subgraph a{number}["{mermaid(app)} on {mermaid(environment.apps[app].plan.sku)}"]'
    for index, hub in enumerate(hubs):
        yield f'    a{number}s{index}["{mermaid(hub.slot or "production")}<br/>{mermaid(names.function_app)}"]'
    yield f'    a{number}v["Vault<br/>{mermaid(names.key_vault)}"]'
    yield f'    subgraph a{number}t["{_HOLDS.get(hubs[0].backend, "SQL server")} {mermaid(hubs[0].store)}"]'
    for index, hub in enumerate(hubs):
        yield f'      a{number}h{index}[("Hub {mermaid(hub.name)}")]'
    yield "    end"
    for index in range(len(hubs)):
        yield f"    a{number}s{index} --> a{number}h{index}"
        yield f"    a{number}s{index} -- secrets --> a{number}v"
    yield "  end"
