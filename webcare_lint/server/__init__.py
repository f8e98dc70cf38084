"""``webcare-lint serve``: the LanguageTool HTTP API for editors and browsers, an endpoint of our own, and a page to try it."""
