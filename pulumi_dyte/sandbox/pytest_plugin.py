"""The fixture `dyte_sandbox`, which pytest finds by itself once the package is installed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from .server import Sandbox


@pytest.fixture
def dyte_sandbox() -> Iterator[Sandbox]:
    """A fresh local Dyte API, which any credentials open. Needs `pip install pulumi-dyte[sandbox]`."""
    from .server import Sandbox  # here, so that pytest starts without the server's libraries

    with Sandbox() as sandbox:
        yield sandbox
