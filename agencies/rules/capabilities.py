"""Who may do what: role → capability."""

from enum import StrEnum, auto


class Capability(StrEnum):
    SEE_PROVINCE = auto()  # every unit's figures and dossiers, not only one's own
    SEE_IMPORTS = auto()  # batches, their issues
    IMPORT = auto()  # bring a file in
    SEE_NIGHTS = auto()  # the sweep's runs
    RUN_NIGHT = auto()  # start a missed night by hand
    FOLLOW_UP = auto()  # see to it that dossiers are dealt with in time
    REVEAL_PERSONAL = auto()  # unmask an applicant's name, each time journalled
    MANAGE_LETTERS = auto()  # take letters in, say what they demand of whom
    EXPLAIN = auto()  # answer for one's units' late dossiers
    DECIDE_EXPLANATION = auto()  # ask for explanations, accept or return them
    SEE_NOTICES = auto()  # who was told what, and when they opened it
    SEE_REVIEWS = auto()  # which units meet the criteria of a review of responsibility, and on what facts
    PREPARE_REVIEWS = auto()  # decide on these criteria, make the files of facts
    MANAGE_USERS = auto()  # roles and memberships
    MANAGE_KEYS = auto()  # which systems may push dossiers by program


CAPABILITIES: dict[str, frozenset[Capability]] = {
    "provincial_office": frozenset(
        {
            Capability.SEE_PROVINCE,
            Capability.SEE_IMPORTS,
            Capability.IMPORT,
            Capability.SEE_NIGHTS,
            Capability.FOLLOW_UP,
            Capability.REVEAL_PERSONAL,
            Capability.MANAGE_LETTERS,
            Capability.DECIDE_EXPLANATION,
            Capability.SEE_NOTICES,
            Capability.SEE_REVIEWS,
            Capability.PREPARE_REVIEWS,
        }
    ),
    "agency_head": frozenset({Capability.FOLLOW_UP, Capability.REVEAL_PERSONAL, Capability.EXPLAIN}),
    "inspector": frozenset(
        {
            Capability.SEE_PROVINCE,
            Capability.SEE_IMPORTS,
            Capability.SEE_NIGHTS,
            Capability.REVEAL_PERSONAL,
            Capability.SEE_NOTICES,
            Capability.SEE_REVIEWS,
        }
    ),
    "data_steward": frozenset(
        {Capability.SEE_PROVINCE, Capability.SEE_IMPORTS, Capability.IMPORT, Capability.SEE_NIGHTS, Capability.RUN_NIGHT}
    ),
    "administrator": frozenset(
        {
            Capability.SEE_PROVINCE,
            Capability.SEE_IMPORTS,
            Capability.SEE_NIGHTS,
            Capability.MANAGE_USERS,
            Capability.MANAGE_KEYS,
        }
    ),
}


def allows(role: str, capability: Capability) -> bool:
    """Whether a role has a capability; an unknown role has none."""
    return capability in CAPABILITIES.get(role, frozenset())


def roles_with(capability: Capability) -> frozenset[str]:
    """The roles that have a capability."""
    return frozenset(role for role, held in CAPABILITIES.items() if capability in held)
