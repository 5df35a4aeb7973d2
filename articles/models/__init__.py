from articles.models.agreement import LayerPair
from articles.models.articles import REVIEWABLE, Article, Status, title_or_number
from articles.models.assignments import Assignment
from articles.models.bulk_edits import BulkEdit, BulkPlace
from articles.models.corrections import Correction, CorrectionTodo
from articles.models.decisions import Decision, DecisionReading
from articles.models.doubts import Doubt
from articles.models.edits import Edit
from articles.models.engine_versions import EngineVersion
from articles.models.engines import ProjectEngine
from articles.models.evaluations import Evaluation, Mistake
from articles.models.exercises import Attempt, Clearance, Exercise
from articles.models.feedback import Feedback
from articles.models.files import FilePart, StoredFile
from articles.models.gold_parts import GoldPart
from articles.models.guidelines import GuidelineVersion, Precedent
from articles.models.handouts import Handout
from articles.models.imports import Import
from articles.models.jobs import Job
from articles.models.known_articles import KnownArticle, KnownReading
from articles.models.layers import Layer, LayerLabel, Rejection, Relation, Span
from articles.models.notifications import Notification
from articles.models.plants import Plant, PlantAnswer
from articles.models.ranks import Rank
from articles.models.releases import Release, ReleaseArticle
from articles.models.reviews import Review
from articles.models.runs import RunItem, RunWorker
from articles.models.schema_changes import CarriedLayer, SchemaChange, SchemaTodo
from articles.models.searched_texts import SearchedText
from articles.models.sittings import Sitting
from articles.models.threads import Comment, Thread
from articles.models.tokenizations import Tokenization
from articles.models.twins import Fingerprint, Twin
from articles.models.variations import Variation
from articles.models.webhooks import Delivery, Event, Webhook

__all__ = [
    "REVIEWABLE",
    "Article",
    "Assignment",
    "Attempt",
    "BulkEdit",
    "BulkPlace",
    "CarriedLayer",
    "Clearance",
    "Comment",
    "Correction",
    "CorrectionTodo",
    "Decision",
    "DecisionReading",
    "Delivery",
    "Doubt",
    "Edit",
    "EngineVersion",
    "Evaluation",
    "Event",
    "Exercise",
    "Feedback",
    "FilePart",
    "Fingerprint",
    "GoldPart",
    "GuidelineVersion",
    "Handout",
    "Import",
    "Job",
    "KnownArticle",
    "KnownReading",
    "Layer",
    "LayerLabel",
    "LayerPair",
    "Mistake",
    "Notification",
    "Plant",
    "PlantAnswer",
    "Precedent",
    "ProjectEngine",
    "Rank",
    "Rejection",
    "Relation",
    "Release",
    "ReleaseArticle",
    "Review",
    "RunItem",
    "RunWorker",
    "SchemaChange",
    "SchemaTodo",
    "SearchedText",
    "Sitting",
    "Span",
    "Status",
    "StoredFile",
    "Thread",
    "Tokenization",
    "Twin",
    "Variation",
    "Webhook",
    "title_or_number",
]
