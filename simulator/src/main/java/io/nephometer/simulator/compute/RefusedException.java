// SPDX-License-Identifier: Apache-2.0
package io.nephometer.simulator.compute;

import io.nephometer.simulator.http.Response;
import java.util.LinkedHashMap;
import java.util.Map;

/** Nova answers with an error. */
final class RefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;

    /** @param message as Nova puts it */
    RefusedException(int status, String message) {
        super(message, null, false, false);
        this.status = status;
    }

    Response response() {
        Map<String, Object> fault = new LinkedHashMap<>();
        fault.put("code", status);
        fault.put("message", String.valueOf(getMessage()));
        Response json = Response.json(status, Map.of(kind(), fault));
        return json.with("Content-Type", "application/json; charset=UTF-8");
    }

    private String kind() {
        return switch (status) {
            case 400 -> "badRequest";
            case 403 -> "forbidden";
            case 404 -> "itemNotFound";
            default -> "computeFault";
        };
    }
}
