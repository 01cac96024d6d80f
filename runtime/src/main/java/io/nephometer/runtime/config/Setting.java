// SPDX-License-Identifier: Apache-2.0
package io.nephometer.runtime.config;

import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One component of a configuration record, as its user sees it.
 *
 * @param component as in Java
 * @param key as in the file
 * @param nullable whether it may be left out without a default
 * @param defaultText as in the file; null if there is none
 * @param example for the sample file; null if there is none
 */
record Setting(
        RecordComponent component,
        String key,
        SettingType type,
        String doc,
        boolean nullable,
        @Nullable String defaultText,
        @Nullable String example,
        @Nullable Between between) {

    /** The settings of a record, in the order of its components. */
    static List<Setting> of(Class<? extends Record> record) {
        List<Setting> settings = new ArrayList<>();
        for (RecordComponent component : record.getRecordComponents()) {
            AnnotatedType annotated = component.getAnnotatedType();
            settings.add(new Setting(
                    component,
                    key(component.getName()),
                    SettingType.of(component.getGenericType()),
                    Objects.requireNonNullElse(text(component, Doc.class, Doc::value), ""),
                    annotated.isAnnotationPresent(Nullable.class),
                    text(component, Default.class, Default::value),
                    text(component, Example.class, Example::value),
                    component.getAnnotation(Between.class)));
        }
        return settings;
    }

    /** A name of Java as a key of the file: {@code maxMessages} is {@code max_messages}. */
    static String key(String name) {
        return name.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
    }

    /** Whether the file must set it. */
    boolean required() {
        return defaultText == null && !nullable && !(type instanceof SettingType.Nested);
    }

    /** The bounds in words, or empty. */
    String bounds() {
        Between bounds = between;
        if (bounds == null) {
            return "";
        }
        if (bounds.max().isEmpty()) {
            return "at least " + bounds.min();
        }
        return bounds.min().isEmpty() ? "at most " + bounds.max() : bounds.min() + " to " + bounds.max();
    }

    private static <A extends Annotation> @Nullable String text(
            RecordComponent component, Class<A> type, Function<A, String> value) {
        A annotation = component.getAnnotation(type);
        return annotation == null ? null : value.apply(annotation);
    }
}
