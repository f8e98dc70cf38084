"""``blake2b`` by itself: ``hashlib`` loads OpenSSL at every start, which takes longer than all the hashing of a run.

The module ``random`` of Python does the same for the hash that it needs.
"""

from __future__ import annotations

try:
    from _blake2 import blake2b
except ImportError:  # a Python without the module of its own
    from hashlib import blake2b

__all__ = ["blake2b"]
