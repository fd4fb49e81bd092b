"""host.json: what an application's has to say, for all its environments and slots, and whether one that is there says it."""

from environments.host_json.checking import HostJsonFile, Unreadable, cautions_of, load, named_files, problems_of
from environments.host_json.contract import Contract, Difference, UnknownApp, contract_in, contract_of, differences
from environments.host_json.overrides import Undone, undone
from environments.host_json.writing import document, written

__all__ = [
    "Contract",
    "Difference",
    "HostJsonFile",
    "Undone",
    "UnknownApp",
    "Unreadable",
    "cautions_of",
    "contract_in",
    "contract_of",
    "differences",
    "document",
    "load",
    "named_files",
    "problems_of",
    "undone",
    "written",
]
