// SPDX-License-Identifier: Apache-2.0
package io.nephometer.model;

/**
 * One audit that is done once.
 *
 * @param task what is audited, as Nova calls its task
 * @param scope the part of the cloud, such as {@code instances/7}
 * @param period of what
 */
public record AuditKey(String task, String scope, Period period) {
    public AuditKey {
        if (task.isBlank() || scope.isBlank()) {
            throw new IllegalArgumentException("an audit has a task and a scope, not '" + task + "', '" + scope + "'");
        }
    }
}
