// SPDX-License-Identifier: Apache-2.0
package io.nephometer.openstack.access;

import java.util.List;
import java.util.Locale;

/** What says where and as whom to log in, by the names that all of OpenStack's clients know. */
enum AccessKey {
    AUTH_TYPE,
    AUTH_URL,
    USERNAME,
    USER_ID,
    USER_DOMAIN_NAME,
    USER_DOMAIN_ID,
    PASSWORD,
    APPLICATION_CREDENTIAL_ID,
    APPLICATION_CREDENTIAL_NAME,
    APPLICATION_CREDENTIAL_SECRET,
    PROJECT_NAME("tenant_name"),
    PROJECT_ID("tenant_id"),
    PROJECT_DOMAIN_NAME,
    PROJECT_DOMAIN_ID,
    DOMAIN_NAME,
    DOMAIN_ID,
    SYSTEM_SCOPE,
    REGION_NAME,
    INTERFACE("endpoint_type"),
    CACERT,
    VERIFY,
    INSECURE;

    @SuppressWarnings("ImmutableEnumChecker") // an unmodifiable list of texts
    private final List<String> oldNames;

    AccessKey(String... oldNames) {
        this.oldNames = List.of(oldNames);
    }

    /** In files: {@code auth_url}. */
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What it was called in old files. */
    List<String> oldNames() {
        return oldNames;
    }

    /** Whether it stands below {@code auth} in {@code clouds.yaml}. */
    boolean isOfAuth() {
        return compareTo(AUTH_URL) >= 0 && compareTo(SYSTEM_SCOPE) <= 0;
    }
}
