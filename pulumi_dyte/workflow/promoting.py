"""Takes to one environment what another has run."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from pulumi_dyte.errors import ConfigurationError
from pulumi_dyte.org.load import chosen
from pulumi_dyte.workflow.applying import Applied, Confirm, Watch, up
from pulumi_dyte.workflow.running import Planning, Target


def promote(
    source: str,
    target: Target,
    process: Mapping[str, str],
    confirm: Confirm,
    planning: Planning,
    watch: Watch,
) -> Applied:
    """An `up` of the target that is refused unless the source has run the same file, also where the file does not ask.

    Raises as `up` does, and ConfigurationError for a source that the file does not have.
    """
    environment = target.declaration.environment
    if chosen(target.org_file, source) == environment:
        raise ConfigurationError(f"{environment} cannot be promoted to itself: name the environment that ran it before")
    return up(target, process, confirm, replace(planning, promote_from=source), watch)
