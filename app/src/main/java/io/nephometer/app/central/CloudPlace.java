// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.central;

import io.nephometer.openstack.access.CloudAccess;
import java.net.URI;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Which cloud is asked, and which region of it, as a text: the same for all who name Keystone alike. */
final class CloudPlace {
    private static final Pattern VERSION = Pattern.compile("(/v3)?/*$");
    private static final int HTTPS = 443;
    private static final int HTTP = 80;

    private CloudPlace() {}

    /** As whom one logs in does not matter. */
    static String of(CloudAccess access) {
        URI keystone = access.authUrl();
        String scheme = lower(keystone.getScheme());
        int usual = scheme.equals("https") ? HTTPS : HTTP;
        int port = keystone.getPort() < 0 ? usual : keystone.getPort();
        String path = keystone.getPath() == null
                ? ""
                : VERSION.matcher(keystone.getPath()).replaceFirst("");
        String region = access.region();
        return scheme + "://" + lower(keystone.getHost()) + ":" + port + path + " " + (region == null ? "" : region);
    }

    private static String lower(@Nullable String part) {
        return part == null ? "" : part.toLowerCase(Locale.ROOT);
    }
}
