"""Messages from the dynamic providers' plugin process to the person at the terminal.

`pulumi.dynamic` shows an exception as its whole traceback. For errors of this package, whose message says what to do,
only the message is shown; every other exception keeps its traceback.
"""

from __future__ import annotations

import sys
import traceback
from types import SimpleNamespace

from pulumi_dyte.errors import DyteError

_PLUGIN = "pulumi.dynamic.__main__"


def show_messages_without_traceback() -> None:
    """Let `pulumi.dynamic`'s plugin process show an error of this package as its message alone.

    The plugin formats every exception with `traceback.format_exc` and offers no other way (pulumi 3.272.0); only its
    own name for that module is replaced, so nothing else in the process changes. Does nothing in any other process.
    """
    main = sys.modules.get("__main__")
    spec = getattr(main, "__spec__", None)
    if main is None or spec is None or spec.name != _PLUGIN:
        return
    main.__dict__["traceback"] = SimpleNamespace(format_exc=_format)


def _format() -> str:
    error = sys.exception()
    return str(error) if isinstance(error, DyteError) else traceback.format_exc()


def warn(message: str) -> None:
    """Show a warning beside the resource: the engine forwards the plugin's standard error."""
    print(f"warning: {message}", file=sys.stderr, flush=True)
