from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from chipscape_db.checks import check_base
from chipscape_db.engine import open_engine

Findings = list[tuple[str, str]]


@pytest.fixture
def findings_after(starter_copy: Path) -> Callable[..., Findings]:
    """A function that spoils the starter facts behind the history's back and returns what the checks find."""

    def spoil(*statements: str) -> Findings:
        engine = open_engine(starter_copy)
        with engine.execution_options(writing=True).connect() as connection:
            connection.exec_driver_sql("PRAGMA ignore_check_constraints=ON")
            connection.exec_driver_sql("PRAGMA defer_foreign_keys=ON")
            for statement in statements:
                assert connection.exec_driver_sql(statement).rowcount, statement
            connection.commit()
        with Session(engine) as session:
            found = check_base(session)
        engine.dispose()
        assert all(str(finding).endswith(".") for finding in found)
        return [(finding.code, finding.record) for finding in found]

    return spoil


def test_the_starter_facts_are_sound(starter: Path) -> None:
    engine = open_engine(starter, read_only=True)
    with Session(engine) as session:
        assert check_base(session) == []
    engine.dispose()


_OF = "(SELECT id FROM record WHERE slug = '{}')"
_A910B, _HUAWEI = _OF.format("ascend-910b"), _OF.format("huawei")
_LINK = "rel-huawei-designs-ascend-910b"


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        (f"DELETE FROM citation WHERE record_id = {_A910B}", ("uncited", "ascend-910b")),
        (
            f"DELETE FROM citation WHERE relationship_id = (SELECT id FROM relationship WHERE slug = '{_LINK}')",
            ("uncited", _LINK),
        ),
        (
            "UPDATE chip SET announced_on = '2030', announced_on_from = 21915, announced_on_to = 22279, "
            f"released_on = '2029', released_on_from = 21550, released_on_to = 21914 WHERE id = {_A910B}",
            ("date-order", "ascend-910b"),
        ),
        (
            "UPDATE relationship SET starts_on = '2030', starts_on_from = 21915, starts_on_to = 22279, "
            f"ends_on = '2029', ends_on_from = 21550, ends_on_to = 21914 WHERE slug = '{_LINK}'",
            ("date-order", _LINK),
        ),
        ("UPDATE metric SET unit = 'kW' WHERE key = 'power.tdp'", ("metric-unit", "")),
        (f"UPDATE relationship SET kind = 'owns' WHERE slug = '{_LINK}'", ("ends", _LINK)),
    ],
)
def test_each_fault_is_found_once_where_it_is(
    findings_after: Callable[..., Findings], statement: str, expected: tuple[str, str]
) -> None:
    assert findings_after(statement) == [expected]


@pytest.mark.parametrize(
    ("change", "metric", "code"),
    [
        ("number = 7", "compute.fp16", "claim-number"),
        ("number = NULL", "compute.fp16", "claim-number"),
        ("number = 7", "memory.type", "claim-number"),
        ("value = '1,000'", "compute.fp16", "claim-value"),
        ("sparsity = 'dense'", "memory.capacity", "claim-convention"),
        ("direction = 'one'", "memory.capacity", "claim-convention"),
        ("period = '2025'", "memory.capacity", "claim-convention"),
    ],
)
def test_a_claim_that_does_not_agree_with_itself_is_found(
    findings_after: Callable[..., Findings], change: str, metric: str, code: str
) -> None:
    one = f"SELECT id FROM claim WHERE metric = '{metric}' AND subject_id = {_OF.format('nvidia-h100-sxm')} LIMIT 1"
    assert findings_after(f"UPDATE claim SET {change} WHERE id = ({one})") == [(code, "nvidia-h100-sxm")]


def test_a_circle_of_relays_is_found_once(findings_after: Callable[..., Findings]) -> None:
    first, second = "cn-4now-910c", "cn-8bit-910c"
    found = findings_after(
        f"UPDATE source SET relays_id = {_OF.format(second)} WHERE id = {_OF.format(first)}",
        f"UPDATE source SET relays_id = {_OF.format(first)} WHERE id = {_OF.format(second)}",
    )
    assert found == [("relay-circle", first)]


def test_a_name_that_the_index_has_not_heard_of_is_found(findings_after: Callable[..., Findings]) -> None:
    assert findings_after(f"UPDATE record SET name = 'Renamed' WHERE id = {_A910B}") == [("search-index", "")]


def test_a_reference_to_nothing_is_found(starter_copy: Path) -> None:
    import sqlite3

    raw = sqlite3.connect(starter_copy)
    raw.execute(f"UPDATE chip SET foundry_id = 'nobody' WHERE id = {_A910B}")
    raw.commit()
    raw.close()
    engine = open_engine(starter_copy)
    with Session(engine) as session:
        assert [finding.code for finding in check_base(session)] == ["dangling"]
    engine.dispose()


def test_a_damaged_page_is_told_as_damage(starter_copy: Path) -> None:
    data = bytearray(starter_copy.read_bytes())
    middle = len(data) // 2 // 4096 * 4096
    data[middle : middle + 8192] = b"\xa5" * 8192
    starter_copy.write_bytes(data)
    engine = open_engine(starter_copy, read_only=True)
    with Session(engine) as session:
        assert {finding.code for finding in check_base(session)} == {"damaged"}
    engine.dispose()
