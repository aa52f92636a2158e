"""The sandbox, judged from outside: over HTTP, and by the official specification."""
