"""Volumes that States reported: what counts, what is history, when notices were due, what is left."""

from __future__ import annotations

from datetime import date
from itertools import pairwise, permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vesseltrack.oil.notified import Report, month_end
from vesseltrack.oil.regimes import load_regimes
from vesseltrack.oil.reported import reported

TODAY = date(2026, 11, 22)
YEARS = range(2017, 2026)


def told(year, *own, until=TODAY, as_of=None):
    return reported(year, load_regimes().of_year(year), until, own, as_of)


def report(state, period, barrels=None, tonnes=None, *, on=None, line=2):
    """A row of the user's: ``2025-03``, or ``2025-01/2025-06``."""
    first, _, last = period.partition("/")
    status = "not_filed" if barrels is None and tonnes is None else "current"
    day = date.fromisoformat(on) if on else None
    where = f"own.csv line {line}"
    months = int(first[5:]), int((last or first)[5:])
    return Report(state, int(first[:4]), *months, tonnes, barrels, status, day, where, "", where)


def due(year, rate):
    (one,) = [one for one in told(year).notices if one.rate.barrels_per_tonne == rate]
    return {percent: on for percent, on in one.due if on is not None}


# What counts


@pytest.mark.parametrize(
    ("year", "barrels"), [(2018, 401_033), (2019, 466_706), (2020, 148_915), (2021, 91_909), (2023, 362_706)]
)
def test_a_years_sum_is_the_committees(year, barrels):
    """As the table of the Committee was published: 401,000; 466,700; about 149,000; 91,909; 362,706."""
    assert told(year).barrels == barrels


def test_china_2018_is_the_cumulative_row_and_the_two_months_after_it():
    """14,760 t to October, then 2,928 and 1,510; March and August lie within the first and are not added."""
    china = [r for r in told(2018).months if r.state == "China"]
    assert [(r.period, r.tonnes) for r in china] == [
        ("2018-01 to 2018-10", 14_760),
        ("2018-11", 2_928),
        ("2018-12", 1_510),
    ]
    assert {r.converted for r in china} == {"tonnes at 8.33 barrels"}


def test_russia_2019_was_restated_and_what_it_replaced_is_kept():
    """277,365 barrels count; 30,180 t of February 2020 and the 232,941 of another paper are history."""
    year = told(2019)
    assert dict(year.by_state)["Russia"] == 277_365
    history = {(r.tonnes, r.barrels): r.status for r in year.history if r.state == "Russia" and r.last == 12}
    assert history == {(30_180, None): "superseded", (None, 232_941): "conflict"}
    assert all(r.note for r in year.history)


def test_august_2021_is_11745_barrels_as_notified_and_as_converted():
    """1,410 t = 11,745 barrels: the pair that gives the Committee's 8.33."""
    assert round(Report("China", 2021, 8, 8, 1_410, None).volume()) == 11_745
    assert Report("China", 2021, 8, 8, 1_410, 11_745).volume(7.46) == 11_745


def test_russia_is_silent_since_january_2024_which_is_not_zero():
    year = told(2024)
    assert dict(year.missing_months)["Russia"] == tuple(f"2024-{month:02d}" for month in range(2, 13))
    assert dict(year.by_state)["Russia"] == 15_279
    assert told(2025).by_state == (("China", 19_904), ("Russia", None))


def test_a_reported_zero_is_a_report():
    """Russia reported nothing supplied in 2021: no month is missing."""
    year = told(2021)
    assert dict(year.by_state)["Russia"] == 0
    assert "Russia" not in dict(year.missing_months)


# A user's own rows


def test_months_that_the_bundle_does_not_have_are_added():
    year = told(2025, report("China", "2025-03", 12_000), report("Russia", "2025-01/2025-06", 30_000))
    assert year.by_state == (("China", 31_904), ("Russia", 30_000))
    assert year.history == ()


def test_a_restatement_replaces_and_says_what():
    year = told(2024, report("Russia", "2024-01", 16_000, on="2025-03-01"))
    assert dict(year.by_state)["Russia"] == 16_000
    (old,) = [r for r in year.history if r.state == "Russia"]
    assert old.barrels == 15_279
    assert "replaced by the figure of 2025-03-01 in own.csv line 2" in old.note


def test_an_earlier_figure_replaces_nothing_and_is_kept():
    """A figure of 2020 for Russia's 2019 does not undo the one of 2024."""
    year = told(2019, report("Russia", "2019-01/2019-12", 229_882, on="2020-01-16"))
    assert dict(year.by_state)["Russia"] == 277_365
    assert 229_882 in [r.barrels for r in year.history]


def test_a_row_without_a_day_counts_over_the_bundled_one():
    assert dict(told(2025, report("China", "2025-01/2025-02", 21_000)).by_state)["China"] == 21_000


