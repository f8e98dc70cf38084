"""Plain data turned into types; what does not fit is told in plain words, at its place.

``mistakes`` works out what is wrong and where, ``kinds`` what may stand at a place, ``wording`` puts it into words. They are
imported when something does not fit, which is seldom.
"""

from __future__ import annotations

from typing import TypeVar

import msgspec

from webcare_lint.errors import WebcareLintError
from webcare_lint.located import Located

T = TypeVar("T", bound=msgspec.Struct)


def convert(located: Located, kind: type[T], error: type[WebcareLintError]) -> T:
    """Turn the data of a file into ``kind``.

    Raises:
        error: at the place of the value that does not fit, with the nearest known key for an unknown one.
    """
    try:
        return msgspec.convert(located.data, kind)
    except msgspec.ValidationError as problem:
        from webcare_lint.typed.mistakes import mistake

        found = mistake(str(problem), located.data, kind)
        raise located.error(error, found.text, found.path, key=found.key) from problem
