"""A creation is accounted for before anything is sent, and afterwards with what is certain."""

from __future__ import annotations

import pytest

from pulumi_dyte.errors import AlreadyExistsError, DyteError, EngineError, StatusError, UnknownOutcomeError
from pulumi_dyte.kinds import Kind
from pulumi_dyte.lifecycle import LIFECYCLES
from tests.lifecycle.driver import Driver

HALL = {"title": "hall", "status": "ACTIVE"}


class Account:
    """What it was told, each with how many requests the org had seen by then."""

    def __init__(self, driver: Driver, *, fails: bool = False) -> None:
        self.told: list[tuple[str, int]] = []
        self._driver = driver
        self._fails = fails

    async def began(self, kind: Kind, key: str) -> None:
        if self._fails:
            raise EngineError("no room")
        self._tell(f"began {kind.name} {key}")

    async def made(self, id_: str) -> None:
        self._tell(f"made {id_}")

    async def refused(self) -> None:
        self._tell("refused")

    def _tell(self, what: str) -> None:
        self.told.append((what, len([each for each in self._driver.sandbox.requests() if each.method == "POST"])))


def create(driver: Driver, account: Account, kind: str = "meeting", **declared: object) -> None:
    driver.run(LIFECYCLES[kind].create(driver.session, declared or HALL, account))


def test_a_creation_is_noted_before_it_is_sent_and_with_its_id_afterwards(driver: Driver) -> None:
    account = Account(driver)
    create(driver, account)
    assert account.told == [("began meeting hall", 0), (f"made {driver.org.find('meetings')['id']}", 1)]


def test_a_clear_refusal_withdraws_it(driver: Driver) -> None:
    driver.sandbox.faults([{"method": "POST", "path": "*", "action": "status", "status": 422}])
    account = Account(driver)
    with pytest.raises(StatusError):
        create(driver, account)
    assert [what for what, _ in account.told] == ["began meeting hall", "refused"]
    taken = Account(driver)
    driver.org.add("presets", {"name": "host"})
    with pytest.raises(AlreadyExistsError):
        create(driver, taken, "preset", name="host")
    assert [what for what, _ in taken.told] == ["began preset host", "refused"]


def test_what_is_not_clear_stays_open(driver: Driver) -> None:
    faults = [{"method": "POST", "path": "*", "action": "drop_after"}, {"method": "GET", "action": "status"}]
    driver.sandbox.faults([{**each, "times": None} for each in faults])
    account = Account(driver)
    with pytest.raises(UnknownOutcomeError):
        create(driver, account)
    assert [what for what, _ in account.told] == ["began meeting hall"]


def test_an_answer_that_was_lost_is_noted_once_it_is_found(driver: Driver) -> None:
    driver.sandbox.faults([{"method": "POST", "path": "*", "action": "drop_after"}])
    account = Account(driver)
    create(driver, account)
    assert account.told[-1][0] == f"made {driver.org.find('meetings')['id']}"


def test_nothing_is_sent_where_it_cannot_be_noted(driver: Driver) -> None:
    with pytest.raises(DyteError, match="no room"):
        create(driver, Account(driver, fails=True))
    assert driver.calls() == []


def test_what_was_made_is_not_lost_because_twins_cannot_be_looked_for(driver: Driver) -> None:
    fault = {"path": "*/meetings", "action": "status", "status": 403}
    driver.sandbox.faults(
        [{"method": "POST", "path": "*", "action": "drop_before"}, {**fault, "method": "GET", "after": 1}]
    )
    account = Account(driver)
    outcome = driver.run(LIFECYCLES["meeting"].create(driver.session, HALL, account))
    assert outcome.id == driver.org.find("meetings")["id"]
    assert any("403" in warning for warning in outcome.warnings)
