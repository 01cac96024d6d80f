// SPDX-License-Identifier: Apache-2.0
package io.nephometer.openstack.nova;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which servers to list. What is null does not narrow the list.
 *
 * @param allProjects of all projects, for which Nova wants an administrator; else of the token's project alone
 * @param host on this host; Nova ignores it <em>silently</em> for anybody but an administrator
 * @param changedSince whose {@code updated} is not before; then deleted ones are listed too. Fractions of a second are cut off
 * @param changedBefore whose {@code updated} is not after; from microversion 2.66 on
 * @param deleted only deleted ones, or only those that are not
 * @param pageSize entries per request; Nova silently gives at most its own bound (1000)
 * @param after the id of a server: the list begins behind it
 */
public record ServerQuery(
        boolean allProjects,
        @Nullable String host,
        @Nullable Instant changedSince,
        @Nullable Instant changedBefore,
        @Nullable Boolean deleted,
        @Nullable String status,
        @Nullable String projectId,
        @Nullable Integer pageSize,
        @Nullable String after) {
    public ServerQuery {
        if (pageSize != null && pageSize < 1) {
            throw new IllegalArgumentException("a page has at least one entry: " + pageSize);
        }
    }

    /** Every server of the cloud that is not deleted. */
    public static ServerQuery all() {
        return new ServerQuery(true, null, null, null, null, null, null, null, null);
    }

    /** Every server of one host that is not deleted. */
    public static ServerQuery ofHost(String host) {
        return all().onHost(host);
    }

    public ServerQuery onHost(String host) {
        return new ServerQuery(
                allProjects, host, changedSince, changedBefore, deleted, status, projectId, pageSize, after);
    }

    public ServerQuery changedSince(Instant since) {
        return new ServerQuery(allProjects, host, since, changedBefore, deleted, status, projectId, pageSize, after);
    }

    public ServerQuery changedBefore(Instant before) {
        return new ServerQuery(allProjects, host, changedSince, before, deleted, status, projectId, pageSize, after);
    }

    public ServerQuery deleted(boolean only) {
        return new ServerQuery(
                allProjects, host, changedSince, changedBefore, only, status, projectId, pageSize, after);
    }

    public ServerQuery withStatus(String status) {
        return new ServerQuery(
                allProjects, host, changedSince, changedBefore, deleted, status, projectId, pageSize, after);
    }

    /** Of one project, seen as an administrator. */
    public ServerQuery ofProject(String projectId) {
        return new ServerQuery(
                allProjects, host, changedSince, changedBefore, deleted, status, projectId, pageSize, after);
    }

    /** Of the token's own project, for which no administrator is needed. */
    public ServerQuery ofOwnProject() {
        return new ServerQuery(false, host, changedSince, changedBefore, deleted, status, projectId, pageSize, after);
    }

    public ServerQuery inPagesOf(int size) {
        return new ServerQuery(allProjects, host, changedSince, changedBefore, deleted, status, projectId, size, after);
    }

    public ServerQuery after(String serverId) {
        return new ServerQuery(
                allProjects, host, changedSince, changedBefore, deleted, status, projectId, pageSize, serverId);
    }
}
