// SPDX-License-Identifier: Apache-2.0
package io.nephometer.simulator.cloud;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What operators and users do with flavors and images. Servers keep theirs when these are gone. Thread-safe. */
public final class Offers {
    private final Cloud cloud;
    private final @Nullable Instant tick;

    Offers(Cloud cloud) {
        this(cloud, null);
    }

    private Offers(Cloud cloud, @Nullable Instant tick) {
        this.cloud = cloud;
        this.tick = tick;
    }

    /** The same as of an instant of the past on the hosts' clock: how life catches up. */
    Offers asOf(Instant instant) {
        return new Offers(cloud, instant);
    }

    private Instant now() {
        return tick == null ? cloud.now() : cloud.controllerTime(tick);
    }

    /** Adds a flavor. The API of flavors tells the legacy bus nothing. */
    public Flavor createFlavor(
            String name, int vcpus, int ram, int disk, int ephemeral, Map<String, String> extraSpecs) {
        return cloud.inside(in -> {
            int number = in.catalogue().nextFlavorNumber();
            String id = number <= 2 ? Integer.toString(number) : cloud.ids().uuid("flavor/" + number);
            int swap = ephemeral > 0 ? 512 : 0;
            Flavor flavor = new Flavor(number, id, name, vcpus, ram, disk, ephemeral, swap, Map.copyOf(extraSpecs));
            in.catalogue().put(flavor);
            return flavor;
        });
    }

    /** Takes a flavor away; asked for by id it is 404 from now on. */
    public void deleteFlavor(String id) {
        cloud.inside(in -> in.catalogue().removeFlavor(id).isPresent());
    }

    /** Adds an image, and says so. */
    public Image createImage(String name, Project owner, boolean isPublic, Map<String, String> properties) {
        return cloud.inside(in -> {
            Instant now = now();
            Instant stamp = now.truncatedTo(ChronoUnit.SECONDS);
            String id = cloud.ids().uuid("image/" + name);
            long size = 65_536L * (1 + Math.floorMod(id.hashCode(), 64));
            Image image = new Image(id, name, owner, isPublic, size, 1, 0, stamp, stamp, Map.copyOf(properties));
            in.catalogue().put(image);
            in.say(new CloudEvent.OfImage(now, "image.create", image, "queued"));
            in.say(new CloudEvent.OfImage(now, "image.update", image, "saving"));
            in.say(new CloudEvent.OfImage(now, "image.prepare", image, "saving"));
            in.say(new CloudEvent.OfImage(now, "image.upload", image, "active"));
            in.say(new CloudEvent.OfImage(now, "image.activate", image, "active"));
            return image;
        });
    }

    /** Takes an image away, and says so; asked for by id it is 404 from now on. */
    public void deleteImage(String id) {
        cloud.inside(in -> {
            in.catalogue()
                    .removeImage(id)
                    .ifPresent(image -> in.say(new CloudEvent.OfImage(now(), "image.delete", image, "deleted")));
            return id;
        });
    }
}
