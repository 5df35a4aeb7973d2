from annotator.users.models.invitations import Invitation
from annotator.users.models.projects import ConfidenceShown, GoldRule, Membership, Project, QueueOrder, Role
from annotator.users.models.tokens import ApiToken
from annotator.users.models.users import User

__all__ = [
    "ApiToken",
    "ConfidenceShown",
    "GoldRule",
    "Invitation",
    "Membership",
    "Project",
    "QueueOrder",
    "Role",
    "User",
]
