"""The check without engine, cloud or credential: the whole estate against all rules."""

from hubkeeper.check.checking import check
from hubkeeper.check.result import CheckResult, Summary

__all__ = ["CheckResult", "Summary", "check"]
