from django.urls import path

from baken.sites.shared.journal import views

app_name = "journal"
urlpatterns = [path("", views.journal, name="journal")]
