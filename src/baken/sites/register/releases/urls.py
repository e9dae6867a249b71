from django.urls import path

from baken.sites.register.releases import views

app_name = "releases"
urlpatterns = [
    path("", views.overview, name="overview"),
    path("nieuw/", views.compose, name="compose"),
    path("grootboek/", views.ledger, name="ledger"),
    path("<uuid:pk>/", views.detail, name="detail"),
    path("<uuid:pk>/proef/", views.dry_run, name="try"),
    path("<uuid:pk>/voorleggen/", views.submit, name="submit"),
    path("<uuid:pk>/goedkeuren/", views.approve, name="approve"),
    path("<uuid:pk>/teruggeven/", views.send_back, name="send-back"),
    path("<uuid:pk>/publiceren/", views.publish, name="publish"),
    path("<uuid:pk>/laten-vervallen/", views.withdraw, name="withdraw"),
]
