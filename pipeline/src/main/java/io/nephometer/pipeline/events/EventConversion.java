// SPDX-License-Identifier: Apache-2.0
package io.nephometer.pipeline.events;

import io.nephometer.model.Event;

/** What a notification became as an event. */
public sealed interface EventConversion {
    /** An event. */
    record Converted(Event event) implements EventConversion {}

    /** No event: no definition is for this type and such types are dropped, or the priority is one that gives no events. */
    record Unmatched() implements EventConversion {}

    /**
     * No event, though there should be one.
     *
     * @param trait the name of the trait that could not be made
     * @param detail what was expected and what was found
     */
    record Failed(String trait, String detail) implements EventConversion {}
}
