"""Secrets that a description or a program put in clear: a rule refuses them, and until then no file of ours repeats them."""

from dataclasses import replace
from typing import Any

from plan import Plan, Secret
from policies.secret_texts import is_empty_word, is_reference, is_secret_name, secret_in


def without_literal_secrets(plan: Plan) -> Plan:
    """The plan with every text that is a secret, or that is called like one, hidden as a Secret."""
    resources = {
        urn: replace(resource, inputs=_hidden(resource.inputs), outputs=_hidden(resource.outputs))
        for urn, resource in plan.resources.items()
    }
    return replace(plan, resources=resources, outputs=_hidden(plan.outputs))


def holds_literal_secret(plan: Plan) -> bool:
    """Whether there is such a text in the plan."""
    return any(
        _hidden(one.inputs) != one.inputs or _hidden(one.outputs) != one.outputs for one in plan.resources.values()
    )


def _hidden(value: Any, name: str = "") -> Any:
    """`name` tells what a text is: its key, or for an application setting the `name` beside it."""
    match value:
        case str():
            return Secret() if is_literal_secret(name, value) else value
        case {"name": str(title), "value": held, **others}:
            return {"name": title, "value": _hidden(held, title), **_hidden(others)}
        case dict():
            return {key: _hidden(item, key) for key, item in value.items()}
        case list():
            return [_hidden(item, name) for item in value]
    return value


def is_literal_secret(name: str, text: str) -> bool:
    """Whether a text looks like a secret by itself, or stands under a name that secrets have."""
    if secret_in(text) is not None:
        return True
    return is_secret_name(name) and not is_reference(text) and not is_empty_word(text)
