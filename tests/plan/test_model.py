"""Unknown and secret values in the hands of whoever reads a plan."""

import copy
import json
import pickle
from typing import Any, Final

import pytest

from plan import UNKNOWN, Secret, Unknown, UnknownValueError

SECRET: Final = "planted-secret-5f2c"


def test_nobody_takes_an_unknown_for_true_or_false() -> None:
    values: dict[str, Any] = {"httpsOnly": UNKNOWN}
    with pytest.raises(UnknownValueError, match="value is UNKNOWN"):
        bool(values["httpsOnly"])


@pytest.mark.parametrize(
    "remade", [Unknown(), copy.copy(UNKNOWN), copy.deepcopy(UNKNOWN), pickle.loads(pickle.dumps(UNKNOWN))]
)
def test_there_is_only_one_unknown(remade: object) -> None:
    assert remade is UNKNOWN


def test_no_text_made_of_a_secret_shows_it() -> None:
    secret = Secret({"key": SECRET})
    texts = [
        str(secret),
        repr(secret),
        f"{secret}",
        f"{secret:>20}",
        f"{secret!r}",
        str([secret]),
        json.dumps(str(secret)),
    ]
    assert not [text for text in texts if SECRET in text]
    assert SECRET.encode() not in pickle.dumps(secret)


def test_a_copy_keeps_its_secret_and_a_pickle_does_not() -> None:
    secret = Secret({"key": SECRET})
    assert copy.deepcopy({"deep": secret})["deep"].value == {"key": SECRET}
    assert pickle.loads(pickle.dumps(secret)) == Secret()
