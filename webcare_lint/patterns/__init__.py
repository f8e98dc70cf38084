"""How a rule finds words: patterns in the rule notation, regular expressions, spaCy patterns, actions.

``notation`` reads a pattern line into ``nodes``, and ``mistakes`` knows what was meant by one that cannot be read. ``compile``
makes a regular expression of nodes for plain or for parsed text, ``passage`` is the text in the forms that finders read,
``specs`` says what may be looked for, ``finders`` are the ways of finding it, ``anchor`` and ``several`` spare the looking
where the words are not there, ``segments`` cuts sentences and clauses.
"""
