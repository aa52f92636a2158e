"""What the Pulumi engine calls: adapters that convert values and call the lifecycle; no rule lives here."""
