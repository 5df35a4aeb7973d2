from annotator.users.models.invitations import Invitation
from annotator.users.models.projects import ConfidenceShown, Membership, Project, QueueOrder, Role
from annotator.users.models.tokens import ApiToken
from annotator.users.models.users import User

__all__ = [
    "ApiToken",
    "ConfidenceShown",
    "Invitation",
    "Membership",
    "Project",
    "QueueOrder",
    "Role",
    "User",
]
