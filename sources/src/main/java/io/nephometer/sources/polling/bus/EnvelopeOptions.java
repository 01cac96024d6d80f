// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.bus;

import io.nephometer.model.Incarnation;
import io.nephometer.runtime.config.Secret;
import org.jspecify.annotations.Nullable;

/**
 * How measurements are written.
 *
 * @param sampleSource the {@code source} of each sample: Ceilometer's {@code sample_source}, the name of the cloud
 * @param maxSamples how many samples a message holds at most
 * @param maxBytes about how large a message becomes at most; one sample alone may be larger
 * @param bare whether samples go without metadata, for collectors of ours alone
 * @param secret signs each sample, shared with who verifies it; null for no signatures
 * @param incarnation which run of the member measures; null if that is not told
 */
public record EnvelopeOptions(
        String sampleSource,
        int maxSamples,
        int maxBytes,
        boolean bare,
        @Nullable Secret secret,
        @Nullable Incarnation incarnation) {
    private static final int LEAST_BYTES = 4 << 10;
    /** RabbitMQ takes 16 MiB from version 4 on, if nobody changes it. */
    private static final int MOST_BYTES = 12 << 20;

    public EnvelopeOptions {
        if (maxSamples < 1) {
            throw new IllegalArgumentException("a message holds at least one sample, not " + maxSamples);
        }
        if (maxBytes < LEAST_BYTES || maxBytes > MOST_BYTES) {
            throw new IllegalArgumentException("a message may have 4 KiB to 12 MiB, not " + maxBytes + " bytes");
        }
        if (secret != null && secret.reveal().isBlank()) {
            throw new IllegalArgumentException("to sign samples takes a secret; an empty one signs nothing");
        }
    }

    /** Source {@code openstack}, 500 samples, 1 MiB, no signatures. */
    public static EnvelopeOptions defaults() {
        return new EnvelopeOptions("openstack", 500, 1 << 20, false, null, null);
    }

    public EnvelopeOptions withSecret(Secret other) {
        return new EnvelopeOptions(sampleSource, maxSamples, maxBytes, bare, other, incarnation);
    }

    public EnvelopeOptions withMaxSamples(int other) {
        return new EnvelopeOptions(sampleSource, other, maxBytes, bare, secret, incarnation);
    }

    public EnvelopeOptions withMaxBytes(int other) {
        return new EnvelopeOptions(sampleSource, maxSamples, other, bare, secret, incarnation);
    }

    /** Without metadata. */
    public EnvelopeOptions withoutMetadata() {
        return new EnvelopeOptions(sampleSource, maxSamples, maxBytes, true, secret, incarnation);
    }

    /** Says with each slot which run of the member measured. */
    public EnvelopeOptions by(Incarnation run) {
        return new EnvelopeOptions(sampleSource, maxSamples, maxBytes, bare, secret, run);
    }
}