def test_the_same_figure_again_changes_nothing():
    assert told(2024, report("Russia", "2024-01", 15_279)) == told(2024)


def test_blank_is_missing_and_zero_is_reported():
    blank = told(2025, report("Russia", "2025-03"))
    zero = told(2025, report("Russia", "2025-03", 0))
    assert "2025-03" in dict(blank.missing_months)["Russia"]
    assert dict(blank.by_state)["Russia"] is None
    assert "2025-03" not in dict(zero.missing_months)["Russia"]
    assert dict(zero.by_state)["Russia"] == 0


def test_another_state_has_a_balance_in_the_year_of_its_reports_only():
    own = report("Singapore", "2025-01", 500)
    assert dict(told(2025, own).by_state)["Singapore"] == 500
    assert "Singapore" not in dict(told(2024, own).by_state)


def test_a_joint_figure_never_counts():
    year = told(2025, report("China+Russia", "2025-01/2025-06", 99_000))
    assert year.barrels == 19_904
    assert [r.note for r in year.history] == ["joint figure: only figures of one State count"]


# Contradictions


def test_a_month_larger_than_the_cumulative_row_around_it_is_said():
    (said,) = told(2025, report("China", "2025-01/2025-06", 50_000), report("China", "2025-03", 60_000)).contradictions
    assert "2025-01 to 2025-06 is 50,000 barrels, but 2025-03 within it is 60,000" in said


def test_a_cumulative_row_that_falls_is_said():
    rows = report("China", "2025-01/2025-05", 70_000), report("China", "2025-01/2025-06", 50_000, line=3)
    (said,) = told(2025, *rows).contradictions
    assert "2025-01 to 2025-05 within it is 70,000" in said


def test_months_that_add_up_to_less_than_the_cumulative_row_are_said():
    rows = [report("Russia", f"2025-0{month}", 1_000) for month in (1, 2, 3)]
    (said,) = told(2025, *rows, report("Russia", "2025-01/2025-03", 9_000)).contradictions
    assert "all its months add up to 3,000 only" in said


def test_two_rows_that_differ_without_a_day_count_neither():
    rows = report("Russia", "2025-03", 1_000, line=2), report("Russia", "2025-03", 2_000, line=3)
    year = told(2025, *rows)
    assert dict(year.by_state)["Russia"] is None
    assert "own.csv line 2, own.csv line 3 give Russia 2025-03 different volumes" in year.contradictions[0]
    assert {r.status for r in year.history} == {"conflict"}


def test_not_filed_within_a_period_that_has_a_volume_is_said():
    (said,) = told(2024, report("China", "2024-03")).contradictions
    assert "own.csv line 2 has no volume for China 2024-03, but 2024-01 to 2024-11 is 280,928" in said


@pytest.mark.parametrize("year", YEARS)
def test_the_bundled_reports_do_not_contradict_each_other(year):
    """Beyond the rounding of press reports and of restatements, up to 1 %."""
    assert told(year).contradictions == ()


# Notices


def test_2018_and_2019_pass_75_percent_and_2019_90_percent_at_the_committees_rate():
    assert due(2018, 8.33) == {75: date(2018, 12, 31)}
    assert due(2019, 8.33) == {75: date(2019, 12, 31), 90: date(2019, 12, 31)}


def test_the_rate_decides_which_notices_were_due():
    """At the diesel figure 2018 stays under 75 %, and 2019 under 90 %."""
    assert due(2018, 7.46) == {}
    assert set(due(2018, 7.9)) == {75}
    assert set(due(2019, 7.9)) == {75}
    assert set(due(2019, 8.44)) == {75, 90}


@pytest.mark.parametrize("year", [2021, 2022, 2023, 2024])
def test_barrels_notified_as_barrels_are_the_same_under_every_rate(year):
    assert len({one.barrels for one in told(year).notices}) == 1


@pytest.mark.parametrize("year", YEARS)
def test_the_first_rate_is_the_committees_and_gives_the_crossings(year):
    first = told(year).notices[0]
    assert first.rate.barrels_per_tonne == 8.33
    assert [(c.percent, c.central) for c in told(year).crossings] == list(first.due)
    assert first.barrels == pytest.approx(told(year).barrels, abs=1)


def test_a_restated_year_is_taken_back_to_tonnes_under_another_rate():
    """Russia 2018: 241,114 barrels are 28,945 t at 8.33, and 215,932 barrels at 7.46."""
    (russia,) = [r for r in told(2018).months if r.state == "Russia"]
    assert russia.volume() == 241_114
    assert russia.volume(7.46) == pytest.approx(28_945 * 7.46, rel=1e-4)


# The running balance and the projection


@pytest.mark.parametrize("year", YEARS)
def test_the_balance_never_falls_and_ends_at_the_sum(year):
    balance = [month.barrels for month in told(year).balance if month.barrels is not None]
    assert all(one <= other for one, other in pairwise(balance))
    assert balance[-1] == pytest.approx(told(year).barrels, abs=1)


