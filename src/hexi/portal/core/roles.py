"""Roles and what they may do (角色与权限): one table, asked by acts, pages and buttons alike."""

from __future__ import annotations

from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _

__all__ = ["GRANTS", "Permission", "Role"]


class Role(models.TextChoices):
    """Whose work a person does."""

    ADMINISTRATOR = "administrator", _("Administrator")
    PROVINCE = "province", _("Province")
    ZONE = "zone", _("Zone")
    PARK = "park", _("Park")
    ENTERPRISE = "enterprise", _("Enterprise")
    READER = "reader", _("Reader")


class Permission(StrEnum):
    """A kind of step that must be allowed."""

    UPLOAD = "upload"
    CORRECT = "correct"
    DECIDE = "decide"
    REREAD = "reread"
    EDIT = "edit"
    DELETE = "delete"
    PUBLISH = "publish"
    SEE_EVENTS = "see_events"
    MANAGE_PEOPLE = "manage_people"
    SEE_RETURNS = "see_returns"
    FILL = "fill"
    APPROVE = "approve"
    KEEP_REGISTER = "keep_register"
    CLOSE_PERIOD = "close_period"
    RELEASE = "release"
    MAKE_PRACTICE = "make_practice"
    SEE_WARNINGS = "see_warnings"
    ANSWER_WARNING = "answer_warning"
    CLOSE_WARNING = "close_warning"
    ADJUST_TARGET = "adjust_target"
    BREAK_DOWN = "break_down"
    SEE_PROJECTS = "see_projects"
    KEEP_PROJECTS = "keep_projects"
    MOVE_STAGE = "move_stage"
    PUBLISH_PROJECTS = "publish_projects"
    RAISE_PROBLEM = "raise_problem"
    ANSWER_PROBLEM = "answer_problem"
    SUPERVISE = "supervise"
    PROMOTE = "promote"
    VERIFY_FUNDS = "verify_funds"
    SCREEN = "screen"
    OVERRIDE_ADMISSION = "override_admission"


_WORK = frozenset(
    {
        Permission.UPLOAD,
        Permission.CORRECT,
        Permission.DECIDE,
        Permission.REREAD,
        Permission.EDIT,
        Permission.DELETE,
        Permission.SEE_RETURNS,
        Permission.FILL,
        Permission.APPROVE,
        Permission.KEEP_REGISTER,
        Permission.SEE_WARNINGS,
        Permission.ANSWER_WARNING,
        Permission.BREAK_DOWN,
        Permission.SEE_PROJECTS,
        Permission.KEEP_PROJECTS,
        Permission.MOVE_STAGE,
        Permission.RAISE_PROBLEM,
        Permission.ANSWER_PROBLEM,
        Permission.PROMOTE,
        Permission.SCREEN,
    }
)
_ABOVE = frozenset(
    {
        Permission.PUBLISH,
        Permission.CLOSE_PERIOD,
        Permission.CLOSE_WARNING,
        Permission.ADJUST_TARGET,
        Permission.PUBLISH_PROJECTS,
        Permission.SUPERVISE,
        Permission.VERIFY_FUNDS,
        Permission.OVERRIDE_ADMISSION,
    }
)

#: Role to permissions; all but the administrator's hold only inside the person's scope.
GRANTS: dict[str, frozenset[Permission]] = {
    Role.ADMINISTRATOR: frozenset(Permission),
    Role.PROVINCE: _WORK | _ABOVE | {Permission.RELEASE},
    Role.ZONE: _WORK | _ABOVE,
    Role.PARK: _WORK,
    # its own returns only: which these are, the app of returns knows
    Role.ENTERPRISE: frozenset(
        {
            Permission.SEE_RETURNS,
            Permission.FILL,
            Permission.SEE_PROJECTS,
            Permission.RAISE_PROBLEM,
        }
    ),
    Role.READER: frozenset({Permission.SEE_WARNINGS, Permission.SEE_PROJECTS}),
}
