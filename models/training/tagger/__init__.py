"""The tagger for named entities: data, model, training, evaluation, calibration and export."""
