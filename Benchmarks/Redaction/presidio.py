#!/usr/bin/env python3
"""Redacts the rows of a GOLD file with Presidio and says how long that took.

    presidio.py GOLD.jsonl PREDICTIONS.jsonl [--default] [--seconds N]

By default those of Presidio's recognisers that are meant for a bank's types; with --default the ones that it loads by itself.
No trained language model, which PyPI does not have: words in lower case stand for lemmas, so that patterns, check digits,
telephone numbers and context words work, and names and places do not. Prints one line of JSON: rows, bytes, seconds of the
fastest pass, and MB/s.
"""
import argparse
import json
import logging
import sys
import time
import warnings

import spacy
from presidio_analyzer import AnalyzerEngine, RecognizerRegistry
from presidio_analyzer import predefined_recognizers as known
from presidio_analyzer.nlp_engine import SpacyNlpEngine
from spacy.language import Language

# One for each of the bank's types that Presidio has a pattern or a check digit for.
PICKED = """
    EmailRecognizer PhoneRecognizer CreditCardRecognizer IbanRecognizer UsSsnRecognizer UsItinRecognizer
    AbaRoutingRecognizer UsBankRecognizer UkNinoRecognizer NhsRecognizer DeTaxIdRecognizer InAadhaarRecognizer
    InPanRecognizer UsPassportRecognizer UkPassportRecognizer InPassportRecognizer DePassportRecognizer
    UsLicenseRecognizer UkDrivingLicenceRecognizer IpRecognizer MacAddressRecognizer CryptoRecognizer SgFinRecognizer
""".split()
SCORE_MIN = 0.4


@Language.component("lower_case_lemmas")
def lower_case_lemmas(document):
    for token in document:
        token.lemma_ = token.lower_
    return document


class BlankEngine(SpacyNlpEngine):
    """English tokens without a model."""

    def __init__(self):
        super().__init__()
        pipeline = spacy.blank("en")
        pipeline.add_pipe("lower_case_lemmas")
        self.nlp = {"en": pipeline}


def analyzer(by_default):
    registry = RecognizerRegistry()
    if by_default:
        registry.load_predefined_recognizers(languages=["en"])
    else:
        for name in PICKED:
            recogniser = getattr(known, name)()
            # German numbers stand in English sentences too.
            recogniser.supported_language = "en"
            registry.add_recognizer(recogniser)
    return AnalyzerEngine(registry=registry, nlp_engine=BlankEngine(), supported_languages=["en"])


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("gold")
    parser.add_argument("predictions")
    parser.add_argument("--default", action="store_true")
    parser.add_argument("--seconds", type=float, default=10)
    arguments = parser.parse_args()
    warnings.filterwarnings("ignore")
    logging.disable(logging.WARNING)

    with open(arguments.gold, encoding="utf-8") as file:
        rows = [json.loads(line) for line in file if line.strip()]
    engine = analyzer(arguments.default)
    size = sum(len(row["text"].encode()) for row in rows)
    fastest, end = None, time.monotonic() + arguments.seconds
    while fastest is None or time.monotonic() < end:
        start = time.process_time()
        found = [engine.analyze(row["text"], language="en", score_threshold=SCORE_MIN) for row in rows]
        took = time.process_time() - start
        fastest = took if fastest is None else min(fastest, took)
    with open(arguments.predictions, "w", encoding="utf-8") as file:
        for row, results in zip(rows, found):
            spans = [{"start": r.start, "end": r.end, "type": r.entity_type} for r in results]
            file.write(json.dumps({"id": row["id"], "spans": spans}) + "\n")
    json.dump(
        {"rows": len(rows), "bytes": size, "seconds": fastest, "mb_per_s": size / fastest / 1e6}, sys.stdout)
    print()


main()
