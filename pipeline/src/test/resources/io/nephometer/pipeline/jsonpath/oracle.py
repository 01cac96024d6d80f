# SPDX-License-Identifier: Apache-2.0
"""Answers, for each line {"path": text, "tree": value}, what jsonpath-rw-ext finds: a line with {"matches": [[path, repr], ...]},
{"raises": message} or {"syntax": message}."""
import contextlib
import io
import json
import sys

import ply.lex
import ply.yacc


def once(build):
    # The library rebuilds its tables for every path, which takes a tenth of a second.
    made = []

    def cached(*args, **kwargs):
        if not made:
            made.append(build(*args, **kwargs))
        return made[0]

    return cached


lexer = once(ply.lex.lex)
ply.lex.lex = lambda *args, **kwargs: lexer(*args, **kwargs).clone()
ply.yacc.yacc = once(ply.yacc.yacc)

from jsonpath_rw_ext import parser  # noqa: E402  (after the tables have been made to stay)


def answer(case):
    try:
        with contextlib.redirect_stdout(io.StringIO()):
            path = parser.ExtentedJsonPathParser().parse(case["path"])
    except Exception as e:
        return {"syntax": repr(e)}
    try:
        return {"matches": [[str(m.full_path), repr(m.value)] for m in path.find(case["tree"])]}
    except Exception as e:
        return {"raises": repr(e)}


for line in sys.stdin:
    print(json.dumps(answer(json.loads(line))), flush=True)
