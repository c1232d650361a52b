"""Terms found to moments: where in a track a note belongs, and how strongly that is shown.

An anchor asks for terms together in a window. The track is indexed by terms once (`index`). An
anchor's *candidates* are the tightest windows that have its terms; each has its *evidence*, and
may be a moment when nothing forbids it and its *strength* reaches one threshold, the same for
every note of every topic (`candidates`). Where several want the same scene, or a note has several
candidates, they are assigned (`assignment`). Why a note is not placed is a value, not a sentence
(`explanation`).
"""

from headnotes.anchoring.assignment import assign_scenes, choose_moments
from headnotes.anchoring.candidates import (
    PRIORS,
    THRESHOLD,
    Candidate,
    Expectation,
    expectation_of,
    find_candidates,
    find_sufficient,
)
from headnotes.anchoring.explanation import explain_candidate, explain_loss, nearest_candidate
from headnotes.anchoring.index import IndexedTrack, Occurrence, index_track
from headnotes.anchoring.scenes import SILENCE_MS, find_scenes

__all__ = [
    "PRIORS",
    "SILENCE_MS",
    "THRESHOLD",
    "Candidate",
    "Expectation",
    "IndexedTrack",
    "Occurrence",
    "assign_scenes",
    "choose_moments",
    "expectation_of",
    "explain_candidate",
    "explain_loss",
    "find_candidates",
    "find_scenes",
    "find_sufficient",
    "index_track",
    "nearest_candidate",
]
