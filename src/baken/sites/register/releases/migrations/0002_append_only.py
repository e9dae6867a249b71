from django.db import migrations

from baken.sites.shared.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [("releases", "0001_initial")]

    operations = [append_only("releases_ledgerrow"), append_only("releases_frozenversion")]
