from django.apps import AppConfig

from kontum_tthc import checks  # noqa: F401  # registers the startup checks


class KontumConfig(AppConfig):
    name = "kontum_tthc"
    verbose_name = "Theo dõi hồ sơ quá hạn"
