"""Built-in baselines are whole, valid, and never change once released."""

from __future__ import annotations

import hashlib
import json

import pytest

from pulumi_dyte.kinds import PRESET
from pulumi_dyte.kinds.baselines import BASE, BASELINES
from pulumi_dyte.kinds.checks import check_partial
from pulumi_dyte.kinds.types import DYTE, PLATFORMS, Group, walk
from pulumi_dyte.kinds.values import canonical, get

# A released baseline never changes: a correction gets a new name, and its digest a new line.
DIGESTS = {
    "base": "f895ef2523c91811",
    "group_call_host": "95cbbf9657286f75",
    "group_call_participant": "f895ef2523c91811",
    "group_call_guest": "f895ef2523c91811",
    "webinar_presenter": "27c5720cf4552d12",
    "webinar_viewer": "7f6dac0b02924635",
    "livestream_host": "23285d8a07be0080",
    "livestream_viewer": "65bc7f555a96c859",
}


@pytest.mark.parametrize("name", BASELINES)
def test_a_released_baseline_never_changes(name: str) -> None:
    text = json.dumps(BASELINES[name], sort_keys=True, separators=(",", ":"))
    assert hashlib.sha256(text.encode()).hexdigest()[:16] == DIGESTS[name]


def test_no_baseline_is_lost() -> None:
    assert set(DIGESTS) <= set(BASELINES)


@pytest.mark.parametrize("name", BASELINES)
@pytest.mark.parametrize("platform", PLATFORMS)
def test_a_baseline_is_valid(name: str, platform: str) -> None:
    assert [problem for problem in check_partial(PRESET.fields, BASELINES[name], platform) if not problem.warning] == []


@pytest.mark.parametrize("name", BASELINES)
def test_a_baseline_declares_every_field_that_dyte_specifies(name: str) -> None:
    for path, field in walk(PRESET.fields):
        specified = DYTE in field.platforms and DYTE not in field.unspecified_on
        if path == ("name",) or "*" in path or not specified or isinstance(field.type, Group):
            continue
        if any(DYTE in parent.unspecified_on for step, parent in walk(PRESET.fields) if path[: len(step)] == step):
            continue
        assert get(BASELINES[name], path) is not None, path


@pytest.mark.parametrize("name", BASELINES)
def test_a_baseline_is_spelt_as_the_api_spells(name: str) -> None:
    assert canonical(PRESET.fields, BASELINES[name]).keys() == BASE.keys()


def test_variations_share_nothing_that_could_be_changed() -> None:
    first, second = BASELINES["group_call_participant"], BASELINES["group_call_guest"]
    assert first == second == dict(BASE)
    assert first["config"] is not second["config"]


def test_viewers_may_do_less_than_hosts() -> None:
    host, viewer = BASELINES["webinar_presenter"]["permissions"], BASELINES["webinar_viewer"]["permissions"]
    assert host["kick_participant"]
    assert not viewer["kick_participant"]
    assert viewer["media"]["video"]["can_produce"] == "CAN_REQUEST"
