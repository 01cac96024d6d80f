// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.dynamic.expression;

import io.nephometer.runtime.json.PythonString;
import io.nephometer.sources.polling.dynamic.expression.value.Arguments;
import io.nephometer.sources.polling.dynamic.expression.value.BraceFormat;
import io.nephometer.sources.polling.dynamic.expression.value.Budget;
import io.nephometer.sources.polling.dynamic.expression.value.Fault;
import io.nephometer.sources.polling.dynamic.expression.value.Iterables;
import io.nephometer.sources.polling.dynamic.expression.value.Numbers;
import io.nephometer.sources.polling.dynamic.expression.value.Texts;
import io.nephometer.sources.polling.dynamic.expression.value.Tuple;
import io.nephometer.sources.polling.dynamic.expression.value.Types;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.function.BiPredicate;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/** Methods of texts, but for those that cut them into lists. */
final class TextMethods {
    static final List<Function> ALL = List.of(
            Function.of("lower", 1, 1, (arguments, _) -> text(arguments, 0).toLowerCase(Locale.ROOT)),
            Function.of("upper", 1, 1, (arguments, _) -> text(arguments, 0).toUpperCase(Locale.ROOT)),
            Function.of("isdigit", 1, 1, (arguments, _) -> isDigits(text(arguments, 0))),
            Function.of("strip", 1, 2, (arguments, budget) -> stripped(arguments, true, true, budget)),
            Function.of("lstrip", 1, 2, (arguments, budget) -> stripped(arguments, true, false, budget)),
            Function.of("rstrip", 1, 2, (arguments, budget) -> stripped(arguments, false, true, budget)),
            Function.of("startswith", 2, 2, (arguments, _) -> anyOf(arguments, String::startsWith)),
            Function.of("endswith", 2, 2, (arguments, _) -> anyOf(arguments, String::endsWith)),
            Function.of("removeprefix", 2, 2, (arguments, _) -> {
                String text = text(arguments, 0);
                return text.startsWith(text(arguments, 1))
                        ? text.substring(text(arguments, 1).length())
                        : text;
            }),
            Function.of("removesuffix", 2, 2, (arguments, _) -> {
                String text = text(arguments, 0);
                int end = text.length() - text(arguments, 1).length();
                return text.endsWith(text(arguments, 1)) ? text.substring(0, end) : text;
            }),
            Function.of("find", 2, 2, (arguments, budget) -> found(arguments, false, budget)),
            Function.of("rfind", 2, 2, (arguments, budget) -> found(arguments, true, budget)),
            Function.of("index", 2, 2, TextMethods::index),
            Function.of("count", 2, 2, TextMethods::count),
            Function.of("replace", 3, 4, TextMethods::replaced),
            Function.of("zfill", 2, 2, TextMethods::filled),
            Function.of("join", 2, 2, TextMethods::joined),
            new Function("format", 1, Function.MANY, null, TextMethods::formatted, null));

    private TextMethods() {}

    /** An argument that must be a text; the first is what the method was called on. */
    static String text(Arguments arguments, int index) {
        if (arguments.at(index) instanceof String text) {
            return text;
        }
        throw Fault.type("a text is wanted, not " + Types.name(arguments.at(index)));
    }

    private static boolean isDigits(String text) {
        return !text.isEmpty() && text.codePoints().allMatch(Character::isDigit);
    }

    private static String stripped(Arguments arguments, boolean left, boolean right, Budget budget) {
        String text = text(arguments, 0);
        String characters = arguments.atOr(1, null) == null ? "" : text(arguments, 1);
        budget.search(text.length(), characters.length());
        IntPredicate isStripped =
                arguments.atOr(1, null) == null ? PythonString::isSpace : c -> characters.indexOf(c) >= 0;
        int start = 0;
        int end = text.length();
        while (left && start < end && isStripped.test(text.codePointAt(start))) {
            start += Character.charCount(text.codePointAt(start));
        }
        while (right && end > start && isStripped.test(text.codePointBefore(end))) {
            end -= Character.charCount(text.codePointBefore(end));
        }
        return text.substring(start, end);
    }

    private static boolean anyOf(Arguments arguments, BiPredicate<String, String> test) {
        String text = text(arguments, 0);
        if (arguments.at(1) instanceof Tuple(var parts)) {
            return parts.stream().anyMatch(part -> test.test(text, text(Arguments.of(part), 0)));
        }
        return test.test(text, text(arguments, 1));
    }

    private static long found(Arguments arguments, boolean last, Budget budget) {
        String text = text(arguments, 0);
        String part = text(arguments, 1);
        budget.search(text.length(), part.length());
        int at = last ? text.lastIndexOf(part) : text.indexOf(part);
        return at < 0 ? -1 : Texts.index(text, at);
    }

    private static Object index(Arguments arguments, Budget budget) {
        long at = found(arguments, false, budget);
        if (at < 0) {
            throw new Fault(Fault.Kind.VALUE, "index of a text that is not there");
        }
        return at;
    }

    private static Object count(Arguments arguments, Budget budget) {
        String text = text(arguments, 0);
        String part = text(arguments, 1);
        budget.search(text.length(), part.length());
        if (part.isEmpty()) {
            return Texts.length(text) + 1L;
        }
        long count = 0;
        for (int at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + part.length())) {
            count++;
        }
        return count;
    }

    private static Object replaced(Arguments arguments, Budget budget) {
        int most = Numbers.index(arguments.atOr(3, -1L));
        return Texts.replaced(text(arguments, 0), text(arguments, 1), text(arguments, 2), most, budget);
    }

    private static Object filled(Arguments arguments, Budget budget) {
        String text = text(arguments, 0);
        int missing = Math.max(Numbers.index(arguments.at(1)) - Texts.length(text), 0);
        budget.text((long) missing + text.length());
        boolean signed = text.startsWith("-") || text.startsWith("+");
        return (signed ? text.substring(0, 1) : "") + "0".repeat(missing) + (signed ? text.substring(1) : text);
    }

    private static Object joined(Arguments arguments, Budget budget) {
        String separator = text(arguments, 0);
        StringBuilder joined = new StringBuilder();
        Iterator<@Nullable Object> items = Iterables.of(arguments.at(1), budget);
        while (items.hasNext()) {
            int before = joined.length();
            if (!(items.next() instanceof String text)) {
                throw Fault.type("join wants texts; write str(…) around what is none");
            }
            joined.append(text).append(items.hasNext() ? separator : "");
            budget.grown(before, joined.length());
        }
        return joined.toString();
    }

    private static Object formatted(Arguments arguments, Budget budget) {
        return new BraceFormat(text(arguments, 0), arguments.rest(), budget).text();
    }
}
