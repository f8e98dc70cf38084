"""LanguageTool's Dutch spelling, grammar and style beside our findings: ``server`` finds or starts it, ``findings`` asks it."""
