"""What every API of the house shares: cursor pages, problem details, authentication, schema."""
