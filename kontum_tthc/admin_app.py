from django.contrib.admin.apps import AdminConfig


class OperatorAdminConfig(AdminConfig):
    """Django's admin on our own site: who may enter is a matter of role."""

    default_site = "kontum_tthc.admin.OperatorSite"
