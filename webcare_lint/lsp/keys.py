"""What the keys and words of rule files mean, for someone who is writing one."""

from __future__ import annotations

from collections.abc import Mapping

from webcare_lint.errors import Text

KEYS: Mapping[str, Text] = {
    # the file
    "commandment": Text("Het gebod (1–10) waar deze regels bij horen.", "The commandment (1–10) that these rules belong to."),
    "title": Text("De titel van dit bestand.", "The title of this file."),
    "ways": Text("De manieren waarop het Nederlands dit gebod breekt, voor de regelpagina.",
                 "The ways Dutch has of breaking this commandment, for the rule page."),
    "words": Text("Woordenlijsten: naam en patronen. Een regel noemt ze met @naam. In een fix: welk woord welk ander wordt.",
                  "Word lists: a name and patterns. A rule names them by @name. In a fix: which word becomes which."),
    "rules": Text("De regels.", "The rules."),
    # a rule
    "code": Text("WC, het gebod en twee cijfers. Wordt nooit hergebruikt.", "WC, the commandment and two digits. Never reused."),
    "name": Text("Een korte Nederlandse naam-in-kebab-case.", "A short Dutch kebab-case-name."),
    "level": Text("Hoe zwaar de bevinding weegt.", "How heavy the finding is."),
    "kind": Text("Wat voor regel dit is.", "What kind of rule this is."),
    "message": Text("Wat er mis is: kort, vriendelijk, concreet. {quote} staat voor de gevonden woorden.",
                    "What is wrong: short, kind, concrete. {quote} stands for the words found."),
    "why": Text("Waarom, in een of twee zinnen.", "Why, in one or two sentences."),
    "suggestions": Text("Wat je beter kunt schrijven, klaar om te plakken.", "What to write instead, ready to paste."),
    "echo": Text("De zin teruggelezen aan de schrijver; {sentence} staat voor die zin.",
                 "The sentence read back to the writer; {sentence} stands for it."),
    "find": Text("Patronen; elk ervan telt. Zet ze tussen aanhalingstekens.",
                 "Patterns; any of them counts. Put them in quotes."),
    "only-if": Text("Deze voorwaarden moeten allemaal gelden.", "All of these conditions must hold."),
    "unless": Text("Geen van deze voorwaarden mag gelden.", "None of these conditions may hold."),
    "examples": Text("Voorbeelden: minstens drie die gevonden worden en drie die erop lijken en goed zijn.",
                     "Examples: at least three that are found and three look-alikes that are fine."),
    "fix": Text("Hoe een bevinding zonder mens te verbeteren is.", "How a finding can be mended without a person."),
    # kinds
    "at-least": Text("Pas een bevinding als er zoveel zijn.", "A finding only when there are this many."),
    "groups": Text("Groepen woorden (naam: patronen); het tweede gebruik binnen een groep is een bevinding.",
                   "Groups of words (name: patterns); the second use within a group is a finding."),
    "across": Text("Waarbinnen er vergeleken wordt.", "Within what things are compared."),
    "of": Text("Waar het antwoord iets van moet raken.", "What the reply must touch."),
    "ignore": Text("Woorden die niet meetellen.", "Words that do not count."),
    "min-words": Text("Zoveel woorden moeten er minstens zijn.", "There must be at least this many words."),
    "answers": Text("Waaraan een antwoord op een vraag te herkennen is.", "How an answer to a question is recognised."),
    "answer": Text("Wat zo'n vraag beantwoordt.", "What answers such a question."),
    "asks": Text("Waaraan zo'n vraag te herkennen is.", "How such a question is recognised."),
    "opens": Text("Waarmee een open vraag begint.", "What an open question begins with."),
    "asked": Text("Waarmee het antwoord erom vraagt.", "How the reply asks for it."),
    "given": Text("Waaraan te zien is dat de klant het al gaf.", "How it shows that the customer gave it already."),
    "things": Text("Wat een klant kan geven, zoals een ordernummer.", "What a customer can give, such as an order number."),
    "request": Text("Woorden waarmee een antwoord ergens om vraagt.", "Words by which a reply asks for something."),
    "over": Text("Boven dit aandeel is het een bevinding.", "Above this share it is a finding."),
    "from-replies": Text("Pas vanaf zoveel antwoorden.", "Only from this many replies on."),
    "likeness": Text("Hoe sterk twee antwoorden op elkaar moeten lijken, van 0 tot 1.",
                     "How much two replies must be alike, from 0 to 1."),
    "problem": Text("Wat er mis is met een invulveld.", "What is wrong with a placeholder."),
    # conditions and finders
    "in": Text("Waar gekeken wordt.", "Where to look."),
    "regex": Text("Een reguliere expressie over de tekst zoals hij er staat; (?P<mark>…) wordt gemarkeerd.",
                  "A regular expression over the text as written; (?P<mark>…) is what gets marked."),
    "action": Text("Wie doet wat, waarmee: gelezen uit de ontleding.", "Who does what, with what: read from the parse."),
    "who": Text("Wie het doet.", "Who does it."),
    "does": Text("Werkwoorden, in de onbepaalde wijs, of een @lijst.", "Verbs, in the infinitive, or a @list."),
    "with": Text("Patronen waarvan er een bij het werkwoord hoort.", "Patterns of which one belongs to the verb."),
    "tense": Text("Of het verleden meetelt.", "Whether the past counts."),
    "tokens": Text("Een patroon van spaCy's Matcher.", "A pattern of spaCy's Matcher."),
    "dependency": Text("Een patroon van spaCy's DependencyMatcher.", "A pattern of spaCy's DependencyMatcher."),
    # examples
    "bad": Text("Moet gevonden worden; zet de woorden die gemarkeerd worden tussen **.",
                "Must be found; put the words to be marked between **."),
    "good": Text("Lijkt erop, maar is goed.", "Looks alike, but is fine."),
    "reply": Text("Het antwoord.", "The reply."),
    "customer": Text("Het klantbericht waarop het antwoord reageert.", "The customer message that the reply answers."),
    "organisation": Text("Wat de organisatie eerder zei.", "What the organisation said before."),
    "channel": Text("Het kanaal, zoals x of whatsapp.", "The channel, such as x or whatsapp."),
    "history": Text("Wat er eerder in het gesprek is gezegd.", "What was said before in the conversation."),
    "library": Text("De standaardantwoorden waar dit antwoord tussen staat.", "The canned replies that the reply stands among."),
    "placeholders": Text("De invulvelden die dit systeem kent.", "The placeholders that this system knows."),
    # fixes
    "safety": Text("Of een mens ernaar moet kijken.", "Whether a person must look at it."),
    "slots": Text("Rijtjes die elkaar woord voor woord kunnen vervangen, het beste eerst.",
                  "Phrases that can stand for each other word for word, the best first."),
    "number": Text("Alleen in enkelvoud of meervoud.", "Only in the singular or the plural."),
    "text": Text("De woorden.", "The words."),
    "register": Text("Alleen als de klant zo wordt aangesproken.", "Only when the customer is addressed so."),
    # texts
    "nl": Text("In het Nederlands.", "In Dutch."),
    "en": Text("In het Engels.", "In English."),
}  # fmt: skip

