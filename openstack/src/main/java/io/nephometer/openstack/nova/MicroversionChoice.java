// SPDX-License-Identifier: Apache-2.0
package io.nephometer.openstack.nova;

import io.nephometer.openstack.api.AnswerException;
import io.nephometer.openstack.api.ApiException;
import io.nephometer.openstack.api.ApiRequest;
import io.nephometer.openstack.api.JsonCursor;
import io.nephometer.openstack.api.Reason;
import io.nephometer.openstack.keystone.ServiceClient;
import org.jspecify.annotations.Nullable;

/** The newest microversion that Nova and we know both. Thread-safe: at worst two threads ask Nova the same. */
final class MicroversionChoice {
    /** We have read the answers of all from here … */
    static final Microversion OLDEST = new Microversion(2, 1);

    /** … to here. */
    static final Microversion NEWEST = new Microversion(2, 93);

    private static final int NOT_ACCEPTABLE = 406;

    private final ServiceClient service;
    private volatile @Nullable Microversion newest;

    MicroversionChoice(ServiceClient service) {
        this.service = service;
    }

    /** A question in the microversion that is in use. */
    @FunctionalInterface
    interface Question<T> {
        T ask(Microversion version) throws ApiException;
    }

    /** Takes what the same Nova told somebody else, so that it need not be asked. */
    void assume(Microversion told) {
        if (newest == null && told.isAtLeast(OLDEST)) {
            newest = told.isAtLeast(NEWEST) ? NEWEST : told;
        }
    }

    /** The one in use; null if Nova was not asked yet. */
    @Nullable Microversion known() {
        return newest;
    }

    /** Asks in the newest one. A Nova that no longer takes it, being another than before, is asked once more which it takes. */
    <T> T ask(Question<T> question) throws ApiException {
        boolean assumed = newest != null;
        try {
            return question.ask(upTo(NEWEST));
        } catch (ApiException e) {
            if (!assumed || e.status().orElse(0) != NOT_ACCEPTABLE) {
                throw e;
            }
            newest = null;
            return question.ask(upTo(NEWEST));
        }
    }

    /** The newest that is not newer than {@code limit}. */
    Microversion upTo(Microversion limit) throws ApiException {
        Microversion known = newest;
        if (known == null) {
            known = service.get(ApiRequest.of("", Reason.VERSION), root -> root.field("version", this::choice));
            newest = known;
        }
        return known.isAtLeast(limit) ? limit : known;
    }

    /** Of the version document of the endpoint; one without microversions (v2.0) says empty texts. */
    private Microversion choice(JsonCursor version) throws AnswerException {
        Range range = new Range();
        version.fields(field -> {
            switch (field) {
                case "version" -> range.max = microversion(version);
                case "min_version" -> range.min = microversion(version);
                default -> {}
            }
        });
        if (range.max == null || !range.max.isAtLeast(OLDEST)) {
            throw version.wrong("this Nova speaks no microversions; the endpoint must be one of v2.1");
        }
        Microversion choice = range.max.isAtLeast(NEWEST) ? NEWEST : range.max;
        if (range.min != null && !choice.isAtLeast(range.min)) {
            throw version.wrong("this Nova speaks microversion " + range.min + " and newer, we at most " + NEWEST);
        }
        return choice;
    }

    private static @Nullable Microversion microversion(JsonCursor json) throws AnswerException {
        String text = json.textIfAny();
        try {
            return text == null ? null : Microversion.parse(text);
        } catch (IllegalArgumentException e) {
            throw json.wrong("expected a microversion, found another text");
        }
    }

    private static final class Range {
        private @Nullable Microversion min;
        private @Nullable Microversion max;
    }
}
