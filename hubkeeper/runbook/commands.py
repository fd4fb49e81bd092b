"""A command of a page as data: what is typed, which part of the answer is shown, what the answer tells.

Rules for every `az` command here: the subscription and, where it takes one, the group are named; only errors are printed beside
the answer; an explicit `--query` says what is shown, since the whole answer often holds keys, connection strings or payloads.
The query filters on this side only: the permission to read the rest is used all the same, and audited.
"""

from dataclasses import dataclass
from typing import Literal

from hubkeeper.runbook.quoting import Quoted, shell, shell_lines


class Bash(str):
    """Part of a command that is bash already: a variable, a substitution. Nothing from a description goes in unquoted."""

    __slots__ = ()


#: What only the incident knows. Each stops its command with a sentence when it is not set.
WORKSPACE_ID = Bash('"${WORKSPACE_ID:?run the look-up under Before anything else first}"')
INSTANCE_ID = "${INSTANCE_ID:?set INSTANCE_ID first}"


@dataclass(frozen=True)
class Command:
    """One `az` command.

    `arguments` are lines of words; `query` is JMESPath and never lets a secret through; `answers` says what the command is
    for, `tells` how to read it, `healthy` what is normal. `confirm` marks a command that changes something: what must be
    typed before it runs; `changes` says what it does to running work. `loop` runs it for each value of a variable.
    """

    title: str
    verb: str
    arguments: tuple[tuple[str, ...], ...]
    query: str
    answers: str
    healthy: str
    tells: tuple[str, ...] = ()
    output: Literal["json", "table", "tsv", "none"] = "json"
    confirm: str | None = None
    changes: str | None = None
    loop: tuple[str, tuple[str, ...]] | None = None

    @property
    def script(self) -> str:
        """The command as it is pasted into bash."""
        lines = [f"az {self.verb}", *(" ".join(_word(word) for word in line) for line in self.arguments)]
        lines.append(f"--only-show-errors --output {self.output}")
        if self.query:
            lines.append(f"--query {shell(self.query)}")
        typed = " \\\n  ".join(lines)
        if self.confirm:
            typed = f"{guard(self.confirm)} \\\n  && {typed}"
        if self.loop:
            variable, values = self.loop
            listed = " ".join(shell(value) for value in values)
            body = typed.replace("\n", "\n  ")
            shown = f'printf \'%s: %s\\n\' "${{{variable}}}" "${{found:-none}}"'
            typed = f"for {variable} in {listed}; do\n  found=$({body}) \\\n    && {shown}\ndone"
        return typed


def guard(phrase: str) -> str:
    """Bash that goes on only when exactly this phrase is typed. It is one line with what follows, so a paste cannot answer it."""
    return f'read -r -p {shell(f"Type {phrase} to go on: ")} answer && [ "$answer" = {shell(phrase)} ]'


def _word(word: str) -> str:
    if isinstance(word, Bash | Quoted):
        return str(word)
    return shell_lines(word) if "\n" in word else shell(word)


@dataclass(frozen=True)
class Target:
    """Where commands of one slot of one application go. `slot` is None for production.

    `token_for` is what a token of Entra ID must be for where its status endpoints ask for one.
    """

    subscription: str
    group: str
    app: str
    slot: str | None = None
    token_for: str | None = None

    @property
    def group_words(self) -> tuple[str, ...]:
        """Subscription and resource group."""
        return ("--subscription", self.subscription, "--resource-group", self.group)

    @property
    def app_words(self) -> tuple[str, ...]:
        """The application, and the slot: without `--slot` a command means production."""
        return ("--name", self.app, *(("--slot", self.slot) if self.slot else ()))

    @property
    def phrase(self) -> str:
        """What a person types to confirm that this slot is meant."""
        return f"{self.app}/{self.slot or 'production'}"
