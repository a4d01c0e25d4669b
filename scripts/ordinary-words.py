#!/usr/bin/env python3
"""Writes Sources/Redaction/Names/OrdinaryWords+Table.swift: English words and proper nouns that name no person.

Run it from the root of the repository, with Debian's `scowl` 2020.12.07 installed; the same lists give the same file.
The table is an xor filter (Graf and Lemire, "Xor Filters", 2020) with 8-bit fingerprints: three bytes are looked at for
a word, and of the words that are not in the lists one in 256 is taken for one that is.
"""
import base64
import pathlib
import re

SCOWL = pathlib.Path("/usr/share/dict/scowl")
NAMES = pathlib.Path("Sources/Redaction/Names")
WORD_SIZES = (10, 20, 35, 40)
PROPER_SIZES = (10, 20, 35, 40, 50, 55, 60)
MASK = (1 << 64) - 1
BYTES_A_LINE = 108

# Firms, services and places that customers of banks speak of, and the lists lack.
BRANDS = """
    zelle venmo cashapp revolut monzo starling klarna wise transferwise paypal stripe skrill neteller payoneer plaid
    robinhood coinbase binance kraken easypaisa jazzcash raast nayapay sadapay paytm phonepe razorpay bhim upi mpesa
    santander barclays lloyds natwest halifax citibank citi commerzbank postbank sparkasse volksbank raiffeisen unicredit
    intesa sanpaolo bnp paribas bbva caixabank sabadell rabobank millennium pekao itaú bradesco nubank hdfc icici axis
    meezan habib allied askari faysal ubank ubl hbl mcb nbp sbi chase wells schwab fidelity vanguard equifax experian
    transunion swift sepa target fedwire nacha mastercard amex maestro rupay discover visa zalando netflix spotify amazon
    ebay etsy uber lyft airbnb tesco sainsburys lidl aldi ikea costco walmart starbucks google android iphone samsung
    huawei xiaomi microsoft outlook gmail yahoo hotmail facebook instagram whatsapp telegram tiktok twitter linkedin
    youtube zoom chrome firefox safari edge windows linux ios macos excel acrobat islamabad rawalpindi faisalabad multan
    bitcoin ethereum litecoin dogecoin metamask deliveroo ryanair easyjet hilton
    marriott vodafone xero quickbooks shopify fitbit garmin wirecard adyen worldpay sumup payconiq bizum blik ideal
    sofort giropay twint swish vipps kuala lumpur dubai abu dhabi doha riyadh jeddah sharjah muscat kathmandu dhaka
    peshawar quetta sialkot gujranwala bengaluru gurgaon noida pune kochi ramadan eid diwali easter christmas
"""


def lists(kinds, sizes):
    words = set()
    for kind in kinds:
        for size in sizes:
            path = SCOWL / f"{kind}.{size}"
            if path.exists():
                words.update(path.read_text("latin-1").split())
    return {word for word in words if "'" not in word and len(word) > 1}


def names():
    text = "".join((NAMES / name).read_text() for name in ("GivenNames.swift", "Surnames.swift"))
    return {word.lower() for word in re.findall(r"[^\W\d_]{2,}", text)}


def word_hash(word):
    """`WordHash` of Sources/Redaction/WordTable.swift, and the spread of `OrdinaryWords`."""
    value = 0
    for byte in word.encode():
        value = ((value << 5 | value >> 59) & MASK) ^ (byte | 0x20)
    for factor in (0xFF51AFD7ED558CCD, 0xC4CEB9FE1A85EC53):
        value ^= value >> 33
        value = value * factor & MASK
    return value ^ value >> 33


def slots(value, segment):
    # 21 bits for each third, and the fingerprint from all bits.
    return [part * segment + ((value >> 21 * part & 0x1FFFFF) * segment >> 21) for part in range(3)]


def fingerprint(value):
    return (value ^ value >> 32 ^ value >> 56) & 0xFF


def xor_filter(words):
    hashes = sorted({word_hash(word) for word in words})
    segment = int(len(hashes) * 1.23 / 3) + 32
    while True:
        table = peel(hashes, segment)
        if table:
            return table
        segment += 16


def peel(hashes, segment):
    count, combined = [0] * (3 * segment), [0] * (3 * segment)
    for value in hashes:
        for slot in slots(value, segment):
            count[slot] += 1
            combined[slot] ^= value
    single = [slot for slot in range(3 * segment) if count[slot] == 1]
    order = []
    while single:
        slot = single.pop()
        if count[slot] != 1:
            continue
        value = combined[slot]
        order.append((value, slot))
        for other in slots(value, segment):
            count[other] -= 1
            combined[other] ^= value
            if count[other] == 1:
                single.append(other)
    if len(order) != len(hashes):
        return None
    table = bytearray(3 * segment)
    for value, slot in reversed(order):
        table[slot] = 0
        first, second, third = slots(value, segment)
        table[slot] = fingerprint(value) ^ table[first] ^ table[second] ^ table[third]
    return bytes(table)


def main():
    dialects = ("english", "american", "british")
    ordinary = {word for word in lists([f"{d}-words" for d in dialects], WORD_SIZES) if word.islower()}
    proper = lists([f"{d}-{kind}" for d in dialects for kind in ("upper", "proper-names")], PROPER_SIZES)
    known = names()
    words = ordinary | {word.lower() for word in proper if word.lower() not in known} | set(BRANDS.split())
    text = base64.b64encode(xor_filter(words)).decode()
    rows = [text[start : start + BYTES_A_LINE] for start in range(0, len(text), BYTES_A_LINE)]
    body = " \\\n".join(f"        {row}" for row in rows).replace(" \\\n", "\\\n")
    (NAMES / "OrdinaryWords+Table.swift").write_text(
        "// Made by scripts/ordinary-words.py, which says how; where the words come from: `Provenance.swift`.\n\n"
        "extension OrdinaryWords {\n"
        "    /// The filter's fingerprints in base64 (RFC 4648 §4).\n"
        f'    static let table: StaticString = """\n{body}\n        """\n}}\n'
    )
    print(len(words), "words")


main()
