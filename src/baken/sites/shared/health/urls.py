from django.urls import path

from baken.sites.shared.health import views

app_name = "health"
urlpatterns = [path("", views.health, name="health"), path("zelfcontrole/", views.self_check, name="self-check")]
