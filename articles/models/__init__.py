from articles.models.articles import Article, Status
from articles.models.assignments import Assignment
from articles.models.edits import Edit
from articles.models.engines import ProjectEngine
from articles.models.imports import Import
from articles.models.jobs import Job, RunItem
from articles.models.layers import Layer, LayerLabel, Rejection, Relation, Span
from articles.models.reviews import Review
from articles.models.sittings import Sitting
from articles.models.threads import Comment, Thread

__all__ = [
    "Article",
    "Assignment",
    "Comment",
    "Edit",
    "Import",
    "Job",
    "Layer",
    "LayerLabel",
    "ProjectEngine",
    "Rejection",
    "Relation",
    "Review",
    "RunItem",
    "Sitting",
    "Span",
    "Status",
    "Thread",
]
