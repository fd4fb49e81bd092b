"""Who says that Azure refuses something: each source is named once, tells its day, and is cited by a refusal."""

import re
from pathlib import Path

import pytest
import yaml

from environments import catalogue

HERE = Path(catalogue.__file__).parent
SOURCES: dict[str, str] = yaml.safe_load((HERE / "sources.yaml").read_text(encoding="utf-8"))["cited"]
CODE = "\n".join(file.read_text(encoding="utf-8") for file in sorted(HERE.parent.glob("**/*.py")))
DATA = "\n".join(file.read_text(encoding="utf-8") for file in sorted(HERE.glob("*.yaml")))


@pytest.mark.parametrize("key", SOURCES)
def test_a_source_tells_its_day_and_some_refusal_cites_it(key: str) -> None:
    assert re.fullmatch(r"[^()]+, (?:read )?20[0-9]{2}(?:-[0-9]{2}){0,2}", catalogue.cited(key))
    assert f'"{key}"' in CODE or re.search(rf"source: {key}\b", DATA)


def test_whatever_a_plan_does_not_take_has_a_source() -> None:
    refusals = [
        *(one for of in catalogue.refused_plan_keys().values() for one in of.values()),
        *(one for of in catalogue.refused_systems().values() for one in of.values()),
        *(one for of in catalogue.refused_hostings().values() for one in of.values()),
        *catalogue.refused_networks().values(),
        *catalogue.refused_settings("flex").values(),
    ]
    assert all(catalogue.cited(one.source) for one in refusals)
