"""One function per command: it returns data and prints nothing."""
