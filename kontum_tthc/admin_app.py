import re

from django.apps import apps
from django.contrib.admin.apps import AdminConfig
from django.utils.functional import lazy


class OperatorAdminConfig(AdminConfig):
    """Django's admin on our own site: who may enter is a matter of role."""

    default_site = "kontum_tthc.admin.OperatorSite"

    def ready(self) -> None:
        """Name our fields before any form is built: one without a name of its own is called by its help text."""
        for model in apps.get_models():
            for field in model._meta.fields:
                if field.help_text and field.verbose_name == field.name.replace("_", " "):
                    field.verbose_name = lazy(first_words, str)(field.help_text)
        super().ready()


def first_words(help_text: object) -> str:
    """The help text up to its first comma, semicolon or parenthesis."""
    return re.split(r"[,;(]", str(help_text), maxsplit=1)[0].strip()
