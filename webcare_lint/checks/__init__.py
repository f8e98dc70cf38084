"""The kinds of rule: one module each, and a name in ``Rule``.

Beside them: ``base`` is what every rule carries, ``conditions`` are its ``only-if`` and ``unless``, ``exchange`` is what a check
looks at, ``gate`` whether a rule has a chance in it, ``advice`` and ``fix`` what a finding is told and how it is mended.
"""

from __future__ import annotations

from webcare_lint.checks.address import Address
from webcare_lint.checks.coverage import Coverage
from webcare_lint.checks.duplicate import Duplicate
from webcare_lint.checks.given import Given
from webcare_lint.checks.length import Length
from webcare_lint.checks.match import Match
from webcare_lint.checks.missing import Missing
from webcare_lint.checks.placeholder import Placeholder
from webcare_lint.checks.reader import Reads
from webcare_lint.checks.repetition import Repetition
from webcare_lint.checks.share import Share
from webcare_lint.checks.unanswered import Unanswered

Rule = Match | Missing | Repetition | Length | Coverage | Given | Unanswered | Duplicate | Share | Placeholder | Address | Reads
