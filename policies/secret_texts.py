"""Recognises secrets: by what a thing is called, and by what a text looks like. Never repeats what it found."""

from __future__ import annotations

import math
import re
from collections import Counter
from functools import lru_cache
from typing import Final

_SECRET_NAME: Final = re.compile(
    r"password|passwd|pwd|passphrase|secret|credential|token|connection_?string|conn_?str|private_?key|api_?key|access_?key"
    r"|account_?key|shared_?key|primary_?key|function_?key|host_?key|client_?key|encryption_?key|signing_?key|sas_?(url|uri)"
    r"|(^|[a-z_])key$|(^|_)sas$",
    re.IGNORECASE,
)
# What such a word says something about, and is not: where a token is had, how long it lives, what a secret is called.
_HARMLESS_NAME: Final = re.compile(
    r"(_?(url|uri|endpoint|name|id|header|type|count|size|limit|hours|minutes|seconds|days|lifetime|expiry|audience|issuer|scope"
    r"|enabled|mode|path|file|policy|source|provider))$"
    r"|(partition|primary|sort|row|foreign|idempotency|routing|cache|instance|correlation|public|business|claim|order)_?key$"
    r"|^(?-i:allow|enable|disable|require|is|has)(?-i:[A-Z])\w*$"
    r"|^APPLICATIONINSIGHTS_(CONNECTION|AUTHENTICATION)_STRING$"
    # A scheduler is opened by an identity only: there is no key that could stand in here.
    r"|^DURABLE_TASK_SCHEDULER_CONNECTION_STRING$",
    re.IGNORECASE,
)
_SECRET_TEXT: Final = {
    "a storage account key": re.compile(r"AccountKey\s*=\s*[^;\s{]", re.IGNORECASE),
    "a shared access key": re.compile(r"SharedAccessKey\s*=\s*[^;\s{]", re.IGNORECASE),
    "a shared access signature": re.compile(r"(^|[?&;\s])(sig|SharedAccessSignature)=[^&;\s{]", re.IGNORECASE),
    "a password": re.compile(r"(^|[;&?\s])(password|pwd)\s*=\s*[^;\s{]", re.IGNORECASE),
    "a password in an address": re.compile(r"://[^/\s:@]+:[^/\s:@{]+@"),
    "a private key": re.compile(r"-----BEGIN [A-Z ]*PRIVATE KEY"),
    "a JSON web token": re.compile(r"\beyJ[A-Za-z0-9_-]{8,}\.eyJ[A-Za-z0-9_-]{8,}\."),
    "a key of a known service": re.compile(
        r"\b(gh[pousr]_[A-Za-z0-9]{30,}|xox[abprs]-[A-Za-z0-9-]{20,}|sk_live_[A-Za-z0-9]{16,}|AKIA[A-Z0-9]{16})\b"
    ),
    "a client secret of Entra ID": re.compile(r"(?<![A-Za-z0-9~._-])[A-Za-z0-9~._-]{3}[78]Q~[A-Za-z0-9~._-]{30,}"),
}
#: What must stand in a text, in small letters, for the pattern to be worth a look: texts can be long.
_HINTS: Final = {
    "a storage account key": ("accountkey",),
    "a shared access key": ("sharedaccesskey",),
    "a shared access signature": ("sig=", "sharedaccesssignature="),
    "a password": ("password", "pwd"),
    "a password in an address": ("://",),
    "a private key": ("-----begin ",),
    "a JSON web token": ("eyj",),
    "a key of a known service": ("ghp_", "gho_", "ghu_", "ghs_", "ghr_", "xox", "sk_live_", "akia"),
    "a client secret of Entra ID": ("q~",),
}
_VAULT: Final = re.compile(r"@Microsoft\.(KeyVault|AppConfiguration)\(", re.IGNORECASE)
_WORDS_ONLY: Final = re.compile(
    r"(true|false|none|null|\d{1,9}|enabled|disabled|required|optional|managedidentity)?", re.IGNORECASE
)
_GUID: Final = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
_TOKENS: Final = re.compile(r"[A-Za-z0-9+_~-]{24,}={0,2}")
# How a database compares texts, like Latin1_General_100_BIN2_UTF8; no secret is written so.
_COLLATION: Final = re.compile(
    r"(SQL_)?[A-Z][a-z]+[0-9]?_([A-Z][A-Za-z]+_)?([0-9]{2,3}_)?((CI|CS|AI|AS|KS|WS|SC|VSS|BIN2?|UTF8|CP[0-9]+)_?)+"
)
_LEAST_ENTROPY: Final = 3.9
_HEX: Final = re.compile(r"[0-9a-fA-F]{32,}")


def is_reference(text: str) -> bool:
    """Whether a text only refers to a secret that is kept elsewhere."""
    return _VAULT.match(text) is not None


@lru_cache(maxsize=4096)
def is_secret_name(name: str) -> bool:
    """Whether something of this name holds a secret, if it holds anything."""
    return _SECRET_NAME.search(name) is not None and _HARMLESS_NAME.search(name) is None


def is_empty_word(text: str) -> bool:
    """A switch, a number or nothing: no secret, whatever it is called."""
    return _WORDS_ONLY.fullmatch(text) is not None


@lru_cache(maxsize=4096)  # the same tags are on every resource
def secret_in(text: str) -> str | None:
    """What kind of secret a text holds, in words; None for none that can be recognised."""
    if is_reference(text) or _COLLATION.fullmatch(text):
        return None
    folded = text.casefold()
    for kind, pattern in _SECRET_TEXT.items():
        if any(hint in folded for hint in _HINTS[kind]) and pattern.search(text):
            return kind
    without_guids = _GUID.sub(" ", text)
    if any(_is_random(token) for token in _TOKENS.findall(without_guids)):
        return "a text as random as a key"
    return None


def _is_random(token: str) -> bool:
    """Letters of both cases and digits, mixed as no name is; or a long row of hexadecimal digits."""
    if _HEX.fullmatch(token):
        return len(set(token)) > 7
    pieces = [piece for piece in re.split(r"[-_]", token) if len(piece) >= 20] or ([token] if "-" not in token else [])
    return any(
        re.search("[a-z]", piece)
        and re.search("[A-Z]", piece)
        and len(re.findall("[0-9]", piece)) >= 2
        and _entropy(piece) >= _LEAST_ENTROPY
        for piece in pieces
    )


def _entropy(text: str) -> float:
    """Bits a character."""
    return -sum(count / len(text) * math.log2(count / len(text)) for count in Counter(text).values())
