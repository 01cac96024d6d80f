// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.spool;

import io.nephometer.sources.polling.bus.CarryReport;
import io.nephometer.sources.polling.bus.CarryReport.Trouble;
import io.nephometer.sources.polling.bus.CountingCarrier;
import io.nephometer.sources.polling.bus.PollingMessage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tells a message that the broker can never take from a broker that takes nothing. What may be the fault of a message is sent alone.
 * Then it is the message's if it is refused again while others get through: once more if the broker says that it is the message's, again and
 * again if not. Where nothing gets through nothing is believed, since a broker, or a ledger, may say the same of every message; if that is so
 * because nothing else is sent, somebody has to send something ({@link #isStuck}). For one thread.
 */
final class Suspicion {
    /** The broker says that it cannot take such a message. Between any two of these and those below, others got through. */
    private static final int MOST_UNACCEPTABLE = 2;
    /** It says that it did not take it. */
    private static final int MOST_REFUSED = 5;
    /** The same where a network that comes and goes looks alike. */
    private static final int MOST_FAILED = 10;

    /** Whose fault it is. */
    enum Verdict {
        /** Try again later. */
        BUS,
        /** Perhaps the first message's: send it alone, at once. */
        LOOK_CLOSER,
        /** The first message's. */
        MESSAGE
    }

    private final CountingCarrier carrier;
    /** So many are sent one by one. */
    private int alone;

    private @Nullable String suspect;
    private int refusals;
    /** How often in a row it was refused while nothing else got through. */
    private int vain;

    private long deliveredBefore;

    Suspicion(CountingCarrier carrier) {
        this.carrier = carrier;
    }

    /** How many may be sent together. */
    int most(int batch) {
        return alone > 0 ? 1 : batch;
    }

    void delivered(int messages) {
        alone = Math.max(0, alone - messages);
    }

    /** @param batch what was sent; its first undelivered is the oldest of the spool */
    Verdict refused(List<PollingMessage> batch, CarryReport report) {
        int most = most(report.trouble());
        if (most == 0) {
            return Verdict.BUS;
        }
        if (batch.size() > 1) {
            alone = batch.size();
            return report.trouble() == Trouble.UNACCEPTABLE ? Verdict.LOOK_CLOSER : Verdict.BUS;
        }
        count(batch.getFirst().id());
        if (refusals < most) {
            return Verdict.BUS;
        }
        suspect = null;
        alone = Math.max(0, alone - 1);
        return Verdict.MESSAGE;
    }

    private void count(String id) {
        long delivered = carrier.delivered();
        if (!id.equals(suspect)) {
            suspect = id;
            refusals = 1;
            vain = 0;
        } else if (delivered > deliveredBefore) {
            refusals++;
            vain = 0;
        } else {
            vain++;
        }
        deliveredBefore = delivered;
    }

    /** Whether the oldest is refused again and again, and nothing else gets through by which it could be judged. */
    boolean isStuck() {
        return suspect != null && vain >= MOST_FAILED;
    }

    /** Whether a message may be the reason, as opposed to the bus. */
    static boolean mayBeOfMessage(CarryReport report) {
        return most(report.trouble()) > 0;
    }

    /** How often it happens to a message until it is the message's fault; 0 for what is never a message's fault. */
    private static int most(@Nullable Trouble trouble) {
        return switch (trouble) {
            case UNACCEPTABLE -> MOST_UNACCEPTABLE;
            case REFUSED, FAILED -> MOST_REFUSED;
            case UNCONFIRMED, UNREACHABLE -> MOST_FAILED;
            // Said of the broker, the exchange or the right to it, which are the same for every message.
            case BLOCKED, NO_EXCHANGE, NOT_PERMITTED, UNROUTABLE -> 0;
            case null -> 0;
        };
    }
}
