// SPDX-License-Identifier: Apache-2.0
package io.nephometer.openstack.access;

import io.nephometer.runtime.config.Secret;
import org.jspecify.annotations.Nullable;

/** As whom to log in. */
public sealed interface Credentials {
    /** What must not be shown. */
    Secret secret();

    /**
     * User and password.
     *
     * @param domain of the user; needed with a name alone
     */
    record Password(Named user, @Nullable Named domain, Secret password) implements Credentials {
        @Override
        public Secret secret() {
            return password;
        }
    }

    /**
     * An application credential, which is bound to its project and may be narrower than its user.
     *
     * @param user null if the credential is given by id
     * @param domain of the user; needed with a user's name alone
     */
    record ApplicationCredential(
            Named credential,
            @Nullable Named user,
            @Nullable Named domain,
            Secret secret) implements Credentials {}
}
