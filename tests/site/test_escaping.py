"""What templates write is escaped as markupsafe escapes it, whatever it is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import Environment, StrictUndefined, UndefinedError
from markupsafe import Markup, escape

from distillwatch.site.escaping import Templates, escaped

TEMPLATE = """{% macro twice(x) %}{{ x }}{{ x }}{% endmacro %}{% set kept %}{{ value }}{% endset %}
{{ value }}<p title="{{ value }}">{{ twice(value) }}{{ kept }}{{ value ~ '<' }}{{ [value]|join(', ') }}</p>"""


class Named(str):
    """Text of a class of its own."""


@given(st.text() | st.integers() | st.floats() | st.none() | st.text().map(Markup) | st.text().map(Named))
def test_text_is_escaped_as_markupsafe_does(value: object) -> None:
    assert escaped(value) == str(escape(value))


@given(st.text(alphabet="<>&'\"ab ") | st.integers() | st.just(Markup("<b>")))
def test_a_template_says_what_jinja_makes_of_it(value: object) -> None:
    ours = Templates(autoescape=True).from_string(TEMPLATE)
    assert ours.render(value=value) == Environment(autoescape=True).from_string(TEMPLATE).render(value=value)


def test_plain_text_stays_plain_and_an_unknown_name_is_an_error() -> None:
    assert Templates(autoescape=False).from_string("{{ value }}").render(value="<b>") == "<b>"
    with pytest.raises(UndefinedError):
        Templates(autoescape=True, undefined=StrictUndefined).from_string("{{ nobody }}").render()
