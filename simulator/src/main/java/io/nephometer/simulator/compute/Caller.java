// SPDX-License-Identifier: Apache-2.0
package io.nephometer.simulator.compute;

import io.nephometer.simulator.http.Query;
import io.nephometer.simulator.identity.Session;

/**
 * Who asks, and how.
 *
 * @param project that of the token
 * @param path without the query
 */
record Caller(String project, boolean isAdmin, Microversion version, String path, Query query) {
    static Caller of(Session session, Microversion version, String path, Query query) {
        String project = session.project() == null ? "" : session.project().id();
        return new Caller(project, session.isAdmin(), version, path, query);
    }

    boolean isAtLeast(int minor) {
        return version.isAtLeast(minor);
    }
}
