"""What nearly every command needs, made where commands are forked from: compiled templates."""

from __future__ import annotations

from languages import ENGLISH
from workshop_builder.pages import templates

for _name in templates._shipped():
    templates.Templates({}, ENGLISH.writing)._environment.get_template(_name)
