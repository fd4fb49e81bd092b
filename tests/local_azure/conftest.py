"""A local Azure in this process, and an environment in it to start from."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from hubkeeper.local_azure.azure import LocalAzure
from hubkeeper.local_azure.database import Database
from hubkeeper.local_azure.faults import Faults
from hubkeeper.local_azure.redact import Redactor
from hubkeeper.local_azure.server import serve
from tests.local_azure.driver import Caller
from tests.local_azure.estate import Estate


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return tmp_path / "azure.db"


@pytest.fixture
def port(database: Path) -> Iterator[int]:
    azure = LocalAzure(Database(database), Redactor.beside(database))
    server, port = serve(azure, Faults([]))
    yield port
    server.stop(0).wait()


@pytest.fixture
def caller(port: int) -> Caller:
    return Caller(port)


@pytest.fixture
def estate(caller: Caller) -> Estate:
    """A resource group; the rest is made on demand."""
    return Estate(caller)
