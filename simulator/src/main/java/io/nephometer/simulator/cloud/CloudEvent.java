// SPDX-License-Identifier: Apache-2.0
package io.nephometer.simulator.cloud;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Something that a service tells the bus about. */
public sealed interface CloudEvent {
    /** When, on the controllers' clock. */
    Instant at();

    /** The event type, such as {@code compute.instance.create.end}. */
    String type();

    /**
     * About a server.
     *
     * @param publisher such as {@code compute.compute-0001}
     * @param server as it was then
     * @param extra what this type tells beside the server: plain JSON values, instants, a flavor
     */
    record OfServer(Instant at, String type, String publisher, Server server, Map<String, @Nullable Object> extra)
            implements CloudEvent {}

    /**
     * About an image.
     *
     * @param status of the image then
     */
    record OfImage(Instant at, String type, Image image, String status) implements CloudEvent {}
}
