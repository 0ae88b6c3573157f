"""What was learned from annotated notes: small linear models, one file of weights each in data/models."""
