"""One suite for both adapters, on the real engine: what a table of scenarios says must hold for each."""
