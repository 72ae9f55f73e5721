"""Trains, evaluates and exports the models of BioBERT for VS Code.

Run ``python -m training --help`` in the folder above. This package writes only files, such as ``models/tagger/``;
none of its code runs in the editor.
"""
