// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.spool;

import io.nephometer.sources.polling.bus.PollingMessage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One file of a spool: records, appended by the process that made it and read from the front. Not thread-safe. */
final class Segment implements AutoCloseable {
    private final SegmentFile file;
    /** Damaged stretches that are passed over: where they begin, and where they end. */
    private final Map<Long, Long> gaps = new HashMap<>();
    /** Where the records end. */
    private long end;
    /** Where the next record to read begins. */
    private long position;

    private Content unread = new Content();

    /** Messages that are not read. */
    private static final class Content {
        /** What dropping them would lose; what was read since it was counted is in it too. */
        private final LossList losses = new LossList();

        private int messages;
        private long samples;

        void add(PollingMessage message) {
            messages++;
            samples += message.samples();
            losses.add(Loss.one(LossReason.SPOOL_OVERFLOW, message.member(), message.slot(), message.samples()));
        }
    }

    private Segment(SegmentFile file) {
        this.file = file;
    }

    /** A new file, for its owner alone. */
    static Segment create(Path path, Disk disk) throws IOException {
        return new Segment(SegmentFile.create(path, disk));
    }

    /** A file that an earlier process left; {@link #look} tells what is in it. */
    static Segment open(Path path, Disk disk) throws IOException {
        return new Segment(SegmentFile.open(path, disk));
    }

    /**
     * Goes through what is not read yet, and counts it anew.
     *
     * @return damaged stretches that were not known; they are passed over from now on
     */
    List<Gap> look() throws IOException {
        Content counted = new Content();
        List<Gap> found = new ArrayList<>();
        long at = passed(position);
        while (at < file.size()) {
            SegmentFile.Entry entry = file.read(at);
            if (entry == null) {
                noteGap(at, found);
                at = passed(at);
            } else {
                counted.add(entry.message());
                at = passed(entry.end());
            }
        }
        end = at;
        position = passed(position);
        unread = counted;
        return found;
    }

    private void noteGap(long at, List<Gap> found) throws IOException {
        long marked = file.markedEnd(at);
        if (marked == at) {
            Gap gap = file.gap(at);
            found.add(gap);
            gaps.put(at, gap.to());
        } else {
            gaps.put(at, marked);
        }
    }

    /** Behind the gaps that begin here. */
    private long passed(long from) {
        long at = from;
        for (Long to = gaps.get(at); to != null; to = gaps.get(at)) {
            at = to;
        }
        return at;
    }

    /** Whoever opens the file again passes over it too. */
    void mark(Gap gap) throws IOException {
        file.mark(gap);
    }

    /**
     * Appends a record; all of it is durable, or nothing of it counts.
     *
     * @param record of the message
     * @throws IOException if the disk does not take it
     */
    void append(PollingMessage message, ByteBuffer record) throws IOException {
        int size = record.remaining();
        file.append(record, end);
        end += size;
        unread.add(message);
    }

    /** The record at {@code from}, as {@link #position} or an earlier record says; null if it is damaged. */
    SegmentFile.@Nullable Entry read(long from) throws IOException {
        return file.read(from);
    }

    /** Where the record after this one begins. */
    long after(SegmentFile.Entry entry) {
        return passed(entry.end());
    }

    /** What lies before it was read and is done with. */
    void advance(SegmentFile.Entry entry) {
        position = after(entry);
        unread.messages--;
        unread.samples -= entry.message().samples();
    }

    long position() {
        return position;
    }

    long end() {
        return end;
    }

    boolean isRead() {
        return position >= end;
    }

    /** How many are not read. */
    int messages() {
        return unread.messages;
    }

    /** Of messages that are not read. */
    long unreadSamples() {
        return unread.samples;
    }

    /** What is lost if it is dropped now; of a file that was read in part, about. */
    List<Loss> losses() {
        return unread.losses.all();
    }

    /** Of some of its messages, from the first slot of them to the last; null if there is none that can be read. */
    @Nullable Loss someLoss() {
        List<Loss> all = unread.losses.all();
        return all.stream()
                .filter(loss -> loss.key().equals(all.getFirst().key()))
                .reduce(Loss::plus)
                .orElse(null);
    }

    Path path() {
        return file.path();
    }

    void delete() throws IOException {
        file.delete();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
