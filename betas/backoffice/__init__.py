"""The beta studio, under /desk/betas/."""
