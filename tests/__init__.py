"""The tests, as a package: folders may hold modules of the same name, and share `tests.specification`."""
