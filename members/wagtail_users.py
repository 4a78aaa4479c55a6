"""Wagtail's own pages of users, made of our members (who have no user name, and whose roles a verb sets)."""

from wagtail.users.apps import WagtailUsersAppConfig


class LabUsersConfig(WagtailUsersAppConfig):
    user_viewset = "members.backoffice.MemberViewSet"
    group_viewset = "members.backoffice.GroupsOutOfSight"
