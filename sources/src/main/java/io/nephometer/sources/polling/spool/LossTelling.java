// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.spool;

import io.nephometer.sources.polling.bus.CarryReport;
import io.nephometer.sources.polling.bus.CountingCarrier;
import io.nephometer.sources.polling.bus.PollingEnvelope;
import io.nephometer.sources.polling.bus.PollingMessage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Tells what a spool has lost, as a shortfall of each slot of which it is known. What others take and this cannot be told is given up like a
 * message, and keeps nobody waiting meanwhile. For one thread.
 */
final class LossTelling {
    private final Spool spool;
    private final CountingCarrier carrier;
    private final PollingEnvelope envelope;
    private final String member;
    private final int batch;
    private final Suspicion suspicion;
    private boolean reluctant;

    /**
     * Tells nothing yet.
     *
     * @param member in whose name is told what an earlier version lost, which did not write down whose it was
     * @param batch how many slots are told at once
     */
    LossTelling(Spool spool, CountingCarrier carrier, PollingEnvelope envelope, String member, int batch) {
        this.spool = spool;
        this.carrier = carrier;
        this.envelope = envelope;
        this.member = member;
        this.batch = batch;
        this.suspicion = new Suspicion(carrier);
    }

    /** What is said of one slot, the first of its loss being number 0. */
    private record Tale(Loss loss, long number, PollingMessage message) {}

    /** Tells what can be told; false if nothing is taken now. */
    boolean tell() throws InterruptedException {
        reluctant = false;
        List<Tale> some = next();
        while (!some.isEmpty()) {
            CarryReport report = carrier.carry(messages(some));
            told(some, report);
            if (!report.isDelivered() && !isDecided(some, report)) {
                reluctant = true;
                return Suspicion.mayBeOfMessage(report);
            }
            some = next();
        }
        return true;
    }

    /** Whether something is left that was not taken when it was told last. */
    boolean isReluctant() {
        return reluctant;
    }

    private List<Tale> next() {
        int most = suspicion.most(batch);
        List<Tale> some = new ArrayList<>();
        for (Loss loss : spool.untoldLosses()) {
            for (long number = 0; number < loss.slots() && some.size() < most; number++) {
                some.add(new Tale(loss, number, message(loss, number)));
            }
        }
        return some;
    }

    /** One: there are no samples in it. */
    private PollingMessage message(Loss loss, long number) {
        String whose = loss.member().isEmpty() ? member : loss.member();
        return envelope.write(loss.told(number, whose)).getFirst();
    }

    private static List<PollingMessage> messages(List<Tale> tales) {
        return tales.stream().map(Tale::message).toList();
    }

    private void told(List<Tale> some, CarryReport report) {
        int done = report.isDelivered()
                ? some.size()
                : messages(some).indexOf(report.undelivered().getFirst());
        Map<Loss, Long> slots = new LinkedHashMap<>();
        some.subList(0, done).forEach(tale -> slots.put(tale.loss(), tale.number() + 1));
        if (done > 0) {
            spool.told(slots);
            suspicion.delivered(done);
        }
    }

    /** Whether it can go on at once. */
    private boolean isDecided(List<Tale> some, CarryReport report) {
        return switch (suspicion.refused(messages(some), report)) {
            case BUS -> false;
            case LOOK_CLOSER -> true;
            case MESSAGE -> {
                spool.giveUp(some.getFirst().loss(), some.getFirst().message(), report.detail());
                yield true;
            }
        };
    }
}
