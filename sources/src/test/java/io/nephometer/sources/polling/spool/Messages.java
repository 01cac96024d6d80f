// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.spool;

import io.nephometer.model.Slot;
import io.nephometer.sources.polling.bus.BusObserver;
import io.nephometer.sources.polling.bus.CarryReport;
import io.nephometer.sources.polling.bus.CarryReport.Trouble;
import io.nephometer.sources.polling.bus.MessageCarrier;
import io.nephometer.sources.polling.bus.PollingMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Messages, and a bus that takes them or not. */
final class Messages implements MessageCarrier, BusObserver {
    static final Instant START = Instant.parse("2026-11-22T10:00:00Z");

    final List<String> carried = new ArrayList<>();
    final List<String> bodies = new ArrayList<>();
    boolean isDown;
    /** After so many more messages it is down; negative for never. */
    int left = -1;

    private Function<List<PollingMessage>, @Nullable CarryReport> refusing = _ -> null;

    long delivered;
    long undelivered;
    long spooled;
    long drained;
    final Map<String, Integer> lost = new TreeMap<>();
    long lostSamples;
    long failed;
    long damaged;

    /** The message of the n-th minute, with 10 samples and a body of about that size. */
    static PollingMessage message(int number, int size) {
        Slot slot = new Slot("s", Duration.ofMinutes(1), START.plusSeconds(60L * number));
        return new PollingMessage("id-" + number, slot, "cmp1", 10, "é" + "x".repeat(size));
    }

    static List<PollingMessage> messages(int from, int to, int size) {
        return IntStream.rangeClosed(from, to)
                .mapToObj(number -> message(number, size))
                .toList();
    }

    static List<String> ids(List<PollingMessage> messages) {
        return messages.stream().map(PollingMessage::id).toList();
    }

    static List<String> ids(int from, int to) {
        return IntStream.rangeClosed(from, to)
                .mapToObj(number -> "id-" + number)
                .toList();
    }

    /** All slots of these. */
    static Map<Loss, Long> wholly(List<Loss> losses) {
        return losses.stream().collect(Collectors.toMap(loss -> loss, Loss::slots));
    }

    @Override
    public CarryReport carry(List<PollingMessage> messages) {
        CarryReport refused = refusing.apply(messages);
        if (refused != null) {
            return refused;
        }
        int taken = isDown ? 0 : left < 0 ? messages.size() : Math.min(left, messages.size());
        left = left < 0 ? left : left - taken;
        carried.addAll(ids(messages.subList(0, taken)));
        messages.subList(0, taken).forEach(message -> bodies.add(message.body()));
        List<PollingMessage> rest = messages.subList(taken, messages.size());
        return rest.isEmpty() ? CarryReport.delivered() : new CarryReport(rest, Trouble.UNREACHABLE, "down");
    }

    /** A broker that refuses all that is sent together with this message. */
    void refuse(String id, Trouble why) {
        refusing = messages -> ids(messages).contains(id) ? new CarryReport(messages, why, "not " + id) : null;
    }

    /** A broker that takes nothing. */
    void refuseAll(Trouble why) {
        refusing = messages -> new CarryReport(messages, why, "nothing");
    }

    /** A broker that takes nothing in which this stands, nor what is sent together with it. */
    void refuseText(String text, Trouble why) {
        refusing = messages -> {
            List<PollingMessage> rest = messages.stream()
                    .dropWhile(message -> !message.body().contains(text))
                    .toList();
            return rest.isEmpty() ? null : new CarryReport(messages, why, "not " + text);
        };
    }

    @Override
    public void delivered(int messages, int samples, long bytes) {
        delivered += messages;
    }

    @Override
    public void undelivered(Trouble why, int messages) {
        undelivered += messages;
    }

    @Override
    public void spooled(int messages, long bytes) {
        spooled += messages;
    }

    @Override
    public void drained(int messages) {
        drained += messages;
    }

    @Override
    public void lost(String reason, int messages, long samples) {
        lost.merge(reason, messages, Integer::sum);
        lostSamples += samples;
    }

    @Override
    public void spoolFailed(int messages) {
        failed += messages;
    }

    @Override
    public void damaged(long bytes) {
        damaged += bytes;
    }
}
