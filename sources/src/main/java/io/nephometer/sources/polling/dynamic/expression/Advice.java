// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.dynamic.expression;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What to write instead of what Python has and we do not. */
final class Advice {
    private static final String NO_CODE = "expressions only reckon with the values they are given";

    private static final Map<String, String> ON_NAMES = Map.ofEntries(
            Map.entry("re", "there are no regular expressions; write split, partition, replace, find or in"),
            Map.entry("json", "the answer is read already; choose another of response_handlers"),
            Map.entry("range", "write enumerate(…) to count items, or a slice to take some"),
            Map.entry("set", "write sorted(…) for an order, or a comprehension with a condition"),
            Map.entry("frozenset", "write a list"),
            Map.entry("type", "write isinstance(value, list)"),
            Map.entry("reversed", "write […][::-1]"),
            Map.entry("next", "write list(…)[0]"),
            Map.entry("iter", "write list(…)"),
            Map.entry("repr", "write '{!r}'.format(…)"),
            Map.entry("pow", "write **"),
            Map.entry("divmod", "write // and %"),
            Map.entry("hex", "write '{:x}'.format(…)"),
            Map.entry("format", "write '{:…}'.format(…)"),
            Map.entry("datetime", "there are no dates"),
            Map.entry("time", "there are no dates"),
            Map.entry("math", "write round, abs, //, %"));

    private static final Set<String> CODE = Set.of(
            "__import__",
            "eval",
            "exec",
            "compile",
            "open",
            "print",
            "input",
            "globals",
            "locals",
            "vars",
            "dir",
            "getattr",
            "setattr",
            "hasattr",
            "os",
            "sys",
            "subprocess",
            "object",
            "super");

    private static final Map<String, String> ON_METHODS = Map.ofEntries(
            Map.entry("encode", "texts stay texts"),
            Map.entry("decode", "texts stay texts"),
            Map.entry("title", "write upper or lower"),
            Map.entry("capitalize", "write value[:1].upper() + value[1:].lower()"),
            Map.entry("ljust", "write '{:<8}'.format(…)"),
            Map.entry("rjust", "write '{:>8}'.format(…)"),
            Map.entry("center", "write '{:^8}'.format(…)"),
            Map.entry("rindex", "write rfind"),
            Map.entry("rpartition", "write rsplit(…, 1)"),
            Map.entry("isnumeric", "write isdigit"),
            Map.entry("isdecimal", "write isdigit"),
            Map.entry("copy", "nothing is ever changed, so no copy is needed"),
            Map.entry("has_key", "write in"),
            Map.entry("sort", "write sorted(…)"),
            Map.entry("reverse", "write …[::-1]"),
            Map.entry("append", "nothing can be changed; write … + […]"),
            Map.entry("extend", "nothing can be changed; write … + …"),
            Map.entry("pop", "nothing can be changed; write …[-1] or get"),
            Map.entry("update", "nothing can be changed; write dict(…, key=…)"));

    private Advice() {}

    static @Nullable String onName(String name) {
        return CODE.contains(name) ? NO_CODE : ON_NAMES.get(name);
    }

    static @Nullable String onMethod(String name) {
        return name.startsWith("__") ? NO_CODE : ON_METHODS.get(name);
    }
}
