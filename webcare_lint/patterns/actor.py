"""Who does it: the customer, the organisation or somebody else, read from the parse.

Dutch says it in the subject (*je kunt bellen*, *ik bel je*), in the mood (*bel ons*) or not at all (*even bellen!*, *wordt
opgepakt*). Subjects are looked up along chains of verbs: in *u dient ons te bellen* the subject of *bellen* is that of *dient*.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from spacy.tokens import Token

Actor = Literal["customer", "organisation", "other", "unknown"]

CUSTOMER = frozenset("je jij u jullie gij ge jou men".split())
ORGANISATION = frozenset(["ik", "we", "wij", "'k"])
_FIRST_PERSON = frozenset("me mij ons mijn m'n onze".split())
_SUBJECT = ("nsubj", "nsubj:pass")
_CHAIN = ("xcomp", "conj", "aux", "aux:pass", "cop", "compound:prt")


def actor(verb: Token) -> Actor:
    """Who carries out ``verb``."""
    at = verb
    for _ in range(5):
        own = _own_actor(at)
        if own is not None:
            return own
        if at.dep_ not in _CHAIN or at.head is at:
            break
        at = at.head
    return _without_subject(verb)


def _own_actor(verb: Token) -> Actor | None:
    subjects = [child for child in verb.children if child.dep_ in _SUBJECT]
    passive = any(child.dep_ == "aux:pass" for child in verb.children)
    if passive and not any(child.text.lower() in CUSTOMER for child in subjects):
        agents = [child.text.lower() for child in verb.children if child.dep_ == "obl:agent"]
        return "customer" if any(agent in CUSTOMER for agent in agents) else "organisation"
    for subject in subjects:
        if subject.text.lower() in ORGANISATION:
            return "organisation"
        if subject.text.lower() in CUSTOMER:
            # "Stuur je postcode": what looks like a subject may own the noun behind it.
            return "customer"
        return "other"
    if "Mood=Imp" in verb.morph:
        return "customer"
    if any(child.text.lower() == "gelieve" for child in verb.children) or verb.text.lower() == "gelieve":
        return "customer"
    return None


def _without_subject(verb: Token) -> Actor:
    form = verb.morph.get("VerbForm", [])
    inside = {token.text.lower() for token in verb.subtree}
    if form == ["Part"]:
        return "organisation"
    if form == ["Inf"]:
        # "Even bellen met …", as an order or an invitation; "om te bellen" says nothing about who.
        alone = verb.dep_ in ("root", "ROOT", "parataxis")
        return "customer" if alone and not inside & ORGANISATION else "unknown"
    if not inside.isdisjoint(_FIRST_PERSON):
        return "customer"
    if "voor" in inside and not inside.isdisjoint(CUSTOMER):
        return "organisation"  # "Zoek het even voor je uit": the subject is an ik that was left out
    first = min(token.i for token in verb.subtree)
    return "customer" if verb.i - first <= 1 else "unknown"


def is_past(verb: Token) -> bool:
    """Whether the verb tells of the past: a past tense, or a participle with *hebben* or *zijn*."""
    if "Tense=Past" in verb.morph:
        return True
    if verb.morph.get("VerbForm", []) != ["Part"]:
        return False
    return not any(child.lemma_ == "worden" for child in verb.children if child.dep_.startswith("aux"))
