"""What a Pulumi program imports: resource classes whose arguments are generated from the kinds."""
