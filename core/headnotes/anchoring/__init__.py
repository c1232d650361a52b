"""Terms found to moments: where in a track a note belongs, and how strongly that is shown.

A track is indexed by terms once (`index`, `scenes`), which tell less where several things that are
depicted share them (`sharing`), for these alone. The tightest windows that have an anchor's
terms (`windows`) are its candidates (`candidates`), each with its strength by what speaks for it
(`evidence`). The best set of them is assigned (`assignment`) and makes passages (`passages`), in
which notes have their moments (`moments`). Why a note is not placed is a value, no sentence
(`explanation`).
"""

from headnotes.anchoring.assignment import Assignment, assign_passages
from headnotes.anchoring.candidates import (
    PRIORS,
    THRESHOLD,
    Candidate,
    Expectation,
    expectation_of,
    find_candidates,
    find_sufficient,
    prior_of,
    prior_of_depicted,
)
from headnotes.anchoring.explanation import (
    explain_candidate,
    explain_loss,
    how_far,
    nearest_candidate,
)
from headnotes.anchoring.index import IndexedTrack, Occurrence, index_track
from headnotes.anchoring.moments import choose, choose_moments, find_moment, list_evidence
from headnotes.anchoring.passages import RECAP_MS, end_of_crowd, find_recap, make_passages
from headnotes.anchoring.scenes import SILENCE_MS, find_scenes
from headnotes.anchoring.sharing import Depicted, list_depicted

__all__ = [
    "PRIORS",
    "RECAP_MS",
    "SILENCE_MS",
    "THRESHOLD",
    "Assignment",
    "Candidate",
    "Depicted",
    "Expectation",
    "IndexedTrack",
    "Occurrence",
    "assign_passages",
    "choose",
    "choose_moments",
    "end_of_crowd",
    "expectation_of",
    "explain_candidate",
    "explain_loss",
    "find_candidates",
    "find_moment",
    "find_recap",
    "find_scenes",
    "find_sufficient",
    "how_far",
    "index_track",
    "list_depicted",
    "list_evidence",
    "make_passages",
    "nearest_candidate",
    "prior_of",
    "prior_of_depicted",
]
