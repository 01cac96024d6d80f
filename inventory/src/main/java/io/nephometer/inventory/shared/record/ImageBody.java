// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory.shared.record;

import io.nephometer.openstack.glance.Image;
import io.nephometer.runtime.json.Json;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How an image is written. */
public final class ImageBody {
    private ImageBody() {}

    public static String write(Told<Image> told) {
        return Json.write(Told.fields(told, ImageBody::fields));
    }

    public static Told<Image> read(String body) throws BodyException {
        return Told.read(BodyFields.parse("image", body), ImageBody::read);
    }

    private static Map<String, @Nullable Object> fields(Image image) {
        return new BodyWriter()
                .put("id", image.id())
                .put("n", image.name())
                .put("s", image.status())
                .put("o", image.owner())
                .put("v", image.visibility())
                .put("cf", image.containerFormat())
                .put("df", image.diskFormat())
                .put("sz", image.sizeBytes())
                .put("md", image.minDiskGiB())
                .put("mr", image.minRamMiB())
                .put("c", image.created())
                .put("u", image.updated())
                .put("x", image.properties())
                .fields();
    }

    private static Image read(BodyFields body) throws BodyException {
        return new Image(
                body.text("id"),
                body.textOrNull("n"),
                body.text("s"),
                body.textOrNull("o"),
                body.textOrNull("v"),
                body.textOrNull("cf"),
                body.textOrNull("df"),
                body.numberOrNull("sz"),
                body.integer("md"),
                body.integer("mr"),
                body.timeOrNull("c"),
                body.timeOrNull("u"),
                body.texts("x"));
    }
}
