// SPDX-License-Identifier: Apache-2.0
package io.nephometer.simulator.identity;

import io.nephometer.simulator.http.Response;
import java.util.LinkedHashMap;
import java.util.Map;

/** How requests without a valid token are refused, by Keystone itself and by what stands before the other services. */
public final class Refusal {
    private Refusal() {}

    /**
     * The answer to a request without a valid token.
     *
     * @param keystone its URL
     */
    public static Response unauthorized(String keystone) {
        return error(401, "Unauthorized", "The request you have made requires authentication.")
                .with("WWW-Authenticate", "Keystone uri=\"" + keystone + "\"");
    }

    static Response error(int code, String title, String message) {
        Map<String, Object> error = new LinkedHashMap<>();
        error.put("code", code);
        error.put("message", message);
        error.put("title", title);
        return Response.json(code, Map.of("error", error));
    }
}
