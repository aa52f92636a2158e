"""What a run would do, and whether it may: plans, risks and guards as data. Pure."""
