// SPDX-License-Identifier: Apache-2.0
package io.nephometer.openstack.keystone;

import io.nephometer.openstack.api.AnswerException;
import io.nephometer.openstack.api.ApiException;
import io.nephometer.openstack.api.ApiRequest;
import io.nephometer.openstack.api.JsonCursor;
import io.nephometer.openstack.api.Reason;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads from Keystone what is no token. Thread-safe. */
public final class KeystoneClient {
    private final ServiceClient service;

    /** Asks nothing yet. */
    public KeystoneClient(ServiceClient service) {
        this.service = service;
    }

    /**
     * Hands over every project of every domain, as Keystone writes it; it does so in one page.
     *
     * @param enabledOnly whether disabled projects are left out
     * @throws ApiException also if Keystone cuts the list off, by its {@code list_limit}
     */
    public void projects(boolean enabledOnly, Reason reason, Consumer<Map<String, @Nullable Object>> each)
            throws ApiException {
        ApiRequest request = ApiRequest.of("projects", reason).with("enabled", enabledOnly ? "true" : null);
        service.get(request, root -> {
            root.fields(field -> field(root, field, each));
            return true;
        });
    }

    private static void field(JsonCursor root, String field, Consumer<Map<String, @Nullable Object>> each)
            throws AnswerException {
        switch (field) {
            case "projects" -> root.items(() -> each.accept(root.object()));
            case "truncated" -> refuseIf(root.truth(), root);
            default -> {}
        }
    }

    private static void refuseIf(boolean isCutOff, JsonCursor root) throws AnswerException {
        if (isCutOff) {
            throw root.wrong("the list of projects is cut off by Keystone's list_limit; raise it");
        }
    }
}
