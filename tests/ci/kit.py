"""A repository with the kit copied into it, as docs/how-to/gitops-from-zero.md says."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Final

from tests.ci.hosts import ROOT

COPIED: Final = {
    "ci/scripts": "ci/scripts",
    "ci/github/action.yml": ".github/actions/pulumi-dyte/action.yml",
    "ci/github/pull-request.yml": ".github/workflows/pull-request.yml",
    "ci/github/deploy.yml": ".github/workflows/deploy.yml",
    "ci/github/drift.yml": ".github/workflows/drift.yml",
}
OF_STATE: Final = {"PULUMI_BACKEND_URL": "file:///canary-state", "PULUMI_CONFIG_PASSPHRASE": "canary-passphrase"}
SECRETS: Final = {
    "dev": {**OF_STATE, "DEV_KEY": "canary-dev"},
    "staging": {**OF_STATE, "STAGING_KEY": "canary-staging"},
    "prod": {**OF_STATE, "PROD_KEY": "canary-prod"},
    "preview": {
        **OF_STATE,
        "DEV_KEY": "canary-dev",
        "STAGING_KEY": "canary-staging",
        "PROD_KEY": "canary-prod",
    },
}


def copy(checkout: Path) -> None:
    """Put the kit into a repository."""
    for source, target in COPIED.items():
        (checkout / target).parent.mkdir(parents=True, exist_ok=True)
        if (ROOT / source).is_dir():
            shutil.copytree(ROOT / source, checkout / target)
        else:
            shutil.copy(ROOT / source, checkout / target)
    (checkout / "requirements.txt").write_text("pulumi-dyte\n")
