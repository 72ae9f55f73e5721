"""Trains, measures and exports the models of BioBERT for VS Code.

Run from the folder above: ``python -m training <step> --help``. This package
hands over files only (``models/tagger/``); nothing of it runs in the editor.
"""
