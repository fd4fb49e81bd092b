"""What a page says of retries, also of those that nobody would wait for."""

from datetime import timedelta

from environments.model import Retry
from hubkeeper.runbook.orchestrations import retry_in_words


def test_the_waits_are_told_one_by_one_and_in_all() -> None:
    retry = Retry(attempts=4, first_interval=timedelta(minutes=1), backoff=2.0)
    assert (
        retry_in_words(retry)
        == "4 attempts, waiting 1 minute, 2 minutes, 4 minutes: gives up after 7 minutes of waiting"
    )


def test_waits_that_grow_beyond_every_measure_still_have_a_page() -> None:
    retry = Retry(attempts=100_000, first_interval=timedelta(days=300), backoff=10.0)
    assert retry_in_words(retry).startswith("100000 attempts, waiting 300 days, 365 days, 365 days, ")