VALUES: Mapping[str, Text] = {
    "error": Text("een coach stuurt het terug", "a coach would send it back"),
    "warning": Text("kijk er nog eens naar", "look again"),
    "advice": Text("doe ermee wat je wilt", "take it or leave it"),
    "match": Text("woorden die er niet horen", "words that should not be there"),
    "missing": Text("dat iets er niet staat", "that something is not there"),
    "repetition": Text("het tweede gebruik van een woord uit een groep", "the second use of a word of a group"),
    "length": Text("wat niet meer op het kanaal past", "what no longer fits the channel"),
    "coverage": Text(
        "dat het antwoord niets van het klantbericht raakt", "that the reply touches nothing of the customer's message"
    ),
    "clause": Text("de deelzin van de gevonden woorden", "the clause of the words found"),
    "sentence": Text("de zin van de gevonden woorden", "the sentence of the words found"),
    "reply": Text("het hele antwoord", "the whole reply"),
    "before": Text("alles vóór de gevonden woorden", "everything before the words found"),
    "after": Text("alles achter de gevonden woorden", "everything after the words found"),
    "customer": Text("de klant of diens bericht", "the customer or their message"),
    "earlier": Text("wat eerder in het gesprek is gezegd", "what was said before in the conversation"),
    "conversation": Text("het hele gesprek", "the whole conversation"),
    "organisation": Text("wij, de organisatie", "we, the organisation"),
    "anyone": Text("wie dan ook", "anyone"),
    "now": Text("tegenwoordige en toekomende tijd", "present and future"),
    "any": Text("ook het verleden", "the past too"),
    "safe": Text("mag ongezien", "may be applied unseen"),
    "review": Text("een mens kijkt ernaar", "a person looks at it"),
}

CLASSES_TOLD: Mapping[str, Text] = {
    "url": Text("een link", "a link"),
    "email": Text("een e-mailadres", "an e-mail address"),
    "phone": Text("een telefoonnummer", "a phone number"),
    "mention": Text("een @naam", "an @name"),
    "hashtag": Text("een #onderwerp", "a #subject"),
    "emoji": Text("een emoji", "an emoji"),
    "emoticon": Text("een smiley in leestekens", "a smiley in punctuation"),
    "placeholder": Text("een invulveld", "a placeholder"),
    "signature": Text("een ondertekening", "a signature"),
    "number": Text("een getal", "a number"),
    "time": Text("een tijdstip", "a time"),
    "date": Text("een datum", "a date"),
}

SLOTS_TOLD: Mapping[str, Text] = {
    "quote": Text("de gevonden woorden", "the words found"),
    "word": Text("het herhaalde woord", "the repeated word"),
    "first": Text("hoe het er de eerste keer stond", "as it stood the first time"),
    "count": Text("hoe vaak", "how often"),
    "length": Text("de lengte", "the length"),
    "limit": Text("de grens van het kanaal", "the limit of the channel"),
    "over": Text("hoeveel het te lang is", "by how much it is too long"),
    "channel": Text("het kanaal", "the channel"),
    "question": Text("de vraag die bleef liggen", "the question that was left"),
    "sentence": Text("de zin", "the sentence"),
}
