"""Distillwatch: who says what about whose model was distilled, and where the sources contradict each other."""
