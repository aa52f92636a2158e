"""`python -m pulumi_dyte.cli`, where the console script is not on PATH."""

from pulumi_dyte.cli import main

main()
