"""Values written for the place where they stand, so that no owner's name, tag or purpose can break out of it.

Each function is a filter of the templates. It returns `Quoted`, and the renderer refuses to print anything that is not: a
template that forgets to say where a value stands is an error, not a hole.
"""

import json
import re
import shlex
import unicodedata
from collections.abc import Callable, Iterable
from functools import lru_cache
from html import escape
from urllib.parse import quote


class Quoted(str):
    """A text that is safe in the place it was written for."""

    __slots__ = ()


#: What Markdown, HTML inside Markdown, or GitHub's formulas give a meaning to.
_MARKDOWN = re.compile(
    r"[\\`*\[\]<>~$#&]|(?<![A-Za-z0-9_])_+|_+(?![A-Za-z0-9_])|(?<=\w):(?=//)|(?<=\bwww)\.|(?<=\w)@(?=\w)"
)
#: What makes a heading, a list or a rule at the beginning of a line.
_AT_START = re.compile(r"^(?:[-+=|]|\d+[.)](?=\s|$))")
_MERMAID_SPECIAL = re.compile(r"[^A-Za-z0-9 ./:,()_-]")


def _entity(match: re.Match[str]) -> str:
    return "".join(f"&#{ord(letter)};" for letter in match[0])


def one_line(value: object) -> str:
    """A value without line breaks, control and direction-changing characters, each run of them one space."""
    if str(value).isascii() and str(value).isprintable():
        return " ".join(str(value).split())
    plain = "".join(
        " " if unicodedata.category(letter) in ("Cc", "Cf", "Zl", "Zp") else letter for letter in str(value)
    )
    return " ".join(plain.split())


@lru_cache(maxsize=8192)
def text(value: object) -> Quoted:
    """Words in a sentence or a list item."""
    escaped = _MARKDOWN.sub(_entity, one_line(value))
    return Quoted(_AT_START.sub(_entity, escaped))


@lru_cache(maxsize=8192)
def cell(value: object) -> Quoted:
    """Words in a table cell, which a pipe would end."""
    return Quoted(text(value).replace("|", "&#124;"))


@lru_cache(maxsize=8192)
def code(value: object) -> Quoted:
    """A literal in a sentence or a list item."""
    plain = one_line(value)
    if not plain:
        return text(plain)
    longest = max((len(run) for run in re.findall(r"`+", plain)), default=0)
    fence, pad = "`" * (longest + 1), " " if "`" in (plain[0], plain[-1]) else ""
    return Quoted(f"{fence}{pad}{plain}{pad}{fence}")


@lru_cache(maxsize=8192)
def code_cell(value: object) -> Quoted:
    """A literal in a table cell. A pipe ends the cell even inside backticks, so such a value does without them."""
    return cell(value) if "|" in str(value) else code(value)


def fenced(value: str, language: str) -> Quoted:
    """A block of code: the fence is longer than any run of backticks in it."""
    longest = max((len(run) for run in re.findall(r"`+", value)), default=0) if "`" in value else 0
    fence = "`" * max(3, longest + 1)
    return Quoted(f"{fence}{language}\n{value.rstrip()}\n{fence}")


def link(address: str, label: str) -> Quoted:
    """A link. The address is built of `url` parts; brackets and spaces in it would end it."""
    target = re.sub(r"[\s<>()|\\`]", lambda match: quote(match[0], safe=""), address)
    return Quoted(f"[{cell(label)}]({target})")


def email(value: str) -> Quoted:
    """An e-mail address that can be clicked; the description's value type lets nothing dangerous through."""
    return Quoted(f"<{value}>") if re.fullmatch(r"[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+", value) else cell(value)


@lru_cache(maxsize=8192)
def url(value: object) -> Quoted:
    """One part of a URL's path or query."""
    return Quoted(quote(str(value), safe=""))


def shell(value: object) -> Quoted:
    """One word of a bash command. Control characters are written as escapes, so a word never leaves its line."""
    plain = str(value)
    if not plain.isprintable() and any(unicodedata.category(letter) == "Cc" for letter in plain):
        escaped = plain.replace("\\", "\\\\").replace("'", "\\'")
        return Quoted("$'" + re.sub(r"[\x00-\x1f\x7f-\x9f]", lambda match: f"\\u{ord(match[0]):04x}", escaped) + "'")
    return shell_lines(plain)


def shell_lines(value: str) -> Quoted:
    """A bash word that may run over several lines, for a query that people read. Double quotes where that reads better."""
    if "'" in value and not re.search(r'["$`\\!]', value):
        return Quoted(f'"{value}"')
    return Quoted(shlex.quote(value))


def kql(value: object) -> Quoted:
    """A string of the Kusto query language."""
    plain = one_line(value).replace("\\", "\\\\").replace('"', '\\"')
    return Quoted(f'"{plain}"')


def kql_list(values: Iterable[object]) -> Quoted:
    """Strings of the Kusto query language, with commas between them."""
    return Quoted(", ".join(kql(value) for value in values))


def odata(value: object) -> Quoted:
    """A string in a filter of Azure's tables."""
    return Quoted("'" + one_line(value).replace("'", "''") + "'")


def mermaid(value: object) -> Quoted:
    """A label of a Mermaid picture, without its quotes; what is not plain becomes Mermaid's own entity."""
    return Quoted(_MERMAID_SPECIAL.sub(lambda match: f"#{ord(match[0])};", one_line(value)))


def words(value: object) -> Quoted:
    """Words in a table cell with literals in backticks, as our own sentences have them. An odd backtick is a letter."""
    return _with_literals(value, cell, code_cell)


def prose(value: object) -> Quoted:
    """Words in a sentence or a list item, with literals in backticks as `words` has them."""
    return _with_literals(value, text, code)


def _with_literals(value: object, plain: Callable[[object], Quoted], literal: Callable[[object], Quoted]) -> Quoted:
    parts = one_line(value).split("`")
    if len(parts) % 2 == 0:
        return plain(value)
    return Quoted("".join(literal(part) if n % 2 else _spaced(part, plain) for n, part in enumerate(parts)))


def _spaced(part: str, plain: Callable[[object], Quoted]) -> str:
    """Words between two literals, with the blanks around them that `plain` would take away."""
    inner = plain(part)
    return f"{' ' * part.startswith(' ')}{inner}{' ' * part.endswith(' ')}" if inner else part


def yaml(value: object) -> Quoted:
    """A scalar of a description that people copy from a page."""
    plain = one_line(value)
    return Quoted(plain if re.fullmatch(r"[a-z][A-Za-z0-9./_-]*", plain) else json.dumps(plain))


def html(value: object) -> Quoted:
    """Words in HTML, also between the quotes of an attribute."""
    return Quoted(escape(one_line(value)))


FILTERS: dict[str, Callable[..., Quoted]] = {
    "text": text,
    "cell": cell,
    "code": code,
    "code_cell": code_cell,
    "fenced": fenced,
    "html": html,
    "link": link,
    "email": email,
    "prose": prose,
    "url": url,
    "shell": shell,
    "kql": kql,
    "kql_list": kql_list,
    "mermaid": mermaid,
    "words": words,
    "yaml": yaml,
}
