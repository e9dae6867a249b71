"""The journal: who did what, when and with which result; never what it contained.

`from baken.sites.shared.journal import Refused, action`
"""

from baken.sites.shared.journal.decorator import Refused, action

__all__ = ["Refused", "action"]
