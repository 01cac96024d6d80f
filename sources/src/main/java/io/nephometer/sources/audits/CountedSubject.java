// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.audits;

/**
 * What is counted of by itself: a part of an instance.
 *
 * @param part an interface, a volume; it may have any characters
 */
public record CountedSubject(String instance, String part) {
    /** As {@link #text} wrote it. */
    public static CountedSubject of(String text) {
        int end = text.indexOf('/');
        return new CountedSubject(text.substring(0, end), text.substring(end + 1));
    }

    /** What it is called in the book, and in the ids of its events. */
    public String text() {
        return instance + "/" + part;
    }
}
