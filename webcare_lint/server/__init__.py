"""``webcare-lint serve``: the LanguageTool HTTP API for editors and browsers, an endpoint of our own, and a page to try it.

``app`` are the routes, ``service`` is what they do, ``protocol`` how LanguageTool's clients say it; ``doorman`` stands around
every request and asks ``guard``, ``upstream`` is a LanguageTool behind ours.
"""
