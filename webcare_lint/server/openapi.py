"""The description of our own endpoint, as OpenAPI 3.1 and as a page that works offline."""

from __future__ import annotations

import html
import json
from typing import Any

from webcare_lint import __version__
from webcare_lint.names import STATIONS


def document() -> dict[str, Any]:
    """The OpenAPI document of ``/lint``; the ``/v2`` routes follow LanguageTool's published API."""
    text = {"type": "string"}
    position = _object({"line": {"type": "integer"}, "column": {"type": "integer"}, "offset": {"type": "integer"}})
    diagnostic = _object({
        "code": text, "name": text, "commandment": {"type": ["integer", "null"]},
        "level": {"enum": ["error", "warning", "advice"]}, "message": text, "path": text, "reply_id": text,
        "message_index": {"type": ["integer", "null"]}, "start": position, "end": position,
        "reply_span": _object({"start": {"type": "integer"}, "end": {"type": "integer"}}), "quote": text,
        "suggestions": {"type": "array", "items": text}, "fix": {"type": ["object", "null"]},
    })  # fmt: skip
    return {
        "openapi": "3.1.0",
        "info": {"title": "webcare-lint", "version": __version__,
                 "description": "Checks drafts of Dutch customer-service replies against the ten commandments of webcare."},
        "paths": {"/lint": {"post": {
            "summary": "Check one draft",
            "requestBody": {"required": True, "content": {"application/json": {
                "schema": {"$ref": "#/components/schemas/Draft"},
                "example": {"reply": "Bel ons even.", "customer": "Waar blijft mijn pakket?", "channel": "x"}}}},
            "responses": {
                "200": {"description": "The JSON report", "content": {"application/json": {
                    "schema": {"$ref": "#/components/schemas/Report"}}}},
                "400": {"description": "What is wrong with the request, in one line"},
                "401": {"description": "A token is needed"},
                "413": {"description": "A text is too long"},
            },
        }}},
        "components": {"schemas": {
            "Draft": {"type": "object", "required": ["reply"], "properties": {
                "reply": text, "customer": text, "channel": text,
                "conversation": {"type": "array", "description": "What was said before the customer's message, oldest first",
                                 "items": _object({"author": {"enum": ["customer", "organisation"]}, "text": text})},
            }},
            "Report": _object({
                "schema": {"type": "integer"}, "tool": {"type": "object"}, "summary": {"type": "object"},
                "failures": {"type": "array", "items": {"type": "object"}},
                "diagnostics": {"type": "array", "items": diagnostic},
                "de_acht": _object({name: {"type": "boolean"} for name in STATIONS}),
                "length": _object({"channel": text, "count": {"type": "integer"},
                                   "limit": {"type": ["integer", "null"]}, "unit": text}),
            }),
        }},
    }  # fmt: skip


def _object(properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "required": list(properties), "properties": properties}


def page() -> str:
    """A plain page with the document, readable without any script."""
    shown = html.escape(json.dumps(document(), indent=2, ensure_ascii=False))
    return (
        '<!doctype html><html lang="en"><meta charset="utf-8"><title>webcare-lint API</title>'
        "<style>body{font:16px/1.5 system-ui;max-width:60rem;margin:2rem auto;padding:0 1rem}"
        "pre{background:#f4f4f4;padding:1rem;overflow:auto}</style><h1>webcare-lint API</h1>"
        '<p><code>POST /lint</code> checks one draft (<a href="/openapi.json">OpenAPI document</a>). '
        "<code>/v2/check</code>, <code>/v2/languages</code>, <code>/v2/info</code>, <code>/v2/healthcheck</code>, "
        "<code>/v2/maxtextlength</code> and <code>/v2/configinfo</code> speak LanguageTool's HTTP API.</p>"
        '<pre>curl -s localhost:8081/lint -d \'{"reply": "Bel ons even.", "channel": "x"}\'</pre>'
        f"<pre>{shown}</pre></html>"
    )
