"""``webcare-lint lsp``: a language server for editors, over replies and over rule files."""
