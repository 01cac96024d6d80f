// SPDX-License-Identifier: Apache-2.0
package io.nephometer.pipeline.events;

import io.nephometer.model.TraitValue;
import io.nephometer.pipeline.grammar.FieldException;
import io.nephometer.pipeline.grammar.FieldExpression;
import org.jspecify.annotations.Nullable;

/** Where a trait comes from and what it is. */
public record TraitDefinition(String name, TraitType type, FieldExpression field) {
    /**
     * The trait's value for a notification; null if the notification has none.
     *
     * @throws FieldException if the notification has something that is not of the type
     */
    @Nullable TraitValue value(Object tree) {
        Object found = field.first(tree);
        return found == null || type.isNothing(found) ? null : type.convert(found);
    }

    /** Why the notification gives no such trait. */
    public String absence(Object tree) {
        return field.first(tree) == null ? field.absence(tree) : "is an empty text";
    }
}
