"""The pages for people: Datasette with a plugin, templates and static files of ours."""
