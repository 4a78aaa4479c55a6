"""The staff's face of ideas: the triage desk (`queue` reads the list, `reading` one idea, `moves` what can be done with it)."""
