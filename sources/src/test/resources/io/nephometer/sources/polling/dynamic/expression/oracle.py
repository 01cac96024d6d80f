# SPDX-License-Identifier: Apache-2.0
"""Answers, for each line {"expression": text, "names": {name: value}}, what Python makes of it: a line with {"value": repr} or
{"raises": name of the exception}."""
import json
import sys


def answer(case):
    try:
        return {"value": repr(eval(case["expression"], dict(case["names"])))}
    except Exception as e:
        return {"raises": type(e).__name__}


for line in sys.stdin:
    print(json.dumps(answer(json.loads(line))), flush=True)
