"""What a command returns, as text for people and as JSON for programs."""
