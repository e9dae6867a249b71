from django.urls import path

from baken.sites.shared.identity import views

app_name = "identity"
urlpatterns = [
    path("", views.people, name="people"),
    path("nieuw/", views.add, name="add"),
    path("<int:pk>/", views.person, name="person"),
    path("<int:pk>/rol/", views.give_role, name="give-role"),
    path("<int:pk>/rol/<int:assignment>/weg/", views.take_role, name="take-role"),
    path("<int:pk>/uitnodigen/", views.send_invitation, name="invite"),
]
