// SPDX-License-Identifier: Apache-2.0
package io.nephometer.openstack.api;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.nephometer.openstack.ScriptedCloud;
import io.nephometer.runtime.config.ByteSize;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The question for all images, of which every test of what goes wrong asks one. */
final class Images {
    static final String IMAGE = "{\"id\": \"i1\", \"status\": \"active\", \"news\": {\"a\": [1, {\"b\": null}]}}";
    static final String IMAGES = "{\"images\": [" + IMAGE + "]}";

    private Images() {}

    static ApiException failure(ScriptedCloud cloud) {
        return catchThrowableOfType(ApiException.class, () -> images(cloud));
    }

    static List<String> images(ScriptedCloud cloud) throws ApiException {
        List<String> ids = new ArrayList<>();
        cloud.client().glance().images(Reason.IMAGE, image -> ids.add(image.id()));
        return ids;
    }

    static ApiSettings settings(int largest, ApiBudget images) {
        ApiSettings defaults = ApiSettings.defaults();
        return new ApiSettings(
                defaults.connectTimeout(),
                defaults.responseTimeout(),
                defaults.bodyTimeout(),
                1,
                defaults.firstPause(),
                defaults.longestPause(),
                new ByteSize(largest),
                defaults.budgetWait(),
                defaults.budget(),
                Map.of("image", images));
    }
}
