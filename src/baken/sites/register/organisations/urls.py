"""Addresses of schools, boards and waves."""

from __future__ import annotations

from django.urls import path

from baken.sites.register.organisations import views

app_name = "organisations"
urlpatterns = [
    path("", views.schools, name="schools"),
    path("nieuw/", views.add_school, name="add-school"),
    path("besturen/", views.boards, name="boards"),
    path("besturen/nieuw/", views.edit_board, name="add-board"),
    path("besturen/<str:number>/", views.edit_board, name="edit-board"),
    path("golven/", views.waves, name="waves"),
    path("golven/nieuw/", views.edit_wave, name="add-wave"),
    path("golven/<int:number>/", views.edit_wave, name="edit-wave"),
    path("deelname/<int:pk>/", views.leave, name="leave"),
    path("<str:code>/", views.school, name="school"),
    path("<str:code>/wijzigen/", views.edit_school, name="edit-school"),
    path("<str:code>/meedoen/", views.join, name="join"),
]
