"""Which assignment a text resembles: the words that it shares with the published files of one more than of the others."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from graders import paths
from graders.assignment import Assignment
from graders.submissions.submission import Submission
from graders.submissions.written import written


def resemblance(submissions: Sequence[Submission], known: Sequence[Assignment]) -> NDArray[np.float64]:
    """For each assignment (n,) the mean cosine, from 0 to 1, of weighted words: those that few assignments have count most."""
    from sklearn.feature_extraction.text import TfidfVectorizer  # half a second, where nobody says the assignment

    if not submissions:
        return np.zeros(len(known))
    published = [_published(one) for one in known]
    words = TfidfVectorizer(token_pattern=r"[^\W\d]\w+", sublinear_tf=True).fit(published)
    shared = words.transform([_words(one) for one in submissions]) @ words.transform(published).T
    return np.asarray(shared.mean(axis=0), np.float64).reshape(-1)


def _words(submission: Submission) -> str:
    return "\n".join(part.text for one in written(submission.files) for part in one.parts)


def _published(ours: Assignment) -> str:
    """What students were given: statements, template, expected names."""
    folder = paths.TEMPLATES / ours.id
    given = [*sorted(ours.folder.glob("statement*.md")), *(sorted(folder.iterdir()) if folder.is_dir() else [])]
    files = {path.name: path.read_bytes() for path in given if path.is_file()}
    names = (name for expected, spec in ours.names.items() for name in (expected, *spec.aliases))
    return "\n".join([_words(Submission(ours.id, files)), *names])
