"""Lemma rules: how to get from a form to its lemma, as a label that a tagger can predict.

A rule reads ``case;flags;prefix;suffix``: case ``l`` (lower) or ``k`` (keep); flag ``S`` splits a particle off the
front (op|gestuurd), ``C`` marks a compound noun whose parts the news treebanks join with underscores; prefix and
suffix are ``removed>added``. So ``opgestuurd`` -> ``op_sturen`` is ``l;S;ge>;urd>ren``.
"""

from __future__ import annotations

# Longest first, so that "achteruit" wins over "achter".
PARTICLES = sorted(
    """aan achter achterna achterover achteruit af bij bijeen binnen bloot boven buiten dicht dood door dwars fijn gelijk
    goed groot hard heen her in ineen klaar kwijt langs leeg los mee mede mis na naar neer om omhoog omlaag onder op open
    opeen over plaats recht rond samen schoon stil stuk tegemoet tegen teleur tentoon terecht terug teweeg thuis toe uit
    uiteen vast verder vol voor vooraf voorbij vooruit voort vrij waar weer weg wijs zwart""".split(),
    key=lambda p: (-len(p), p),
)


def particle_of(form: str) -> str:
    """The longest separable particle that opens the lower-cased ``form``, or nothing."""
    for particle in PARTICLES:
        if form.startswith(particle) and len(form) - len(particle) >= 2:
            return particle
    return ""


def make_rule(form: str, lemma: str) -> str:
    """The rule that turns ``form`` into ``lemma``; ``apply_rule`` undoes it where one exists."""
    keep = lemma != lemma.lower()
    source, flags = (form if keep else form.lower()), ""
    if "_" in lemma.strip("_"):
        head, _, rest = lemma.partition("_")
        if head == particle_of(source.lower()) and "_" not in rest:
            return f"{'k' if keep else 'l'};S;{_edit(source[len(head) :], rest)}"
        flags, lemma = "C", _join_compound(source, lemma)
    return f"{'k' if keep else 'l'};{flags};{_edit(source, lemma)}"


def _join_compound(form: str, lemma: str) -> str:
    """``ontwikkeling_land`` of ``ontwikkelingslanden`` is ``ontwikkelingsland``: the last part where the form has it."""
    last = lemma.rsplit("_", 1)[1]
    for length in range(len(last), 1, -1):
        at = form.lower().rfind(last[:length].lower())
        if at > 0:
            return form[:at] + last
    return lemma


def _edit(form: str, lemma: str) -> str:
    best, at_form, at_lemma = 0, 0, 0
    # The stem is the longest stretch that both share; the earliest wins.
    for i in range(len(form)):
        for j in range(len(lemma)):
            k = 0
            while i + k < len(form) and j + k < len(lemma) and form[i + k] == lemma[j + k]:
                k += 1
            if k > best:
                best, at_form, at_lemma = k, i, j
    if not best:
        return f"*>{lemma};>"
    prefix = f"{form[:at_form]}>{lemma[:at_lemma]}"
    return f"{prefix};{form[at_form + best :]}>{lemma[at_lemma + best :]}"


def apply_rule(form: str, rule: str) -> str | None:
    """The lemma of ``form`` by ``rule``, or None where the rule does not fit; compounds come out joined."""
    case, flags, prefix, suffix = rule.split(";")
    word = form if case == "k" else form.lower()
    start = ""
    if flags == "S":
        particle = particle_of(word.lower())
        if not particle:
            return None
        start, word = particle + "_", word[len(particle) :]
    removed, _, added = prefix.partition(">")
    if removed == "*":
        return start + added
    if not word.startswith(removed):
        return None
    word = added + word[len(removed) :]
    removed, _, added = suffix.partition(">")
    if not word.endswith(removed) or len(word) <= len(removed):
        return None
    return start + (word[: -len(removed)] if removed else word) + added
