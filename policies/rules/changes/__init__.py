"""Rules on a change: what becomes of an environment between two revisions, or between what is deployed and what is planned.

They are a registry of their own, since the engine's pack knows no before: `hubkeeper check --base` and `--state` judge them.
"""

from policies.rule import Rule
from policies.rules.changes import (
    access_opened,
    app_removed,
    data_replaced,
    database_convertible,
    host_restarted,
    hosting_changed,
    hub_left_behind,
    hub_repartitioned,
    hub_taken_over,
    language_changed,
    network_left,
    protection_removed,
    retention_shortened,
    review_moved_away,
    slot_removed,
    slot_strategy_changed,
    store_convertible,
    store_replaced,
    subnet_held,
    version_lowered,
)

CHANGES: tuple[Rule, ...] = (
    hub_left_behind.RULE,
    store_replaced.RULE,
    hub_repartitioned.RULE,
    hub_taken_over.RULE,
    slot_removed.RULE,
    slot_strategy_changed.RULE,
    app_removed.RULE,
    protection_removed.RULE,
    retention_shortened.RULE,
    review_moved_away.RULE,
    version_lowered.RULE,
    language_changed.RULE,
    data_replaced.RULE,
    hosting_changed.RULE,
    host_restarted.RULE,
    subnet_held.RULE,
    network_left.RULE,
    access_opened.RULE,
    database_convertible.RULE,
    store_convertible.RULE,
)
