// SPDX-License-Identifier: Apache-2.0
package io.nephometer.pipeline.polled;

import io.nephometer.runtime.config.Secret;
import io.nephometer.runtime.signature.MessageSignature;
import io.nephometer.runtime.signature.SignatureDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Signatures that must be there and be right. */
record RequiredSignatures(Secret secret) implements SampleSignatures {
    @Override
    public void check(int index, Map<?, ?> sample) throws BadPolledSampleException {
        if (!MessageSignature.with(secret.reveal()).isRightFor(sample)) {
            throw new BadPolledSampleException((index == SLOT ? "slot " : "samples[" + index + "] ")
                    + (sample.containsKey(MessageSignature.FIELD)
                            ? "has a " + MessageSignature.FIELD
                                    + " that is not ours: another secret, or a changed sample"
                            : "has no " + MessageSignature.FIELD + ", and samples must be signed here"));
        }
    }

    @Override
    public void checkTogether(Map<?, ?> slot, List<?> samples) throws BadPolledSampleException {
        List<String> signatures = new ArrayList<>(samples.size());
        for (Object sample : samples) {
            signatures.add(String.valueOf(sample instanceof Map<?, ?> map ? map.get(MessageSignature.FIELD) : null));
        }
        if (!SignatureDigest.of(signatures).equals(slot.get(SignatureDigest.FIELD))) {
            throw new BadPolledSampleException("slot was signed with other samples than these "
                    + samples.size() + ": its " + SignatureDigest.FIELD
                    + (slot.containsKey(SignatureDigest.FIELD)
                            ? " is of others"
                            : " is absent, which is so of agents that are older than their collectors"));
        }
    }
}
