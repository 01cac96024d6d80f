// SPDX-License-Identifier: Apache-2.0
package io.nephometer.openstack.access;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/** Addresses of services, which are printed and logged: none may carry a password. */
final class WebAddress {
    /** What is expected instead of one that names a user. */
    static final String NO_USER = "expected no user or password in the URL";

    private WebAddress() {}

    static boolean namesUser(@Nullable URI uri) {
        return uri != null && uri.getRawUserInfo() != null;
    }

    /** With three stars instead of user and password. */
    static String masked(URI uri) {
        return String.valueOf(uri).replaceFirst("//[^/]*@", "//***@");
    }
}
