"""Units without Django: who may do what, how names are folded, matched and sorted, who succeeds whom, secret keys."""

from agencies.rules.capabilities import CAPABILITIES, Capability, allows, roles_with
from agencies.rules.keys import KEY_BYTES, key_digest
from agencies.rules.matching import AgencyFacts, AgencyIndex, Match
from agencies.rules.names import fold, match_key, sort_key, spellings
from agencies.rules.succession import Succession, responsible

__all__ = [
    "CAPABILITIES",
    "KEY_BYTES",
    "AgencyFacts",
    "AgencyIndex",
    "Capability",
    "Match",
    "Succession",
    "allows",
    "fold",
    "key_digest",
    "match_key",
    "responsible",
    "roles_with",
    "sort_key",
    "spellings",
]
