"""Claims to figures, and how far these can be trusted: domain, not output.

Everything here is pure: outcomes in, claims and scores out, the same every time. How they are
worded or drawn is decided in `reports`.
"""

from headnotes.scoring.agreement import (
    FIRM,
    SCORED,
    TENTATIVE,
    VERDICTS,
    Agreement,
    find_alpha,
    measure_agreement,
)
from headnotes.scoring.judging import (
    JudgedClaim,
    Judgement,
    claims_by_note,
    claims_elsewhere,
    claims_of,
    judge_claims,
    merge_claims,
)
from headnotes.scoring.scores import (
    ENOUGH_SCORED,
    FEWEST_SCORED,
    PRESETS,
    Basis,
    Mover,
    Preset,
    PresetScore,
    Range,
    Score,
    Withheld,
    score_claims,
    score_outcomes,
    score_topics,
    topics_of,
)

__all__ = [
    "ENOUGH_SCORED",
    "FEWEST_SCORED",
    "FIRM",
    "PRESETS",
    "SCORED",
    "TENTATIVE",
    "VERDICTS",
    "Agreement",
    "Basis",
    "JudgedClaim",
    "Judgement",
    "Mover",
    "Preset",
    "PresetScore",
    "Range",
    "Score",
    "Withheld",
    "claims_by_note",
    "claims_elsewhere",
    "claims_of",
    "find_alpha",
    "judge_claims",
    "measure_agreement",
    "merge_claims",
    "score_claims",
    "score_outcomes",
    "score_topics",
    "topics_of",
]
