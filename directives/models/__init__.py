"""Letters, what they demand, the dossiers behind their figures, and what units answer."""

from directives.models.baselines import Baseline, BaselineDossier, CohortCount
from directives.models.drafts import LetterDraft
from directives.models.explanations import Explanation, ExplanationCall
from directives.models.letters import Directive, DirectiveAddressee, DirectiveCitation, DirectiveFigure
from directives.models.obligations import Obligation, ObligationAnswer, ObligationCheck

__all__ = [
    "Baseline",
    "BaselineDossier",
    "CohortCount",
    "Directive",
    "DirectiveAddressee",
    "DirectiveCitation",
    "DirectiveFigure",
    "Explanation",
    "ExplanationCall",
    "LetterDraft",
    "Obligation",
    "ObligationAnswer",
    "ObligationCheck",
]
