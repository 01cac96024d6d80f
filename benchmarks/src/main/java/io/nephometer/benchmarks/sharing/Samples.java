// SPDX-License-Identifier: Apache-2.0
package io.nephometer.benchmarks.sharing;

import io.nephometer.inventory.Answer;
import io.nephometer.inventory.Answer.Origin;
import io.nephometer.inventory.Instance;
import io.nephometer.inventory.cache.HostInventory;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;

/** Compares the metadata of every sample with how it was. */
final class Samples {
    private final Truth truth;
    private final Duration allowed;
    private final Ages ages = new Ages();
    private long correct;
    private long undated;
    private long untold;
    private long ofDomain;
    private long wrong;

    Samples(Truth truth, Duration allowed) {
        this.truth = truth;
        this.allowed = allowed;
    }

    /**
     * The samples of one cycle.
     *
     * @param running the domains on the host, each of which gives one
     * @param asker who had asked Nova for what the inventory knows
     */
    void take(String host, HostInventory inventory, Set<String> running, Asker asker, Instant now) {
        Answer<Map<String, Instance>> known = inventory.instancesOf(host);
        if (known.origin() == Origin.NONE) {
            ofDomain += running.size();
            return;
        }
        ages.add(known.age(), running.size());
        for (String id : running) {
            Instance instance = known.value().get(id);
            if (instance != null) {
                judge(instance, asker, now);
            } else if (truth.mayBeUnknown(id, host, now, allowed)) {
                ofDomain++;
            } else {
                wrong++;
            }
        }
    }

    private void judge(Instance instance, Asker asker, Instant now) {
        switch (truth.judge(instance, asker, now, allowed)) {
            case TRUE -> correct++;
            case UNDATED -> undated++;
            case UNTOLD -> untold++;
            case FALSE -> wrong++;
        }
    }

    Ages ages() {
        return ages;
    }

    /** As it was at some moment within the allowed age. */
    long correct() {
        return correct;
    }

    /** As it was before a change that Nova does not date. */
    long undated() {
        return undated;
    }

    /** Right, but for the id of a flavor that was gone before anybody could ask Nova for it. */
    long untold() {
        return untold;
    }

    /** Not known from the cloud yet; the domain's own description tells what there is. */
    long ofDomain() {
        return ofDomain;
    }

    long wrong() {
        return wrong;
    }

    long total() {
        return correct + undated + untold + ofDomain + wrong;
    }
}
