// SPDX-License-Identifier: Apache-2.0
package io.nephometer.simulator.cloud;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Flavors and images by id. Not thread-safe. */
final class Catalogue {
    private final Map<String, Flavor> flavors = new TreeMap<>();
    private final Map<String, Image> images = new TreeMap<>();
    private int flavorNumber;

    void put(Flavor flavor) {
        flavors.put(flavor.id(), flavor);
    }

    void put(Image image) {
        images.put(image.id(), image);
    }

    int nextFlavorNumber() {
        return ++flavorNumber;
    }

    Optional<Flavor> flavor(String id) {
        return Optional.ofNullable(flavors.get(id));
    }

    Optional<Image> image(String id) {
        return Optional.ofNullable(images.get(id));
    }

    Optional<Flavor> removeFlavor(String id) {
        return Optional.ofNullable(flavors.remove(id));
    }

    Optional<Image> removeImage(String id) {
        return Optional.ofNullable(images.remove(id));
    }

    /** By id, as Nova sorts them. */
    List<Flavor> flavors() {
        return List.copyOf(flavors.values());
    }

    /** By id. */
    List<Image> images() {
        return List.copyOf(images.values());
    }
}
