"""What each environment is: the YAML descriptions, the model that reads them, and everything derived from it.

Nothing here knows Pulumi. Components, rules and templates read this; it reads none of them.
"""

from environments.backends import DATABASE_SETTING, ON_DATABASE, ON_SCHEDULER
from environments.estate import Estate, UnknownEnvironment, environment_schema, load_estate
from environments.hubs import (
    HUB_SETTING,
    SCHEDULER_SETTING,
    SchedulerPlace,
    TaskHub,
    hub_of,
    task_hubs,
)
from environments.model import App, Environment, Orchestration, Owner, Slot, Tier
from environments.names import AppNames, EnvironmentNames, canonical, is_hub_name
from environments.problems import DescriptionError, Path, Problem, dotted
from environments.retention import Retention, retention_of
from environments.settings import PACKAGE_CONTAINER, Setting, package_of, settings_of, sticky_names
from environments.task_hub import Database, Scheduler
from environments.values import in_words

__all__ = [
    "DATABASE_SETTING",
    "HUB_SETTING",
    "ON_DATABASE",
    "ON_SCHEDULER",
    "PACKAGE_CONTAINER",
    "SCHEDULER_SETTING",
    "App",
    "AppNames",
    "Database",
    "DescriptionError",
    "Environment",
    "EnvironmentNames",
    "Estate",
    "Orchestration",
    "Owner",
    "Path",
    "Problem",
    "Retention",
    "Scheduler",
    "SchedulerPlace",
    "Setting",
    "Slot",
    "TaskHub",
    "Tier",
    "UnknownEnvironment",
    "canonical",
    "dotted",
    "environment_schema",
    "hub_of",
    "in_words",
    "is_hub_name",
    "load_estate",
    "package_of",
    "retention_of",
    "settings_of",
    "sticky_names",
    "task_hubs",
]
