from django.urls import path

from baken.sites.window.pages import files, views

urlpatterns = [
    path("", views.home, name="home"),
    path("cijfers/", views.figures, name="figures"),
    path("verloop/", views.trend, name="trend"),
    path("bescherming/", views.protection, name="protection"),
    path("publicaties/", views.releases, name="releases"),
    path("publicaties/<int:number>/", views.release, name="release"),
    path("publicaties/<int:number>/<str:name>", files.file, name="release-file"),
    path("publicaties/sleutel/<str:name>", files.public_key, name="public-key"),
]
