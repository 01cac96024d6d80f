// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.spool;

import io.nephometer.sources.polling.bus.BusObserver;
import io.nephometer.sources.polling.bus.PollingMessage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The files of a spool, oldest first. What is lost of them in whatever way is among the losses. Not thread-safe. */
final class Segments implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Segments.class);
    /** With less room than this behind a message a disk is full. */
    private static final long LEAST_ROOM = 64 << 10;

    private final SpoolOptions options;
    private final SpoolFolder folder;
    private final Disk disk;
    private final Losses losses;
    private final BusObserver observer;
    private final Deque<Segment> segments = new ArrayDeque<>();
    private @Nullable Segment current;
    private long number;
    /** Whether a file was dropped for a disk that has room and took nothing all the same. */
    private boolean droppedInVain;

    Segments(SpoolOptions options, SpoolFolder folder, Disk disk, Losses losses, BusObserver observer) {
        this.options = options;
        this.folder = folder;
        this.disk = disk;
        this.losses = losses;
        this.observer = observer;
    }

    /** Reads what an earlier process left. */
    void open() throws IOException {
        for (Path file : folder.segments()) {
            recover(file);
        }
    }

    private void recover(Path file) throws IOException {
        number = Math.max(number, SpoolFolder.number(file));
        Segment segment = Segment.open(file, disk);
        segments.addLast(segment);
        examine(segment);
        if (segment.isRead()) {
            drop(segment);
        }
    }

    /** Looks through what is not read of a file. What is damaged is told, and kept as it is for a person to look at. */
    private void examine(Segment segment) throws IOException {
        try {
            List<Gap> gaps = segment.look();
            if (!gaps.isEmpty()) {
                folder.keepDamaged(segment.path());
                report(segment, DamageReport.of(gaps, around(segment)));
                mark(segment, gaps);
                forgetIfCurrent(segment);
            }
        } catch (ClosedChannelException e) {
            throw e; // this process ends
        } catch (IOException e) {
            abandon(segment, e);
        }
    }

    /** Messages near it: its own, else those of another file. */
    private @Nullable Loss around(Segment segment) {
        Loss own = segment.someLoss();
        return own != null
                ? own
                : segments.stream()
                        .map(Segment::someLoss)
                        .filter(Objects::nonNull)
                        .findFirst()
                        .orElse(null);
    }

    private void report(Segment segment, DamageReport report) {
        LOG.error(
                "{} is damaged: {} bytes of it cannot be read, at least {} messages with {} samples are lost",
                segment.path(),
                report.bytes(),
                report.messages(),
                report.samples());
        observer.damaged(report.bytes());
        observer.lost(LossReason.SPOOL_DAMAGED.label(), report.messages(), report.samples());
        losses.add(report.losses());
        if (report.unplaced() > 0) {
            losses.addUnplaced(report.unplaced());
        }
    }

    private static void mark(Segment segment, List<Gap> gaps) {
        try {
            for (Gap gap : gaps) {
                segment.mark(gap);
            }
        } catch (IOException e) {
            LOG.warn(
                    "{} is damaged and cannot be marked: the same loss is told again after a restart",
                    segment.path(),
                    e);
        }
    }

    /** A file that cannot even be looked through. */
    private void abandon(Segment segment, IOException cause) throws IOException {
        LOG.error("{} cannot be read: {} messages or more are lost", segment.path(), segment.messages(), cause);
        observer.lost(LossReason.SPOOL_DAMAGED.label(), segment.messages(), segment.unreadSamples());
        if (segment.messages() == 0) {
            losses.addUnplaced(1);
        } else {
            losses.add(because(LossReason.SPOOL_DAMAGED, segment.losses()));
        }
        segments.remove(segment);
        forgetIfCurrent(segment);
        segment.close();
        folder.setAside(segment.path());
    }

    private static List<Loss> because(LossReason reason, Collection<Loss> losses) {
        return losses.stream().map(loss -> loss.because(reason)).toList();
    }

    /**
     * Appends a message, dropping the oldest ones if there is no room.
     *
     * @throws IOException if the disk does not take it
     */
    void append(PollingMessage message) throws IOException {
        ByteBuffer record = SpoolRecord.write(message);
        boolean written = false;
        while (!written) {
            try {
                writable().append(message, record.duplicate());
                written = true;
            } catch (IOException e) {
                makeRoom(record.remaining(), e);
            }
        }
        droppedInVain = false;
        while (bytes() > options.maxBytes() && segments.size() > 1) {
            dropOldest();
        }
    }

    private Segment writable() throws IOException {
        Segment segment = current;
        if (segment == null || segment.end() >= options.segmentBytes()) {
            segment = Segment.create(folder.segment(++number), disk);
            segments.addLast(segment);
            current = segment;
            folder.force();
        }
        return segment;
    }

    /**
     * Drops the oldest file of a disk that is full. One that has room by its own account may be at the limit of a user: then a file is
     * dropped once, and no more unless that helps.
     */
    private void makeRoom(int needed, IOException failure) throws IOException {
        boolean full = disk.usable(folder.path()) < needed + LEAST_ROOM;
        Segment oldest = segments.peekFirst();
        if (failure instanceof ClosedChannelException
                || oldest == null
                || oldest.equals(current)
                || (!full && droppedInVain)) {
            throw failure;
        }
        droppedInVain = !full;
        dropOldest();
    }

    /** Fails in no case: what is lost is told even if it cannot be written down now. */
    private void dropOldest() {
        Segment oldest = segments.getFirst();
        countAnew(oldest);
        if (!oldest.equals(segments.peekFirst())) {
            return;
        }
        LOG.warn(
                "The spool {} has no more room (it holds {} bytes): dropped its {} oldest messages with {} samples",
                folder,
                bytes(),
                oldest.messages(),
                oldest.unreadSamples());
        observer.lost(LossReason.SPOOL_OVERFLOW.label(), oldest.messages(), oldest.unreadSamples());
        losses.add(oldest.losses());
        drop(oldest);
        losses.save();
    }

    /** Of a file that was read in part, no more is lost than is left. */
    private void countAnew(Segment segment) {
        try {
            if (segment.position() > 0) {
                examine(segment);
            }
        } catch (IOException e) {
            LOG.warn("{} cannot be read: more may be told to be lost than was", segment.path(), e);
        }
    }

    private void drop(Segment segment) {
        segments.remove(segment);
        forgetIfCurrent(segment);
        try {
            segment.delete();
        } catch (IOException e) {
            LOG.warn("{} is done with and cannot be deleted: it comes again after a restart", segment.path(), e);
        }
    }

    private void forgetIfCurrent(Segment segment) {
        if (segment.equals(current)) {
            current = null;
        }
    }

    /** The oldest messages, at most {@code most}, left where they are. Empty if those were damaged, or if there are none. */
    List<PollingMessage> oldest(int most) throws IOException {
        Segment segment = segments.peekFirst();
        return segment == null ? List.of() : oldest(segment, most);
    }

    private List<PollingMessage> oldest(Segment segment, int most) throws IOException {
        List<PollingMessage> messages = new ArrayList<>();
        long position = segment.position();
        while (messages.size() < most && position < segment.end()) {
            SegmentFile.Entry entry = readOrDamaged(segment, position);
            if (entry == null) {
                break;
            }
            messages.add(entry.message());
            position = segment.after(entry);
        }
        if (messages.isEmpty()) {
            examine(segment);
            dropIfRead(segment);
        }
        return messages;
    }

    /** Some that are not the oldest, at most {@code most}, left where they are: of the latest file, so that they are of another if there is one. */
    List<PollingMessage> behind(int most) throws IOException {
        Segment latest = segments.peekLast();
        if (latest == null) {
            return List.of();
        }
        if (!latest.equals(segments.peekFirst())) {
            return oldest(latest, most);
        }
        List<PollingMessage> messages = oldest(latest, most + 1);
        return messages.isEmpty() ? messages : messages.subList(1, messages.size());
    }

    /** A disk that gives an error gives no record either. */
    private static SegmentFile.@Nullable Entry readOrDamaged(Segment segment, long position) throws IOException {
        try {
            return segment.read(position);
        } catch (ClosedChannelException e) {
            throw e;
        } catch (IOException e) {
            LOG.error("{} cannot be read", segment.path(), e);
            return null;
        }
    }

    private void dropIfRead(Segment segment) {
        if (segment.isRead() && segments.contains(segment)) {
            drop(segment);
        }
    }

    /** False if it is not the oldest any more. */
    boolean remove(PollingMessage message) throws IOException {
        Segment segment = segments.peekFirst();
        SegmentFile.Entry entry = segment == null ? null : segment.read(segment.position());
        if (segment == null || entry == null || !entry.message().id().equals(message.id())) {
            return false;
        }
        segment.advance(entry);
        dropIfRead(segment);
        return true;
    }

    /** What the files hold. */
    long bytes() {
        return segments.stream().mapToLong(Segment::end).sum();
    }

    /** How many messages wait. */
    long messages() {
        return segments.stream().mapToLong(Segment::messages).sum();
    }

    @Override
    public void close() throws IOException {
        for (Segment segment : segments) {
            segment.close();
        }
        segments.clear();
        current = null;
    }
}
