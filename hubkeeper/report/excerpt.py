"""The lines of a description that a finding speaks of, as they stand in the file; never those that may hold a secret."""

from dataclasses import dataclass, field
from pathlib import Path

import yaml

from environments.yaml_lines import LOADER
from hubkeeper.literal_secrets import is_literal_secret
from policies.finding import Finding

_FOLDER = "environments/"
_MOST = 3
_WIDEST = 110
# Values under these may be secrets that were put there by mistake.
_PRIVATE = ("settings", "secrets")


@dataclass
class Excerpts:
    """Reads each file of the project at most once."""

    root: Path
    _texts: dict[str, list[str]] = field(default_factory=dict)
    _hidden: dict[str, set[int]] = field(default_factory=dict)

    def of(self, finding: Finding) -> list[str]:
        """The line, and up to two more that stand deeper below it, with their numbers; nothing for other files."""
        if not finding.file or not finding.line or not finding.file.startswith(_FOLDER):
            return []
        lines = self._lines(finding.file)
        first = finding.line - 1
        if first >= len(lines):
            return []
        chosen = [first]
        for number in range(first + 1, min(first + _MOST, len(lines))):
            if not lines[number].strip() or _depth(lines[number]) <= _depth(lines[first]):
                break
            chosen.append(number)
        hidden = self._hidden[finding.file]
        return [f"{number + 1:>5} | {_short(lines[number])}" for number in chosen if number not in hidden]

    def _lines(self, file: str) -> list[str]:
        if file not in self._texts:
            try:
                text = (self.root / file).read_text(encoding="utf-8")
            except (OSError, UnicodeDecodeError):
                text = ""
            self._texts[file] = text.splitlines()
            self._hidden[file] = _private_lines(text)
        return self._texts[file]


def _private_lines(text: str) -> set[int]:
    """Numbers, from 0, of the lines that settings, secrets, and what looks like a secret anywhere else stand on."""
    hidden: set[int] = set()

    def hide(first: yaml.Node, last: yaml.Node) -> None:
        hidden.update(range(first.start_mark.line, last.end_mark.line + 1))

    def walk(node: yaml.Node, name: str = "") -> None:
        if isinstance(node, yaml.MappingNode):
            for key, value in node.value:
                if key.value in _PRIVATE:
                    hide(key, value)
                walk(value, str(key.value))
        elif isinstance(node, yaml.SequenceNode):
            for item in node.value:
                walk(item, name)
        elif is_literal_secret(name, node.value):
            hide(node, node)

    try:
        document = yaml.compose(text, Loader=LOADER) if text else None
    except yaml.YAMLError:  # changed since it was checked
        return set(range(len(text.splitlines())))
    if document is not None:
        walk(document)
    return hidden


def _depth(line: str) -> int:
    return len(line) - len(line.lstrip())


def _short(line: str) -> str:
    return line if len(line) <= _WIDEST else f"{line[:_WIDEST]}…"
