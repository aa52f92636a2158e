"""Everything dyte.yaml declares for the environment that is named as the stack."""

from pulumi_dyte import Org

Org("acme", file="dyte.yaml")
