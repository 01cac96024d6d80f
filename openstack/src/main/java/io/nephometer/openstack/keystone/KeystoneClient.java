// SPDX-License-Identifier: Apache-2.0
package io.nephometer.openstack.keystone;

import io.nephometer.openstack.api.AnswerException;
import io.nephometer.openstack.api.ApiException;
import io.nephometer.openstack.api.ApiRequest;
import io.nephometer.openstack.api.JsonCursor;
import io.nephometer.openstack.api.Reason;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
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
     * @param enabledOnly whether projects are left out that are disabled, or whose domain is
     * @throws ApiException also if Keystone cuts the list off, by its {@code list_limit}
     */
    public void projects(boolean enabledOnly, Reason reason, Consumer<Map<String, @Nullable Object>> each)
            throws ApiException {
        if (!enabledOnly) {
            list("projects", false, reason, each);
            return;
        }
        Set<@Nullable Object> domains = new HashSet<>();
        list("domains", true, reason, domain -> domains.add(domain.get("id")));
        list("projects", true, reason, project -> {
            if (domains.contains(project.get("domain_id"))) {
                each.accept(project);
            }
        });
    }

    /**
     * Hands over every user of every domain that Keystone may tell of, as it writes them; it does so in one page.
     *
     * @throws ApiException also if Keystone cuts the list off, by its {@code list_limit}
     */
    public void users(Reason reason, Consumer<Map<String, @Nullable Object>> each) throws ApiException {
        list("users", false, reason, each);
    }

    private void list(
            String collection, boolean enabledOnly, Reason reason, Consumer<Map<String, @Nullable Object>> each)
            throws ApiException {
        ApiRequest request = ApiRequest.of(collection, reason).with("enabled", enabledOnly ? "true" : null);
        service.get(request, root -> {
            root.fields(field -> field(root, field, collection, each));
            return true;
        });
    }

    private static void field(
            JsonCursor root, String field, String collection, Consumer<Map<String, @Nullable Object>> each)
            throws AnswerException {
        if (field.equals(collection)) {
            root.items(() -> each.accept(root.object()));
        } else if (field.equals("truncated")) {
            refuseIf(root.truth(), collection, root);
        }
    }

    private static void refuseIf(boolean isCutOff, String collection, JsonCursor root) throws AnswerException {
        if (isCutOff) {
            throw root.wrong("the list of " + collection + " is cut off by Keystone's list_limit; raise it");
        }
    }
}
