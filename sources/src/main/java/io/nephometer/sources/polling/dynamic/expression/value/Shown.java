// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.dynamic.expression.value;

import io.nephometer.runtime.json.PythonFloat;
import io.nephometer.runtime.json.PythonString;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The text that Python makes of a value. */
public final class Shown {
    /** Of whole numbers, as Python. */
    private static final int MOST_DIGITS = 4_300;

    private final StringBuilder text = new StringBuilder();
    private final Budget budget;

    private Shown(Budget budget) {
        this.budget = budget;
    }

    /** {@code str(value)}: a text as it is, anything else as {@link #repr}. */
    public static String str(@Nullable Object value, Budget budget) {
        return value instanceof String text ? text : repr(value, budget);
    }

    /** {@code repr(value)}: {@code None}, {@code 1.0}, {@code 'text'}, {@code ['a', 1]}. */
    public static String repr(@Nullable Object value, Budget budget) {
        Shown shown = new Shown(budget);
        shown.append(value);
        return shown.text.toString();
    }

    private void append(@Nullable Object value) {
        int before = text.length();
        budget.enter();
        switch (value) {
            case null -> text.append("None");
            case Boolean truth -> text.append(truth ? "True" : "False");
            case String string -> PythonString.quote(string, text);
            case Double number -> text.append(PythonFloat.repr(number));
            case Number number -> text.append(digits(number));
            case List<?> list -> appendAll("[", list, "]");
            case Tuple tuple -> appendAll("(", tuple.items(), tuple.items().size() == 1 ? ",)" : ")");
            case Map<?, ?> map -> appendMap(map);
            case View view -> appendAll(view.name() + "([", view.items(), "])");
            default -> throw Fault.type("a " + Types.name(value) + " has no text; make a list of it");
        }
        budget.leave();
        budget.grown(before, text.length());
    }

    /** Of a whole number. */
    static String digits(Number number) {
        String digits = number.toString();
        if (digits.length() > MOST_DIGITS) {
            throw new Fault(Fault.Kind.VALUE, "a whole number of more than " + MOST_DIGITS + " digits");
        }
        return digits;
    }

    private void appendAll(String before, Collection<?> items, String after) {
        text.append(before);
        String separator = "";
        for (Object item : items) {
            text.append(separator);
            append(item);
            separator = ", ";
        }
        text.append(after);
    }

    private void appendMap(Map<?, ?> map) {
        text.append('{');
        String separator = "";
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            text.append(separator);
            append(entry.getKey());
            text.append(": ");
            append(entry.getValue());
            separator = ", ";
        }
        text.append('}');
    }
}
