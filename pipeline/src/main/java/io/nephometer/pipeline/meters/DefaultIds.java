// SPDX-License-Identifier: Apache-2.0
package io.nephometer.pipeline.meters;

import io.nephometer.pipeline.grammar.FieldExpression;
import io.nephometer.pipeline.jsonpath.JsonPath;
import io.nephometer.pipeline.jsonpath.JsonPathSyntaxException;

/**
 * Whose a sample is if its definition finds no one. The bar binds tighter than the dot, so these look for the second name below
 * the first: plain ids of the request's context are not found. Ceilometer has it so, and bills depend on it.
 */
final class DefaultIds {
    static final FieldExpression USER = path("ctxt.user_id|ctxt.user");
    static final FieldExpression PROJECT = path("ctxt.project_id|ctxt.tenant_id");

    private DefaultIds() {}

    private static FieldExpression path(String path) {
        try {
            return new FieldExpression.Selected(JsonPath.parse(path));
        } catch (JsonPathSyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
