"""A first org file for a new team."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from re import sub
from typing import Final

from pulumi_dyte.errors import ConfigurationError
from pulumi_dyte.org.editing_spelling import flow
from pulumi_dyte.org.model import NAME, PROJECT_NAME, VERSION
from pulumi_dyte.org.writing import SCHEMA

ENVIRONMENTS: Final = ("dev", "prod")
NEEDED: Final = ("DYTE_ORG_ID", "DYTE_API_KEY", "BILLING_TOKEN")  # variables that the starter has no value for

_HEAD: Final = """\
{schema}
# With that line an editor completes and checks what you type, after: pulumi-dyte schema -o org.schema.json
version: {version}
name: {name}  # of the Pulumi project

# Each is one Dyte org. An id is no secret: write it in place of ${{DYTE_ORG_ID}}, and the credentials of another org
# are refused. The key stays in the process environment.
environments:
"""

_ENVIRONMENT: Final = """\
  {key}:
    connection: {{org_id: "${{DYTE_ORG_ID}}", api_key: "${{DYTE_API_KEY}}"}}
    variables: {{HOOKS: "https://hooks.{name}.example.com"}}
"""

_LAST_ENVIRONMENT: Final = """\
    # guard: {{deny: [delete, widen, rename]}}  # refuses what would do that
    # overrides:  # a JSON merge patch over the rest of this file
    #   presets: {{host: {{permissions: {{can_record: false}}}}}}
"""

_PROMOTION: Final = """\
    # promote_from: {first}  # takes only what {first} has run: pulumi-dyte promote {first} {last}
"""

_REST: Final = """
# Presets to extend, whole or in part; they are not deployed themselves.
baselines:
  brand:
    ui:
      design_tokens:
        colors:
          brand: "#2160fd"  # all five shades follow from it

# What participants may do and see. Applications add participants by the preset's name, which is its key here unless
# `name` says otherwise.
presets:
  host:
    name: team_host
    extends: [group_call_host, brand]  # group_call_host is built in and complete; later ones win
    permissions: {{can_record: true}}

  guest:
    name: team_guest
    extends: [group_call_guest, brand]
    permissions: {{show_participant_list: false}}

# Where events go. A secret is read from the process environment, encrypted in state and shown nowhere.
webhooks:
  billing:
    url: "${{HOOKS}}/dyte?token=${{secret:BILLING_TOKEN}}"
    events: [meeting.started, meeting.ended]
    # only: [{last}]  # the environments that have it; all of them without

# Standing rooms, with the participants that are always the same.
meetings:
  all_hands:
    title: All hands
    participants:
      ana: {{name: Ana, custom_participant_id: ana, preset_name: "${{presets.host.name}}"}}
      ben: {{name: Ben, custom_participant_id: ben, preset_name: "${{presets.guest.name}}"}}
"""


def starter(project: str, environments: Sequence[str] = ()) -> str:
    """The text of an org file to start from, valid as it is; the last environment is the one that matters most.

    Raises ConfigurationError for names that cannot be used.
    """
    names = tuple(dict.fromkeys(environments)) or ENVIRONMENTS
    check_names(project, names)
    shown = [flow(name) for name in names]
    parts = [
        _HEAD.format(schema=SCHEMA, version=VERSION, name=flow(project)),
        *(_ENVIRONMENT.format(key=key, name=name) for key, name in zip(shown, names, strict=True)),
        _PROMOTION.format(first=shown[0], last=shown[-1]) if len(names) > 1 else "",
        _LAST_ENVIRONMENT.format(),
        _REST.format(last=shown[-1]),
    ]
    return "".join(parts)


def project_name(folder: Path) -> str:
    """A folder's name as that of a Pulumi project."""
    return sub(r"[^A-Za-z0-9_.-]+", "-", folder.resolve().name).strip("-_.")[:100] or "dyte"


def check_names(project: str, environments: Sequence[str]) -> None:
    """Raise ConfigurationError for a project or an environment that an org file could not name so."""
    if not PROJECT_NAME.fullmatch(project):
        raise ConfigurationError(
            f"{project!r} cannot name a Pulumi project: at most 100 letters, digits, _, - and ., beginning with a "
            "letter or digit.\nName it with --name."
        )
    for name in environments:
        check_environment(name)


def check_environment(name: str) -> None:
    """Raise ConfigurationError for an environment that an org file could not name so."""
    if not NAME.fullmatch(name):
        raise ConfigurationError(
            f"{name!r} cannot name an environment: letters, digits, _ and -, not beginning with a digit or -"
        )
