// SPDX-License-Identifier: Apache-2.0
package io.nephometer.simulator.identity;

import io.nephometer.simulator.cloud.Project;
import io.nephometer.simulator.cloud.User;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a token stands for.
 *
 * @param project null if it is unscoped
 * @param method {@code password}, {@code application_credential} or {@code token}
 * @param issued in whole seconds
 */
public record Session(
        User user, @Nullable Project project, String method, String auditId, Instant issued, Instant expires) {
    /** Whether it may do what administrators may. */
    public boolean isAdmin() {
        return user.admin() && project != null;
    }
}
