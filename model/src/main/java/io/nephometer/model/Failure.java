// SPDX-License-Identifier: Apache-2.0
package io.nephometer.model;

/**
 * Why a message, or a part of it, waits in recovery.
 *
 * @param step where it failed
 * @param kind what kind of failure it was; becomes a metric label and groups the recovery list
 * @param detail for a human: which key, which value, what was expected
 */
public record Failure(Step step, Kind kind, String detail) {
    /** The steps of a message's way, in order. */
    public enum Step {
        DECODE,
        EVENT,
        METERS,
        STORE
    }

    /** The kinds of failure. */
    public enum Kind {
        NOT_UTF8,
        NOT_JSON,
        TOO_LARGE,
        TOO_DEEP,
        NOT_AN_ENVELOPE,
        UNSUPPORTED_ENVELOPE_VERSION,
        MISSING_MESSAGE_ID,
        MISSING_EVENT_TYPE,
        MISSING_TIMESTAMP,
        BAD_TIMESTAMP,
        OUTSIDE_TIME_WINDOW,
        WRONG_TYPE,
        UNKNOWN_PRIORITY,
        BAD_POLLED_SAMPLE,
        EVENT_CONVERSION,
        METER_CONVERSION,
        EVENT_REJECTED,
        SAMPLES_REJECTED,
        /** A source of polling has as many members as it may have. */
        TOO_MANY_MEMBERS,
        /** A defect of this program; the message that shows it is kept. */
        UNEXPECTED,
        /** The id is known with another content. */
        CONFLICT
    }
}
