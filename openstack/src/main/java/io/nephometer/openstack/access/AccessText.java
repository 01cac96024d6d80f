// SPDX-License-Identifier: Apache-2.0
package io.nephometer.openstack.access;

import io.nephometer.openstack.api.ServiceType;
import java.util.Optional;

/** A place where {@link AccessKey}s are written: a file, the environment. */
interface AccessText {
    /** Its name, for messages. */
    String source();

    /** The full name under which a key stands there, or would have to: {@code clouds.prod.auth.username}, {@code OS_USERNAME}. */
    String name(AccessKey key);

    /** What is written; empty texts are as good as none. */
    Optional<String> find(AccessKey key);

    /** The full name of the URL that is used for a service instead of what the catalog says. */
    String name(ServiceType service);

    /** That URL. */
    Optional<String> find(ServiceType service);
}
