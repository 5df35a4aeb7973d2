from annotator.users.models.audit import AuditEntry, Verb
from annotator.users.models.invitations import Invitation
from annotator.users.models.projects import (
    ConfidenceShown,
    GoldRule,
    Membership,
    Openness,
    Project,
    QueueOrder,
)
from annotator.users.models.roles import Role
from annotator.users.models.tokens import ApiToken
from annotator.users.models.users import Digest, SeenAs, User

__all__ = [
    "ApiToken",
    "AuditEntry",
    "ConfidenceShown",
    "Digest",
    "GoldRule",
    "Invitation",
    "Membership",
    "Openness",
    "Project",
    "QueueOrder",
    "Role",
    "SeenAs",
    "User",
    "Verb",
]
