"""The check without engine, cloud or credential: the whole estate against all rules."""

from hubkeeper.check.against import Against
from hubkeeper.check.bad_input import BadInput
from hubkeeper.check.checking import check, write_baseline
from hubkeeper.check.result import CheckResult, Summary

__all__ = ["Against", "BadInput", "CheckResult", "Summary", "check", "write_baseline"]
