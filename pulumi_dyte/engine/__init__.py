"""Drives the Pulumi engine: finds its CLI, serves the plugin, reads its events, repairs what a crash left."""
