"""The database itself refuses to change or remove a release that was published."""

from django.db import migrations

POSTGRESQL = """
CREATE FUNCTION baken_published_is_immutable() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN
  IF OLD.state = 'published' THEN RAISE EXCEPTION 'a published release does not change'; END IF;
  IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER releases_release_immutable BEFORE UPDATE OR DELETE ON releases_release
FOR EACH ROW EXECUTE FUNCTION baken_published_is_immutable();
"""
SQLITE = (
    "CREATE TRIGGER releases_release_immutable_{verb} BEFORE {verb} ON releases_release "
    "WHEN OLD.state = 'published' BEGIN SELECT RAISE(ABORT, 'a published release does not change'); END"
)


def forward(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(POSTGRESQL)
    else:
        for verb in ("UPDATE", "DELETE"):
            schema_editor.execute(SQLITE.format(verb=verb))


def backward(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP TRIGGER releases_release_immutable ON releases_release")
        schema_editor.execute("DROP FUNCTION baken_published_is_immutable")
    else:
        for verb in ("UPDATE", "DELETE"):
            schema_editor.execute(f"DROP TRIGGER releases_release_immutable_{verb}")


class Migration(migrations.Migration):
    dependencies = [("releases", "0002_append_only")]

    operations = [migrations.RunPython(forward, backward)]
