// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.dynamic.run;

import io.nephometer.sources.polling.dynamic.definition.DefinitionOptions;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** What is sent with a request to show who asks. */
@FunctionalInterface
public interface Authentication {
    /** The known ones by {@code module.object}. */
    Map<String, Authentication> KNOWN =
            Map.of(DefinitionOptions.BASIC, Authentication::basic, DefinitionOptions.NONE, _ -> Map.of());

    /** Headers made of the parameters. */
    Map<String, String> headers(List<String> parameters);

    private static Map<String, String> basic(List<String> parameters) {
        String pair = String.join(":", parameters);
        return Map.of(
                "Authorization", "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)));
    }
}
