"""Telephone numbers by libphonenumber's Python port, as rows for `portcullis redact eval`.

    phone_numbers.py SEED ROWS        writes ROWS: numbers that it calls valid, each in three writings
    phone_numbers.py SEED ROWS no     writes ROWS: numbers with a + that it calls impossible

Each row's identifier is REGION/WRITING/NUMBER."""

import json
import random
import sys

import phonenumbers
from phonenumbers import PhoneNumberFormat, PhoneNumberType

REGIONS = "US GB DE FR PK IN ES IT NL PL BR AU CA SG".split()
KINDS = [
    PhoneNumberType.FIXED_LINE, PhoneNumberType.MOBILE, PhoneNumberType.TOLL_FREE, PhoneNumberType.SHARED_COST,
    PhoneNumberType.PREMIUM_RATE, PhoneNumberType.VOIP, PhoneNumberType.PERSONAL_NUMBER, PhoneNumberType.UAN,
]
WORDS = ["phone", "Telephone:", "mobile", "call me on", "my number is", "tel."]
WRITINGS = {
    "international": PhoneNumberFormat.INTERNATIONAL, "e164": PhoneNumberFormat.E164, "national": PhoneNumberFormat.NATIONAL,
}
ENDS = ["", ".", " please", ", thanks"]
A_REGION = 16


def valid(region, rng):
    """A valid number: an example of the metadata with its last digits changed."""
    while True:
        example = phonenumbers.example_number_for_type(region, rng.choice(KINDS))
        if example is None:
            continue
        digits = list(phonenumbers.national_significant_number(example))
        for index in range(rng.randrange(4), len(digits)):
            digits[index] = str(rng.randrange(10))
        number = phonenumbers.parse("+%d%s" % (example.country_code, "".join(digits)))
        if phonenumbers.is_valid_number(number) and phonenumbers.region_code_for_number(number) == region:
            return number


def impossible(rng):
    """A + and digits that are no number: no such calling code, or hardly any digits behind it. One of a wrong length is
    somebody's number with a mistake more often than it is none. 379 is assigned, to the Vatican, and not in use."""
    while True:
        text = "+" + "".join(str(rng.randrange(10)) for _ in range(rng.choice([4, 5, 9, 10, 11, 12])))
        try:
            if not phonenumbers.is_possible_number(phonenumbers.parse(text)) and len(text) < 7:
                return text
        except phonenumbers.NumberParseException as error:
            if error.error_type == phonenumbers.NumberParseException.INVALID_COUNTRY_CODE and text[1:4] != "379":
                return text


def row(name, before, text, after, labelled):
    start = len(before.encode())
    place = {"byte_start": start, "byte_end": start + len(text.encode()), "type": "PHONE_NUMBER"}
    return {"id": name, "text": before + text + after, "spans": [place] if labelled else []}


def main():
    rng = random.Random(int(sys.argv[1]))
    with open(sys.argv[2], "w", encoding="utf-8") as rows:
        if len(sys.argv) > 3:
            for index in range(300):
                text = impossible(rng)
                rows.write(json.dumps(row("+/impossible/%d" % index, "see ", text, rng.choice(ENDS), False)) + "\n")
            return
        for region in REGIONS:
            for index in range(A_REGION):
                number = valid(region, rng)
                for writing, form in WRITINGS.items():
                    before = rng.choice(WORDS) + " "
                    if writing != "national":
                        before = rng.choice(["", "reach us at ", before])
                    text = phonenumbers.format_number(number, form)
                    name = "%s/%s/%d" % (region, writing, index)
                    rows.write(json.dumps(row(name, before, text, rng.choice(ENDS), True), ensure_ascii=False) + "\n")


main()
