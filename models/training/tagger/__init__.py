"""The tagger of named entities: data, model, training, evaluation, calibration, export."""
