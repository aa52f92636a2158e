"""The sandbox as a process of its own."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable

from .server import Sandbox


def serve(sandbox: Sandbox, *, ready: Callable[[str], None]) -> None:
    """Serves until SIGINT or SIGTERM, then returns; for the main thread only.

    `ready` is called with the API's URL once it can be reached. A taken port raises `OSError` before that.
    """
    ended = threading.Event()
    signals = (signal.SIGINT, signal.SIGTERM)
    before = {each: signal.signal(each, lambda *_: ended.set()) for each in signals}
    try:
        with sandbox:
            ready(sandbox.url)
            while not ended.wait(1):  # an endless wait could not be interrupted on Windows
                pass
    finally:
        for each, old in before.items():
            signal.signal(each, old)
