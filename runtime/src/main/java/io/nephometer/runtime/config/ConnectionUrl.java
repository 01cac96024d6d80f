// SPDX-License-Identifier: Apache-2.0
package io.nephometer.runtime.config;

import java.util.regex.Pattern;

/**
 * The address of a server or a file, which may carry a password: {@code postgresql://me:word@host/db},
 * {@code amqp://me:word@one:5672,me:word@two:5672/vhost}, {@code sqlite:/path}. It prints without the password.
 */
public final class ConnectionUrl {
    /** What {@link #ConnectionUrl} takes, for error messages. */
    static final String EXPECTED =
            "an address that begins with its scheme, such as sqlite:/path or postgresql://host/db";

    private static final Pattern SCHEME = Pattern.compile("[a-z][a-z0-9+.-]*:.+", Pattern.DOTALL);
    /** Rather hides too much than too little: a password may hold what it should not, such as a slash. */
    private static final Pattern USER_INFO = Pattern.compile("(//|,)([^:/@,]*):.*?@(?=[^@/]*(?:[/,]|$))");

    private static final Pattern PARAMETER =
            Pattern.compile("(?i)([?&;][^=&;]*(?:password|secret|token)[^=&;]*=)[^&;]*");

    private final String value;

    public ConnectionUrl(String value) {
        if (!SCHEME.matcher(value).matches()) {
            throw new IllegalArgumentException(EXPECTED);
        }
        this.value = value;
    }

    /** The address with its password, for the one place that connects. */
    public String reveal() {
        return value;
    }

    /** What stands before the first colon. */
    public String scheme() {
        return value.substring(0, value.indexOf(':'));
    }

    static String mask(String url) {
        return PARAMETER.matcher(USER_INFO.matcher(url).replaceAll("$1$2:***@")).replaceAll("$1***");
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ConnectionUrl url && url.value.equals(value);
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    /** The address with three stars in place of each password. */
    @Override
    public String toString() {
        return mask(value);
    }
}
