"""``{% load dossier_links %}``: links from a number to the list it counts."""

from django import template

from dossiers.links import list_url

register = template.Library()
register.simple_tag(list_url, name="dossier_list")
