from django.apps import AppConfig


class KontumConfig(AppConfig):
    name = "kontum_tthc"
    verbose_name = "Theo dõi hồ sơ quá hạn"
