// SPDX-License-Identifier: Apache-2.0
package io.nephometer.runtime.config;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;

/** The shape of a setting's value. */
sealed interface SettingType {
    /** One value. */
    record One(ScalarType type) implements SettingType {}

    /** A record of further settings. */
    record Nested(Class<? extends Record> type) implements SettingType {}

    /** A list. */
    record Many(SettingType element) implements SettingType {}

    /** A map from texts. */
    record Keyed(SettingType element) implements SettingType {}

    /** Reads the shape from Java's type; one that configuration does not know is a mistake of the programmer. */
    static SettingType of(Type type) {
        if (type instanceof ParameterizedType generic) {
            Type[] arguments = generic.getActualTypeArguments();
            if (generic.getRawType() == List.class) {
                return new Many(of(arguments[0]));
            }
            if (generic.getRawType() == Map.class && arguments[0] == String.class) {
                return new Keyed(of(arguments[1]));
            }
        }
        if (type instanceof Class<?> raw) {
            if (raw.isRecord() && raw != ByteSize.class) {
                return new Nested(raw.asSubclass(Record.class));
            }
            ScalarType scalar = ScalarType.of(raw);
            if (scalar != null) {
                return new One(scalar);
            }
        }
        throw new IllegalStateException("no configuration setting can have the type " + type.getTypeName());
    }

    /** For the reference page. */
    default String describe() {
        return switch (this) {
            case One(ScalarType type) -> type.name();
            case Nested _ -> "section";
            case Many(SettingType element) -> "list of " + element.describe();
            case Keyed(SettingType element) -> "map of " + element.describe();
        };
    }
}
