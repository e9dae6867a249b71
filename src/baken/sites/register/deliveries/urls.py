"""Addresses of the school's own deliveries and of the network's mailbox."""

from __future__ import annotations

from django.urls import path, register_converter

from baken.contract.periods import Quarter
from baken.sites.register.deliveries import views


class QuarterInAddress:
    """ "2026-2027/1", which reads well in an address."""

    regex = r"\d{4}-\d{4}/[1-4]"

    def to_python(self, value: str) -> Quarter:
        return Quarter.parse(value)

    def to_url(self, value: Quarter | str) -> str:
        return str(value)


register_converter(QuarterInAddress, "quarter")

app_name = "deliveries"
urlpatterns = [
    path("leveringen/", views.home, name="home"),
    path("leveringen/bewijs/<uuid:pk>/", views.receipt, name="receipt"),
    path("leveringen/intrekken/<uuid:pk>/", views.withdraw, name="withdraw"),
    path("leveringen/<slug:code>/<quarter:quarter>/", views.period, name="period"),
    path("leveringen/<slug:code>/<quarter:quarter>/bestand/", views.upload, name="upload"),
    path("leveringen/<slug:code>/<quarter:quarter>/geen-incidenten/", views.nil, name="nil"),
    path("leveringen/<slug:code>/<quarter:quarter>/voorbeeld/<str:name>/", views.preview, name="preview"),
    path("postvak/", views.mailbox, name="mailbox"),
    path("postvak/<uuid:pk>/", views.letter, name="letter"),
    path("postvak/<uuid:pk>/accepteren/", views.accept, name="accept"),
    path("postvak/<uuid:pk>/terugsturen/", views.send_back, name="return"),
    path("postvak/<quarter:quarter>/accepteren/", views.accept_all, name="accept-all"),
]
