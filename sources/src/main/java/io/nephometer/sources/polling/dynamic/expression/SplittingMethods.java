// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.dynamic.expression;

import io.nephometer.runtime.json.PythonString;
import io.nephometer.sources.polling.dynamic.expression.value.Arguments;
import io.nephometer.sources.polling.dynamic.expression.value.Budget;
import io.nephometer.sources.polling.dynamic.expression.value.Fault;
import io.nephometer.sources.polling.dynamic.expression.value.Numbers;
import io.nephometer.sources.polling.dynamic.expression.value.Tuple;
import io.nephometer.sources.polling.dynamic.expression.value.Types;
import java.util.ArrayList;
import java.util.List;

/** Methods that cut a text. */
final class SplittingMethods {
    static final List<Function> ALL = List.of(
            Function.of("split", 1, 3, (arguments, budget) -> split(arguments, false, budget))
                    .naming("sep", "maxsplit"),
            Function.of("rsplit", 1, 3, (arguments, budget) -> split(arguments, true, budget))
                    .naming("sep", "maxsplit"),
            Function.of("partition", 2, 2, SplittingMethods::partition),
            Function.of("splitlines", 1, 1, (arguments, budget) -> lines(TextMethods.text(arguments, 0), budget)));

    private static final String LINE_ENDS = "\n\u000b\f\u001c\u001d\u001e\u0085\u2028\u2029";

    private SplittingMethods() {}

    private static List<String> split(Arguments arguments, boolean fromEnd, Budget budget) {
        String text = TextMethods.text(arguments, 0);
        Object separator = arguments.atOr(1, "sep", null);
        int most = Numbers.index(arguments.atOr(2, "maxsplit", -1L));
        int cuts = most < 0 ? Integer.MAX_VALUE : most;
        if (separator == null) {
            budget.items(text.length());
            return fromEnd ? atBlanksFromEnd(text, cuts) : atBlanks(text, cuts);
        }
        if (!(separator instanceof String mark)) {
            throw Fault.type("split wants a text, not " + Types.name(separator));
        }
        if (mark.isEmpty()) {
            throw new Fault(Fault.Kind.VALUE, "split at a text that is empty");
        }
        budget.search(text.length(), mark.length());
        budget.items(text.length());
        return fromEnd ? atFromEnd(text, mark, cuts) : at(text, mark, cuts);
    }

    private static List<String> at(String text, String mark, int cuts) {
        List<String> parts = new ArrayList<>();
        int start = 0;
        for (int end = text.indexOf(mark); end >= 0 && parts.size() < cuts; end = text.indexOf(mark, start)) {
            parts.add(text.substring(start, end));
            start = end + mark.length();
        }
        parts.add(text.substring(start));
        return parts;
    }

    private static List<String> atFromEnd(String text, String mark, int cuts) {
        List<String> parts = new ArrayList<>();
        int end = text.length();
        for (int start = lastBefore(text, mark, end);
                start >= 0 && parts.size() < cuts;
                start = lastBefore(text, mark, end)) {
            parts.add(text.substring(start + mark.length(), end));
            end = start;
        }
        parts.add(text.substring(0, end));
        return parts.reversed();
    }

    private static int lastBefore(String text, String mark, int end) {
        return end < mark.length() ? -1 : text.lastIndexOf(mark, end - mark.length());
    }

    /** At runs of white space; none at the ends. */
    private static List<String> atBlanks(String text, int cuts) {
        List<String> parts = new ArrayList<>();
        int at = skip(text, 0, true);
        while (at < text.length()) {
            int end = parts.size() == cuts ? text.length() : skip(text, at, false);
            parts.add(text.substring(at, end));
            at = skip(text, end, true);
        }
        return parts;
    }

    private static List<String> atBlanksFromEnd(String text, int cuts) {
        List<String> parts = new ArrayList<>();
        int end = lastSolid(text, text.length());
        while (end > 0) {
            int start = end;
            while (start > 0 && parts.size() < cuts && !PythonString.isSpace(text.charAt(start - 1))) {
                start--;
            }
            boolean isRest = parts.size() >= cuts;
            parts.add(text.substring(isRest ? 0 : start, end));
            end = isRest ? 0 : lastSolid(text, start);
        }
        return parts.reversed();
    }

    /** The first place from {@code at} on that is no blank, or that is one. */
    private static int skip(String text, int at, boolean blanks) {
        int next = at;
        while (next < text.length() && PythonString.isSpace(text.charAt(next)) == blanks) {
            next++;
        }
        return next;
    }

    /** The end of what is left of {@code end} without blanks behind it. */
    private static int lastSolid(String text, int end) {
        int last = end;
        while (last > 0 && PythonString.isSpace(text.charAt(last - 1))) {
            last--;
        }
        return last;
    }

    private static Tuple partition(Arguments arguments, Budget budget) {
        String text = TextMethods.text(arguments, 0);
        String mark = TextMethods.text(arguments, 1);
        if (mark.isEmpty()) {
            throw new Fault(Fault.Kind.VALUE, "partition wants a text that is not empty");
        }
        budget.search(text.length(), mark.length());
        int at = text.indexOf(mark);
        return new Tuple(
                at < 0
                        ? List.of(text, "", "")
                        : List.of(text.substring(0, at), mark, text.substring(at + mark.length())));
    }

    private static List<String> lines(String text, Budget budget) {
        budget.items(text.length());
        List<String> lines = new ArrayList<>();
        int start = 0;
        for (int i = 0; i < text.length(); i++) {
            boolean isReturn = text.charAt(i) == '\r';
            if (isReturn || LINE_ENDS.indexOf(text.charAt(i)) >= 0) {
                lines.add(text.substring(start, i));
                i += isReturn && text.startsWith("\n", i + 1) ? 1 : 0;
                start = i + 1;
            }
        }
        if (start < text.length()) {
            lines.add(text.substring(start));
        }
        return lines;
    }
}
