from annotator.users.models.invitations import Invitation
from annotator.users.models.projects import Membership, Project, Role
from annotator.users.models.tokens import ApiToken
from annotator.users.models.users import User

__all__ = ["ApiToken", "Invitation", "Membership", "Project", "Role", "User"]
