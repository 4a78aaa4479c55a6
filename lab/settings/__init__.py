"""Settings: base, then dev, test or production. The environment is read in lab.settings.env alone."""
