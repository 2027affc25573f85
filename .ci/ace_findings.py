"""Prints what an Ace report finds wrong; exits 1 if that is anything."""

import json
import sys

with open(sys.argv[1], encoding="utf-8") as file:
    report = json.load(file)
if "earl:result" not in report:
    sys.exit("this is no report of Ace")
found = [
    (document["earl:testSubject"]["url"], assertion["earl:test"])
    for document in report.get("assertions", [])
    for assertion in document.get("assertions", [])
    if assertion["earl:result"]["earl:outcome"] == "fail"
]
for url, test in found:
    print(f"{url}: {test['dct:title']} ({test.get('earl:impact', 'no impact told')})")
print(f"Ace: {len(found)} violations")
sys.exit(bool(found))
