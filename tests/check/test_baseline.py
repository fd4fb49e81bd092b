"""What a baseline promises, whatever was found: it forgives what it holds and nothing else, and it only gets shorter."""

from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given
from hypothesis import strategies as st

from policies.baseline import Entry, apply, fingerprint, may_hold, read_baseline, recorded, written
from policies.finding import Finding
from policies.rule import Level

FILE = "baseline.json"
FINDINGS = st.lists(
    st.builds(
        Finding,
        rule=st.just("hub-explicit"),
        ref=st.sampled_from(["HK101", "HK104"]),
        level=st.sampled_from(list(Level)),
        environment=st.sampled_from(["dev", "prod"]),
        app=st.sampled_from(["claims", None]),
        slot=st.sampled_from(["staging", None]),
        resource=st.sampled_from([None, "urn:pulumi:prod::p::a:b:C$d:e:F::x", "urn:pulumi:prod::p::d:e:F::y"]),
        message=st.text(max_size=5),
        fix=st.just("mend it"),
        line=st.integers(1, 99),
        place=st.sampled_from(["", "apps.claims"]),
    ),
    max_size=12,
)


def counts(findings: list[Finding]) -> Counter[str]:
    return Counter(fingerprint(one) for one in findings)


def total(entries: list[Entry]) -> Counter[str]:
    return Counter({one.fingerprint: one.count for one in entries})


@given(FINDINGS)
def test_what_was_recorded_is_forgiven_and_nothing_is_outdated(findings: list[Finding]) -> None:
    marked = apply(findings, recorded(findings, (), None), (), FILE)
    assert len(marked) == len(findings)
    assert all(one.known and not one.stops for one in marked)


@given(FINDINGS, FINDINGS)
def test_more_than_was_recorded_is_new(before: list[Finding], after: list[Finding]) -> None:
    marked = apply(after, recorded(before, (), None), (), FILE)
    new = [one for one in marked if not one.known and may_hold(one)]
    assert counts(new) == counts(after) - counts(before)


@given(FINDINGS, FINDINGS)
def test_writing_it_again_takes_out_what_is_gone_and_adds_nothing(before: list[Finding], after: list[Finding]) -> None:
    old = recorded(before, (), None)
    again = recorded(after, (), old)
    assert total(again) == counts(before) & counts(after)
    outdated = [one for one in apply(after, again, (), FILE) if one.rule == "baseline-outdated"]
    assert outdated == []


@given(FINDINGS, FINDINGS)
def test_it_says_that_it_is_outdated_exactly_when_something_of_it_is_gone(
    before: list[Finding], after: list[Finding]
) -> None:
    marked = apply(after, recorded(before, (), None), (), FILE)
    told = [one for one in marked if one.rule == "baseline-outdated"]
    assert bool(told) == bool(counts(before) - counts(after))
    assert len(told) <= 1


@given(FINDINGS)
def test_environments_that_are_skipped_stay_as_they_are(findings: list[Finding]) -> None:
    old = recorded(findings, (), None)
    checked = [one for one in findings if one.environment == "dev"]
    assert total(recorded(checked, {"prod"}, old)) == total(old)
    assert all(one.rule != "baseline-outdated" for one in apply(checked, old, {"prod"}, FILE))


@given(FINDINGS)
def test_the_file_is_read_as_it_was_written_and_is_the_same_whatever_the_order(findings: list[Finding]) -> None:
    entries = recorded(findings, (), None)
    assert written(entries) == written(recorded(findings[::-1], (), None))
    with TemporaryDirectory() as folder:
        file = Path(folder, FILE)
        file.write_text(written(entries), encoding="utf-8")
        assert total(read_baseline(file)) == total(entries)