def test_the_balance_of_2024_says_what_is_known_so_far():
    by_month = {month.month: month for month in told(2024).balance}
    january, august = by_month["2024-01"], by_month["2024-08"]
    assert (january.barrels, january.remaining, january.missing) == (15_279, 484_721, ("China",))
    assert (august.barrels, august.missing) == (168_679, ("Russia",))
    assert august.percent_of_cap == pytest.approx(33.7, abs=0.05)


def test_before_the_first_report_the_balance_is_unknown():
    assert [month.barrels for month in told(2018).balance][:3] == [None, None, 20_309]


def test_nothing_is_known_of_months_that_have_not_ended():
    assert [month.month for month in told(2024, until=date(2024, 3, 30)).balance] == ["2024-01", "2024-02"]


def test_a_running_year_is_projected_from_what_was_reported():
    """100,000 barrels in the first 181 days: 75 % is not reached in the year; at four times that, it is."""
    as_of = date(2025, 7, 20)
    own = [report(state, "2025-01/2025-06", barrels) for state, barrels in (("China", 100_000), ("Russia", 0))]
    slow = told(2025, *own, until=as_of, as_of=as_of).projection
    assert (slow.rate_per_30_days, slow.first, slow.last) == (16_575, date(2025, 1, 1), date(2025, 6, 30))
    assert slow.complete
    assert [reach.on for reach in slow.reaches] == [None] * 4
    own[0] = report("China", "2025-01/2025-06", 400_000)
    fast = told(2025, *own, until=as_of, as_of=as_of).projection
    assert [(reach.percent, reach.on, reach.extrapolated) for reach in fast.reaches] == [
        (75, date(2025, 6, 30), False),
        (90, date(2025, 7, 23), True),
        (95, date(2025, 8, 3), True),
        (100, date(2025, 8, 15), True),
    ]


def test_a_projection_with_a_silent_state_is_a_floor():
    as_of = date(2025, 4, 1)
    assert told(2025, until=as_of, as_of=as_of).projection.complete is False


@pytest.mark.parametrize(("year", "as_of"), [(2024, date(2025, 3, 1)), (2026, date(2026, 3, 1)), (2023, TODAY)])
def test_a_year_that_is_over_or_unknown_is_not_projected(year, as_of):
    assert told(year, as_of=as_of).projection is None


# Laws

ROWS = st.lists(
    st.builds(
        lambda state, months, barrels, on, line: Report(
            state, 2025, *sorted(months), None, barrels, "current" if barrels is not None else "not_filed", on,
            f"own.csv line {line}", "", f"own.csv line {line}",
        ),
        st.sampled_from(["China", "Russia", "Singapore", "China+Russia"]),
        st.tuples(st.integers(1, 12), st.integers(1, 12)),
        st.none() | st.integers(0, 90_000).map(float),
        st.none() | st.dates(date(2025, 2, 1), date(2026, 1, 31)),
        st.integers(2, 99),
    ),
    max_size=8,
    unique_by=lambda r: r.where,
)  # fmt: skip


@given(rows=ROWS, shuffle=st.randoms())
def test_the_order_of_rows_does_not_matter(rows, shuffle):
    mixed = list(rows)
    shuffle.shuffle(mixed)
    assert told(2025, *mixed) == told(2025, *rows)


@given(rows=ROWS)
def test_months_used_never_overlap_and_every_month_is_known_or_missing(rows):
    year = told(2025, *rows)
    for state, volume in year.by_state:
        used = [month for r in year.months if r.state == state for month in range(r.first, r.last + 1)]
        assert len(used) == len(set(used))
        missing = [int(month[5:]) for month in dict(year.missing_months).get(state, ())]
        assert sorted(used + missing) == list(range(1, 13))
        assert (volume is None) == (not used)


@given(rows=ROWS)
def test_no_row_of_the_users_is_lost_without_a_word(rows):
    """Each is used, lies within or across one that is used, is history, or was not filed."""
    year = told(2025, *rows)
    kept = {(r.key, r.said) for r in year.history}
    for row in rows:
        across = any(u.state == row.state and u.first <= row.last and row.first <= u.last for u in year.months)
        assert row.status == "not_filed" or across or (row.key, row.said) in kept


def test_two_days_decide_whatever_the_order():
    rows = [report("China", "2025-03", 100.0 * n, on=f"2025-0{n}-01", line=n) for n in (5, 6, 7)]
    assert {told(2025, *order).barrels for order in permutations(rows)} == {20_604}


def test_months_end_where_the_calendar_says():
    assert [month_end(2024, month) for month in (2, 12)] == [date(2024, 2, 29), date(2024, 12, 31)]
