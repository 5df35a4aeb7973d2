"""Articles in, datasets out: the Python client of Annotator. Begin with `Annotator`."""

from .client import Annotator
from .errors import (
    AnnotatorError,
    ConnectionFailed,
    Damaged,
    Invalid,
    JobFailed,
    NotFound,
    NotPermitted,
    NotSignedIn,
    Problem,
    Refused,
    TooManyRequests,
)
from .frames import Frames
from .spacy_docs import Docs, Misaligned
from .values import Article, FullArticle, Job, Project, Record, Release

__all__ = [
    "Annotator",
    "AnnotatorError",
    "Article",
    "ConnectionFailed",
    "Damaged",
    "Docs",
    "Frames",
    "FullArticle",
    "Invalid",
    "Job",
    "JobFailed",
    "Misaligned",
    "NotFound",
    "NotPermitted",
    "NotSignedIn",
    "Problem",
    "Project",
    "Record",
    "Refused",
    "Release",
    "TooManyRequests",
]
